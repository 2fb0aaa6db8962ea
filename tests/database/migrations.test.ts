import { expect, it } from 'vitest'
import { pool } from '../../src/database/client.ts'
import { drift, migrate } from '../../src/database/migrate.ts'

const url = () => String(pool.options.connectionString)

const names = async (sql: string) => (await pool.query(sql)).rows.map(({ name }) => name)

it('finds nothing to do in a database that is up to date', async () => {
  expect(await migrate(url())).toEqual([])
  expect(await drift(url())).toBe('')
})

it('has the extensions that the constraints and the search need', async () => {
  expect(await names('SELECT extname AS name FROM pg_extension')).toEqual(
    expect.arrayContaining(['btree_gist', 'citext', 'pg_trgm', 'unaccent'])
  )
})

it('has every check and exclusion that schema.prisma cannot say', async () => {
  const sql = `SELECT conname AS name FROM pg_constraint
    WHERE contype IN ('c', 'x') AND connamespace = 'public'::regnamespace`
  const made = [
    'appointments_cancelled_at',
    'appointments_fee',
    'appointments_forwards',
    'appointments_hold_ends',
    'appointments_patient_overlap',
    'appointments_room_overlap',
    'breaks_in_range',
    'clinics_in_range',
    'closures_forwards',
    'doctors_in_range',
    'payments_amount',
    'payments_at_clinic',
    'payments_failed',
    'payments_in_full',
    'payments_paid',
    'payments_received',
    'payments_refund_due',
    'payments_refunded',
    'test_checkouts_books',
    'time_off_forwards',
    'time_slots_doctor_overlap',
    'time_slots_extra_has_reason',
    'time_slots_extra_overlap',
    'time_slots_forwards',
    'time_slots_two_clinics',
    'working_hours_in_range'
  ]
  expect(await names(sql)).toEqual(expect.arrayContaining(made))
})

it('has all of them in force', async () => {
  expect(await names('SELECT conname AS name FROM pg_constraint WHERE NOT (convalidated AND conenforced)')).toEqual([])
  expect(
    await names('SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT (indisvalid AND indisready)')
  ).toEqual([])
})

it('counts the same statuses as live in all three guards of an appointment', async () => {
  const { rows } = await pool.query(`
    SELECT pg_get_indexdef(indexrelid) AS definition FROM pg_index
    WHERE indexrelid::regclass::text IN ('appointments_live_slot', 'appointments_patient_overlap', 'appointments_room_overlap')`)
  const live = rows.map(({ definition }) =>
    [...definition.split('WHERE')[1].matchAll(/'([A-Z_]+)'/g)].map(([, name]) => name)
  )
  expect(live).toEqual(Array(3).fill(['HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED']))
})

it('has the trigger, the index and the kind of table that schema.prisma cannot say', async () => {
  expect(await names("SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")).toEqual(
    expect.arrayContaining([
      ...['audit_events_append_only', 'audit_events_told', 'clinics_moved_stale'],
      ...['appointments_added_stale', 'appointments_changed_stale'],
      ...['time_slots_added_stale', 'time_slots_changed_stale', 'time_slots_removed_stale']
    ])
  )
  expect(await names("SELECT indexname AS name FROM pg_indexes WHERE tablename = 'sessions'")).toContain(
    'sessions_user'
  )
  expect(await names("SELECT relname AS name FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'")).toEqual([
    'rate_limits'
  ])
})
