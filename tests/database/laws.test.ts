import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/database/client.ts'
import type { TimeSlot } from '../../src/generated/client.ts'
import { addSlot, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

let clinic: Awaited<ReturnType<typeof openClinic>>
beforeAll(async () => {
  clinic = await openClinic()
})

describe('two connections at once', () => {
  it("cannot sell a doctor's time twice", async () => {
    const slot = await newSlot()
    expect(await atOnce(await booking(slot), await booking(slot))).toBe('23505 appointments_live_slot')
  })

  it('can sell it again once it was cancelled, as often as it takes', async () => {
    const slot = await newSlot()
    for (let time = 0; time < 3; time++)
      expect(await sent(await booking(slot, { status: 'CANCELLED', cancelled_at: new Date() }))).toBe('accepted')

    expect(await atOnce(await booking(slot), await booking(slot, { status: 'EXPIRED' }))).toBe('accepted')
    expect(await sent(await booking(slot))).toBe('23505 appointments_live_slot')
  })

  it('get the time when the first one gives up', async () => {
    const slot = await newSlot()
    expect(await atOnce(await booking(slot), await booking(slot), 'ROLLBACK')).toBe('accepted')
  })

  it("cannot make a doctor's slots overlap, even at two clinics", async () => {
    const slot = await newSlot()
    const elsewhere = await openClinic()
    const other = { clinic_id: elsewhere.id, starts_at: later(slot.startsAt, 10), ends_at: later(slot.endsAt, 10) }
    const first = later(slot.startsAt, 20)
    const next = { doctor_id: slot.doctorId, starts_at: first, ends_at: later(first, 20) }
    expect(await sent(row('time_slots', { ...next, ...other }))).toBe('23P01 time_slots_doctor_overlap')

    const ofTheFirst = row('time_slots', { ...next, clinic_id: clinic.id })
    const ofTheSecond = row('time_slots', { ...next, clinic_id: elsewhere.id })
    expect(await atOnce(ofTheFirst, ofTheSecond)).toBe('23P01 time_slots_doctor_overlap')
  })

  it('can put one extra time on top of a regular one, but not two on top of each other', async () => {
    const slot = await newSlot()
    const extra = (minutes: number) =>
      row('time_slots', {
        ...{ doctor_id: slot.doctorId, clinic_id: clinic.id, is_extra: true, extra_reason: 'Pain' },
        ...{ starts_at: later(slot.startsAt, minutes), ends_at: later(slot.startsAt, minutes + 15) }
      })
    expect(await atOnce(extra(5), extra(10))).toBe('23P01 time_slots_extra_overlap')
    await pool.query('UPDATE time_slots SET withdrawn_at = now() WHERE is_extra AND doctor_id = $1', [slot.doctorId])
    expect(await sent(extra(10))).toBe('accepted')
    const regular = { doctor_id: slot.doctorId, clinic_id: clinic.id }
    const over = { ...regular, starts_at: later(slot.startsAt, 10), ends_at: later(slot.endsAt, 10) }
    expect(await sent(row('time_slots', over))).toBe('23P01 time_slots_doctor_overlap')
    const silent = { ...regular, is_extra: true, starts_at: later(slot.endsAt, 60), ends_at: later(slot.endsAt, 75) }
    expect(await sent(row('time_slots', silent))).toBe('23514 time_slots_extra_has_reason')
  })

  it('cannot put a doctor at two clinics, not even with an extra time', async () => {
    const { doctorId, startsAt, endsAt } = await newSlot()
    const elsewhere = await openClinic()
    const place = { doctor_id: doctorId, clinic_id: elsewhere.id }
    const extra = { ...place, is_extra: true, extra_reason: 'Pain', starts_at: later(startsAt, 5) }
    expect(await sent(row('time_slots', { ...extra, ends_at: endsAt }))).toBe('23P01 time_slots_two_clinics')
    const after = { starts_at: later(startsAt, 60), ends_at: later(endsAt, 60) }
    const regular = row('time_slots', { ...place, clinic_id: clinic.id, ...after })
    expect(await atOnce(row('time_slots', { ...extra, ...after }), regular)).toBe('23P01 time_slots_two_clinics')
  })

  it('cannot put a patient in two places', async () => {
    const { patientId } = await registerPatient()
    const [here, there] = [await newSlot('09:00'), await newSlot('09:10')]
    const answer = atOnce(
      await booking(here, { patient_id: patientId }),
      await booking(there, { patient_id: patientId })
    )
    expect(await answer).toBe('23P01 appointments_patient_overlap')
  })

  it('cannot put two patients in one room', async () => {
    const { rows } = await pool.query(row('rooms', { clinic_id: clinic.id, name: 'Room 1' }))
    const room = { room_id: rows[0].id }
    const [here, there, after] = [await newSlot('09:00'), await newSlot('09:10'), await newSlot('09:20')]
    expect(await atOnce(await booking(here, room), await booking(there, room))).toBe('23P01 appointments_room_overlap')
    expect(await sent(await booking(after, room))).toBe('accepted')
  })

  it("cannot book one time and move the slot to another: an appointment's times are its slot's", async () => {
    const [one, two] = [await newSlot(), await newSlot()]
    const key = 'appointments_timeslot_id_doctor_id_clinic_id_starts_at_end_fkey'
    expect(await atOnce(shift(one), await booking(one))).toBe(`23503 ${key}`)
    expect(await atOnce(await booking(two), shift(two))).toBe(`23001 ${key}`)
    expect(await sent(await booking(two, { doctor_id: one.doctorId }))).toBe(`23503 ${key}`)
  })

  it('cannot open two accounts with one e-mail, however it is written', async () => {
    const account = (email: string) => row('users', { email, name: 'Ada Obi', role: 'PATIENT' })
    expect(await atOnce(account('ada@docket.example'), account('Ada@Docket.EXAMPLE'))).toBe('23505 users_email_key')
  })

  it('cannot use the key of one form for two bookings', async () => {
    const [one, two, same] = [await newSlot('09:00'), await newSlot('10:00'), { idempotency_key: 'form-0001' }]
    const first = await booking(one, same)
    const second = await booking(two, { ...same, booked_by_id: first.booked_by_id })
    expect(await atOnce(first, second)).toBe('23505 appointments_booked_by_id_idempotency_key_key')
  })
})

it.each([
  ['a slot ends after it starts', 'UPDATE time_slots SET ends_at = starts_at', '23514 time_slots_forwards'],
  ['an appointment costs nothing or more', 'UPDATE appointments SET fee_minor = -1', '23514 appointments_fee'],
  ['so does a doctor', 'UPDATE doctors SET fee_minor = -1', '23514 doctors_in_range'],
  ['a status is one of the nine', "UPDATE appointments SET status = 'LOST'", '22P02'],
  ['a hold ends', "UPDATE appointments SET status = 'HELD'", '23514 appointments_hold_ends'],
  ['a cancellation has a time', "UPDATE appointments SET status = 'CANCELLED'", '23514 appointments_cancelled_at'],
  ['a clinic has a time zone', "UPDATE clinics SET time_zone = ''", '23514 clinics_in_range'],
  ['what was booked is never deleted with its patient', 'DELETE FROM patients', '23001 appointments_patient_id_fkey'],
  ['what happened stays as it was written', "UPDATE audit_events SET event = 'x'", '23001'],
  ['what happened stays', 'DELETE FROM audit_events', '23001'],
  ['all of it', 'TRUNCATE audit_events', '23001']
])('%s', async (_, text, refused) => {
  await pool.query(await booking(await newSlot()))
  expect(await sent({ text })).toBe(refused)
})

it.each([
  [
    'time off ends after it starts',
    'time_off',
    { starts_at: '2026-01-02', ends_at: '2026-01-01' },
    'time_off_forwards'
  ],
  ['a break too', 'breaks', { start_minutes: 60, end_minutes: 60 }, 'breaks_in_range'],
  ['a closure too', 'closures', { starts_on: '2026-01-02', ends_on: '2026-01-01', reason: '' }, 'closures_forwards'],
  ['a week has seven days', 'working_hours', { ...hours(), weekday: 8 }, 'working_hours_in_range'],
  ['a slot is 5 minutes or more', 'working_hours', { ...hours(), slot_minutes: 4 }, 'working_hours_in_range'],
  [
    'a payment is nothing or more',
    'payments',
    { reference: 'X', method: 'PAY_AT_CLINIC', amount_minor: -1, currency: 'GBP' },
    'payments_amount'
  ]
])('%s', async (_, table, values, check) => {
  const { rows } = await pool.query(`SELECT column_name AS name FROM information_schema.columns
    WHERE table_name = '${table}' AND data_type = 'uuid' AND is_nullable = 'NO' AND column_name <> 'id'`)
  const ids = Object.fromEntries(rows.map(({ name }) => [name, randomUUID()]))
  expect(await sent(row(table, { ...ids, ...values }))).toBe(`23514 ${check}`)
})

interface Statement {
  text: string
  values?: unknown[]
}

/** Two transactions are open, both have sent theirs, then the first ends: what the second is told. */
async function atOnce(first: Statement, second: Statement, end: 'COMMIT' | 'ROLLBACK' = 'COMMIT') {
  const [one, two] = [await pool.connect(), await pool.connect()]
  try {
    for (const connection of [one, two]) await connection.query('BEGIN')
    await one.query(first)
    const answer = two.query(second).then(() => 'accepted', refusal)
    await pause(30)
    await one.query(end)
    const told = await answer
    await two.query(told === 'accepted' ? 'COMMIT' : 'ROLLBACK')
    return told
  } finally {
    for (const connection of [one, two]) connection.release()
  }
}

const sent = (statement: Statement) => pool.query(statement).then(() => 'accepted', refusal)

const refusal = ({ code, constraint }: { code: string; constraint?: string }) =>
  [code, constraint].filter(Boolean).join(' ')

function row(table: string, columns: Record<string, unknown>): Statement {
  const names = Object.keys(columns)
  const text = `INSERT INTO ${table} (${names}) VALUES (${names.map((_, at) => `$${at + 1}`)}) RETURNING *`
  return { text, values: Object.values(columns) }
}

const newSlot = async (time = '09:00') => addSlot((await hireDoctor(clinic.id)).id, clinic, { time })

async function booking(slot: TimeSlot, said: Record<string, unknown> = {}) {
  const { id, patientId } = await registerPatient()
  const ofTheSlot = { doctor_id: slot.doctorId, clinic_id: slot.clinicId, timeslot_id: slot.id }
  const times = { starts_at: slot.startsAt, ends_at: slot.endsAt }
  const columns = { patient_id: patientId, booked_by_id: id, reference: randomUUID(), status: 'BOOKED' }
  const all = { ...columns, ...ofTheSlot, ...times, fee_minor: 6000, currency: 'GBP', ...said }
  return { ...row('appointments', all), booked_by_id: id }
}

const shift = ({ id }: TimeSlot) => ({
  text: `UPDATE time_slots SET ends_at = ends_at + interval '5 min' WHERE id = '${id}'`
})
const later = (date: Date, minutes: number) => new Date(date.valueOf() + minutes * 60_000)

function hours() {
  return { weekday: 1, start_minutes: 540, end_minutes: 600, slot_minutes: 20, valid_from: '2026-01-01' }
}
