import { expect } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { live } from '../../src/services/appointments/transitions.ts'
import { type Person, signedIn } from '../support/person.ts'
import { registerPatient } from '../support/world.ts'

export type Rival = Person & { userId: string; patientId: string }

/** Patients who are signed in and ready to send. */
export async function crowd(app: { url: string }, many: number) {
  const rivals: Rival[] = []
  for (let left = many; left > 0; left -= 10)
    rivals.push(...(await Promise.all(Array.from({ length: Math.min(left, 10) }, () => rival(app)))))
  return rivals
}

async function rival(app: { url: string }): Promise<Rival> {
  const { id, patientId, email } = await registerPatient()
  return Object.assign(await signedIn(app, { email }), { userId: id, patientId })
}

interface Slot {
  id: string
  doctorId: string
}

export const book = (person: Person, slot: Slot, more: object = {}) =>
  person.sends('post', paths.booking.appointments.index(), { doctorId: slot.doctorId, timeslotId: slot.id, ...more })

export const statuses = (answers: { status: number }[]) => {
  const counted = Object.entries(Object.groupBy(answers, ({ status }) => status))
  return Object.fromEntries(counted.map(([status, all]) => [status, all?.length]))
}

export const liveOn = (slots: Slot | Slot[]) =>
  db.appointment.findMany({
    where: { timeslotId: { in: [slots].flat().map(({ id }) => id) }, status: { in: [...live] } },
    orderBy: { createdAt: 'asc' }
  })

/** A refusal in the words of a person, with other times to choose from. */
export function expectRefused(answer: Awaited<ReturnType<typeof book>>) {
  expect(answer.type).toBe('application/problem+json')
  expect(answer.body).toMatchObject({ status: 409, errors: [{ field: 'timeslotId' }] })
  expect(answer.body.alternatives.length).toBeGreaterThan(0)
}

/** Thousands of appointments that are over, so that the database reads by its indexes as it does in earnest. */
export async function yearsOfVisits(slot: Slot & { clinicId: string }, patientId: string, bookedById: string) {
  await db.$executeRaw`
    INSERT INTO time_slots (doctor_id, clinic_id, starts_at, ends_at)
    SELECT ${slot.doctorId}::uuid, ${slot.clinicId}::uuid, at, at + interval '20 minutes'
    FROM generate_series(now() - interval '900 days', now() - interval '1 day', interval '3 hours') at`
  await db.$executeRaw`
    INSERT INTO appointments (reference, patient_id, doctor_id, clinic_id, timeslot_id, starts_at, ends_at, status,
      fee_minor, currency, booked_by_id)
    SELECT gen_random_uuid(), ${patientId}::uuid, doctor_id, clinic_id, id, starts_at, ends_at, 'COMPLETED', 0, 'GBP',
      ${bookedById}::uuid
    FROM time_slots WHERE starts_at < now()`
  await db.$executeRawUnsafe('ANALYZE')
}
