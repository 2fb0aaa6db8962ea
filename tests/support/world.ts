import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { db } from '../../src/database/client.ts'
import type { Prisma } from '../../src/generated/client.ts'
import type { Role } from '../../src/generated/enums.ts'
import { clockTime, toDate } from '../../src/scheduling/zone.ts'
import { hashPassword } from '../../src/services/people/password-hash.ts'

/** People and places for tests: each call makes one, with believable values for all that is not said. */

export const password = 'correct horse battery'
let count = 0
let passwordHash: Promise<string> | undefined

const next = () => ++count

export const openClinic = (said: Partial<Prisma.ClinicUncheckedCreateInput> = {}) =>
  db.clinic.create({
    data: {
      name: `Riverside Clinic ${next()}`,
      address: '14 Quay Street',
      city: 'Bristol',
      country: 'GB',
      phone: '+44 117 496 0101',
      email: 'riverside@docket.example',
      timeZone: 'Europe/London',
      currency: 'GBP',
      minimumNoticeMinutes: 0,
      cancellationNoticeMinutes: 60,
      ...said
    }
  })

/** Somebody who has opened the account and shown that mail arrives, unless it is said. */
export async function addUser(role: Role, said: Partial<Prisma.UserUncheckedCreateInput> = {}) {
  passwordHash ??= hashPassword(password)
  const name = said.name ?? `Ada Obi ${next()}`
  const email = said.email ?? `person-${next()}@docket.example`
  const emailConfirmedAt = said.passwordHash === null ? null : new Date()
  return db.user.create({ data: { role, passwordHash: await passwordHash, emailConfirmedAt, ...said, name, email } })
}

/** An account with its own person. */
export async function registerPatient(said: Partial<Prisma.UserUncheckedCreateInput> = {}) {
  const user = await addUser('PATIENT', said)
  const patient = await db.patient.create({ data: { accountId: user.id, name: user.name } })
  return { ...user, patientId: patient.id }
}

export const lookAfter = (accountId: string, name: string) =>
  db.patient.create({ data: { accountId, name, relation: 'CHILD', dateOfBirth: new Date('2020-03-01') } })

interface DoctorSaid {
  name?: string
  specialization?: string
  languages?: string[]
  feeMinor?: number
}

export async function hireDoctor(clinicIds: string | string[], said: DoctorSaid = {}) {
  const {
    name = `Dr Meera Kulkarni ${next()}`,
    specialization = 'Dermatology',
    languages = ['English'],
    feeMinor = 6000
  } = said
  const user = await addUser('DOCTOR', { name })
  return db.doctor.create({
    data: {
      user: { connect: { id: user.id } },
      specialization: { connectOrCreate: { where: { name: specialization }, create: { name: specialization } } },
      licenceNumber: `GMC-${next()}`,
      languages,
      feeMinor,
      clinics: { create: [clinicIds].flat().map(clinicId => ({ clinicId })) }
    },
    include: { user: true }
  })
}

/** A page of the test gateway's, on which somebody could pay. */
export const addCheckout = (said: Partial<Prisma.TestCheckoutCreateInput> = {}) =>
  db.testCheckout.create({
    data: {
      ...{
        idempotencyKey: randomUUID(),
        method: 'CARD',
        description: 'Docket K7Q2-9XTD',
        amountMinor: 6000,
        currency: 'GBP'
      },
      ...{ returnUrl: '/back', leftUrl: '/left', callbackUrl: 'http://127.0.0.1:9/callbacks' },
      ...said
    },
    select: { id: true }
  })

/** A slot `days` from today at a time of the clinic's clock. */
export async function addSlot(
  doctorId: string,
  clinic: { id: string; timeZone: string },
  { days = 2, time = '09:00', minutes = 20 }: { days?: number; time?: string; minutes?: number } = {}
) {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const day = Temporal.Now.plainDateISO(clinic.timeZone).add({ days })
  const start = clockTime(day, hour * 60 + minute, clinic.timeZone)
  if (!start) throw new Error(`${time} does not exist on ${day} in ${clinic.timeZone}`)
  return db.timeSlot.create({
    data: { doctorId, clinicId: clinic.id, startsAt: toDate(start), endsAt: toDate(start.add({ minutes })) }
  })
}

/** Twenty-minute slots from 09:00 on one day. */
export async function addSlots(doctorId: string, clinic: { id: string; timeZone: string }, many: number, days = 2) {
  const slots = []
  for (let at = 0; at < many; at++) {
    const minutes = 9 * 60 + at * 20
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    slots.push(await addSlot(doctorId, clinic, { days, time }))
  }
  return slots
}

/** Working hours of a doctor on one weekday (1 is Monday), from 09:00 to 12:00 unless said otherwise. */
export const workAt = (
  doctorId: string,
  clinicId: string,
  weekday: number,
  said: Partial<Prisma.WorkingHoursUncheckedCreateInput> = {}
) =>
  db.workingHours.create({
    data: {
      ...{ doctorId, clinicId, weekday, startMinutes: 540, endMinutes: 720, slotMinutes: 30 },
      ...{ validFrom: new Date('2020-01-01'), ...said }
    }
  })
