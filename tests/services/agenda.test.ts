import { Temporal } from 'temporal-polyfill'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import type { AppointmentStatus } from '../../src/generated/enums.ts'
import { planAgendas } from '../../src/services/notifications/agendas.ts'
import { sendMessages } from '../../src/services/notifications/deliver.ts'
import { mailServerOfFile } from '../support/mail-server.ts'
import { hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const at = (time: string) => systemCtx(Temporal.Instant.from(time), 'test')
/** On this day London’s clocks go forward: six o’clock is an hour earlier than the day before. */
const SIX = '2027-03-28T05:00:00Z'
const server = mailServerOfFile()
let london: Awaited<ReturnType<typeof openClinic>>
let auckland: Awaited<ReturnType<typeof openClinic>>

beforeAll(async () => {
  london = await openClinic({ name: 'Harbour Clinic' })
  auckland = await openClinic({ name: 'Kauri Clinic', timeZone: 'Pacific/Auckland' })
})
beforeEach(async () => {
  await db.user.updateMany({ data: { wantsAgenda: false } })
})

type Doctor = Awaited<ReturnType<typeof doctorWho>>
async function doctorWho({ wantsAgenda = true } = {}) {
  const doctor = await hireDoctor([london.id, auckland.id], { name: 'Dr Meera Kulkarni' })
  await db.user.update({ where: { id: doctor.userId }, data: { wantsAgenda } })
  return doctor
}

let count = 0
async function visit(doctor: Doctor, time: string, status: AppointmentStatus = 'BOOKED', clinic = london) {
  const patient = await registerPatient({ name: 'Zebedee Quill' })
  const startsAt = new Date(time)
  const when = { startsAt, endsAt: new Date(startsAt.valueOf() + 1_200_000), doctorId: doctor.id, clinicId: clinic.id }
  const { id: timeslotId } = await db.timeSlot.create({ data: when })
  const who = { patientId: patient.patientId, bookedById: patient.id, reference: `AGE-${++count}`, reason: 'Hives' }
  const fee = { feeMinor: 6000, currency: 'GBP' }
  return db.appointment.create({ data: { ...when, ...who, ...fee, timeslotId, status } })
}

const cancel = ({ id }: { id: string }) =>
  db.appointment.update({ where: { id }, data: { status: 'CANCELLED', cancelledAt: new Date(SIX) } })
const ledger = () => db.notification.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })

it('is planned in the morning of each clinic by its own clock, once a day, by however many workers', async () => {
  const meera = await doctorWho()
  await visit(meera, '2027-03-28T08:00:00Z')
  await visit(meera, '2027-03-27T21:00:00Z', 'CONFIRMED', auckland)
  const planned: number[] = []
  for (const time of ['2027-03-27T16:59:00Z', '2027-03-27T17:00:00Z', '2027-03-28T04:59:00Z'])
    planned.push(await planAgendas(at(time)))
  expect(planned).toEqual([0, 1, 0])
  await Promise.all([planAgendas(at(SIX)), planAgendas(at(SIX))])
  await planAgendas(at('2027-03-28T05:15:00Z'))
  expect((await ledger()).map(({ kind, clinicId, data, recipientId }) => [kind, clinicId, data, recipientId])).toEqual(
    [auckland, london].map(({ id }) => ['doctor.agenda', id, { day: '2027-03-28', clinicId: id }, meera.userId])
  )
})

it('says who comes when by the clinic’s clock, as it is when it is sent', async () => {
  const meera = await doctorWho()
  const room = await db.room.create({ data: { clinicId: london.id, name: 'Room 4' } })
  const first = await visit(meera, '2027-03-28T10:00:00Z', 'CONFIRMED')
  const second = await visit(meera, '2027-03-28T12:30:00Z')
  const off = await visit(meera, '2027-03-28T13:30:00Z')
  const tomorrow = await visit(meera, '2027-03-29T08:00:00Z')
  await db.appointment.update({ where: { id: first.id }, data: { roomId: room.id } })
  await planAgendas(at(SIX))
  await cancel(off)
  expect(await sendMessages(at(SIX))).toMatchObject({ sent: 1 })

  const [mail] = server.mails
  expect(mail?.to?.[0]?.address).toBe(meera.user.email)
  expect(mail?.subject).toBe('2 visits today at Harbour Clinic, Sunday 28 March')
  expect(mail?.text).toContain(
    `11:00: ZQ, ${first.reference}, Confirmed, Room 4\n13:30: ZQ, ${second.reference}, Booked`
  )
  for (const said of [
    'Times are by the clinic’s clock (BST)',
    '/doctor/schedule?date=2027-03-28',
    'Open your day',
    'Choose what you are sent'
  ])
    for (const part of [mail?.text, mail?.html]) expect(part).toContain(said)
  const whole = `${mail?.subject} ${mail?.text} ${mail?.html}`
  for (const said of ['Quill', 'Zebedee', 'Hives', 'Dermatology', off.reference, tomorrow.reference])
    expect(whole).not.toContain(said)
})

it('comes neither to whoever does not want it, nor on a day without visits, nor when they are over', async () => {
  const [unasked, free, done] = [await doctorWho({ wantsAgenda: false }), await doctorWho(), await doctorWho()]
  await visit(unasked, '2027-03-28T10:00:00Z')
  await cancel(await visit(free, '2027-03-28T10:00:00Z'))
  await visit(free, '2027-03-29T10:00:00Z')
  await visit(done, '2027-03-28T04:00:00Z')
  expect(await planAgendas(at(SIX))).toBe(0)
  expect(await planAgendas(at('2027-03-28T11:00:00Z'))).toBe(0)
  expect(await ledger()).toEqual([])
})

it('is dropped when it is not wanted any more, or nothing is left of the day, and not planned anew', async () => {
  const [quiet, free] = [await doctorWho(), await doctorWho()]
  await visit(quiet, '2027-03-28T10:00:00Z')
  const only = await visit(free, '2027-03-28T10:00:00Z')
  expect(await planAgendas(at(SIX))).toBe(2)
  await db.user.update({ where: { id: quiet.userId }, data: { wantsAgenda: false } })
  await cancel(only)
  expect(await sendMessages(at(SIX))).toMatchObject({ sent: 0, dropped: 2 })
  expect(await planAgendas(at(SIX))).toBe(0)
  expect((await ledger()).map(({ lastError }) => lastError).toSorted()).toEqual(['NOT_WANTED', 'OVER'])
})
