import { expect } from 'vitest'
import { db, pool } from '../../src/database/client.ts'

const live = `('HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED')`

const overlap = (column: string) => `
  SELECT a.id FROM appointments a JOIN appointments b ON a.id < b.id AND a.${column} = b.${column}
    AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
  WHERE a.status IN ${live} AND b.status IN ${live}`

/** Each finds what must not exist, by other means than the constraints that forbid it. */
const disorder = {
  'a doctor sees two at once': overlap('doctor_id'),
  'a slot is sold twice': overlap('timeslot_id'),
  'a patient is in two places': overlap('patient_id'),
  'a room has two visits': overlap('room_id'),
  'an appointment is not where its slot is': `
    SELECT a.id FROM appointments a JOIN time_slots s ON s.id = a.timeslot_id
    WHERE (a.starts_at, a.ends_at, a.doctor_id, a.clinic_id) <> (s.starts_at, s.ends_at, s.doctor_id, s.clinic_id)`,
  "a room is another clinic's": `
    SELECT a.id FROM appointments a JOIN rooms r ON r.id = a.room_id WHERE r.clinic_id <> a.clinic_id`,
  'a form has made two bookings': `
    SELECT min(id::text) FROM appointments GROUP BY booked_by_id, idempotency_key
    HAVING idempotency_key IS NOT NULL AND count(*) > 1`,
  'a blocked time is booked': `
    SELECT a.id FROM appointments a JOIN time_slots s ON s.id = a.timeslot_id
    WHERE a.status IN ${live} AND NOT s.is_available`
}

export async function expectOrder() {
  for (const [what, sql] of Object.entries(disorder)) expect((await pool.query(sql)).rows, what).toEqual([])
  await expectLegalHistories()
}

const becomes: Record<string, Record<string, string>> = {
  'appointment.held': { '': 'HELD' },
  'appointment.hold-changed': { HELD: 'HELD' },
  'appointment.booked': { '': 'BOOKED', HELD: 'BOOKED', EXPIRED: 'BOOKED' },
  'appointment.confirmed': { BOOKED: 'CONFIRMED' },
  'appointment.moved': { BOOKED: 'BOOKED' },
  'appointment.moved-here': { BOOKED: 'BOOKED' },
  'appointment.cancelled': { BOOKED: 'CANCELLED' },
  'appointment.rejected': { BOOKED: 'REJECTED' },
  'appointment.released': { HELD: 'EXPIRED' },
  'appointment.expired': { HELD: 'EXPIRED' }
}

/** What was recorded of every appointment leads, step by allowed step, to the state it is in. */
async function expectLegalHistories() {
  const appointments = await db.appointment.findMany({ select: { id: true, status: true } })
  const events = await db.auditEvent.findMany({ where: { subjectType: 'appointment' }, orderBy: { id: 'asc' } })
  const histories = Map.groupBy(events, ({ appointmentId }) => appointmentId)
  for (const { id, status } of appointments) {
    const history = (histories.get(id) ?? []).map(({ event }) => event)
    const end = history.reduce((state, event) => becomes[event]?.[state] ?? `${state} can't be ${event}`, '')
    expect(end, history.join(', ')).toBe(status)
  }
}
