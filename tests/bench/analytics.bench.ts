import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { type Ctx, system } from '../../src/context.ts'
import { connect, db, disconnect, pool } from '../../src/database/client.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { countHours } from '../../src/services/analytics/count-hours.ts'
import { lately } from '../../src/services/analytics/lately.ts'
import { report } from '../../src/services/analytics/queries.ts'
import { nextAppointments } from '../../src/services/appointments/admin-list.ts'
import { clinicTotals, todayAtClinics } from '../../src/services/clinics/today.ts'
import { PAYMENTS } from './large.ts'

// node --import ./src/database/generate.ts tests/bench/analytics.bench.ts
// Reports and the first page of the day on a million paid appointments of 250 doctors in 25 clinics: how long each takes, and
// which tables it reads as a whole; the making of all numbers from nothing; and what the triggers cost a booking.
// DOCTORS=25 for a quick look.

const DOCTORS = Number(process.env.DOCTORS ?? 250)
const CLINICS = 25
const ROUNDS = 9
const BOOKINGS = 3000
const now = Temporal.Now.instant()

/** Each weekday of a year and a half that is over and of a month to come: sixteen half hours, 64 % of them booked. */
const FILL = `
  ALTER TABLE time_slots DROP CONSTRAINT time_slots_doctor_overlap, DROP CONSTRAINT time_slots_extra_overlap,
    DROP CONSTRAINT time_slots_two_clinics;
  ALTER TABLE appointments DROP CONSTRAINT appointments_room_overlap, DROP CONSTRAINT appointments_patient_overlap;
  ALTER TABLE time_slots DISABLE TRIGGER USER;
  ALTER TABLE appointments DISABLE TRIGGER USER;
  ALTER TABLE payments DISABLE TRIGGER USER;
  INSERT INTO specializations (name) VALUES ('General practice');
  INSERT INTO clinics (name, address, city, country, phone, email, time_zone, currency)
    SELECT 'Clinic ' || n, 'Street 1', 'Town', 'GB', '1', 'a@docket.example',
      (ARRAY['Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'America/Sao_Paulo'])[1 + n % 5],
      (ARRAY['GBP', 'USD', 'INR', 'AUD', 'BRL'])[1 + n % 5] FROM generate_series(1, ${CLINICS}) n;
  INSERT INTO users (email, role, name) SELECT 'd' || n || '@docket.example', 'DOCTOR', 'Dr ' || n FROM generate_series(1, ${DOCTORS}) n;
  INSERT INTO doctors (user_id, specialization_id, licence_number, fee_minor)
    SELECT u.id, s.id, u.email, 5000 FROM users u, specializations s;
  WITH c AS (SELECT id, row_number() OVER () - 1 AS at, count(*) OVER () AS many FROM clinics),
    d AS (SELECT id, row_number() OVER () AS at FROM doctors)
    INSERT INTO doctor_clinics (doctor_id, clinic_id) SELECT d.id, c.id FROM d JOIN c ON c.at = d.at % c.many;
  INSERT INTO time_slots (doctor_id, clinic_id, starts_at, ends_at)
    SELECT w.doctor_id, w.clinic_id, at, at + interval '30 minutes'
    FROM generate_series(-520, 30) day, doctor_clinics w JOIN clinics c ON c.id = w.clinic_id, generate_series(0, 15) n,
      LATERAL (SELECT (current_date + day + interval '9 hours' + n * interval '30 minutes') AT TIME ZONE c.time_zone AS at) t
    WHERE extract(isodow FROM current_date + day) < 6;
  INSERT INTO users (email, role, name) SELECT 'p' || n || '@docket.example', 'PATIENT', 'P ' || n FROM generate_series(1, ${DOCTORS * 200}) n;
  INSERT INTO patients (account_id, name) SELECT id, name FROM users WHERE role = 'PATIENT';
  WITH p AS (SELECT array_agg(id) AS ids, array_agg(account_id) AS accounts FROM patients),
    t AS (SELECT s.*, row_number() OVER () AS n, random() AS lot FROM time_slots s WHERE random() < 0.64)
    INSERT INTO appointments (reference, patient_id, doctor_id, clinic_id, timeslot_id, starts_at, ends_at, status,
      fee_minor, currency, booked_by_id, created_at, cancelled_at, cancelled_late)
    SELECT 'R' || t.n, p.ids[1 + t.n % ${DOCTORS * 200}], t.doctor_id, t.clinic_id, t.id, t.starts_at, t.ends_at,
      (CASE WHEN lot < 0.10 THEN 'CANCELLED' WHEN lot < 0.12 THEN 'REJECTED'
        WHEN t.starts_at > now() THEN CASE WHEN lot < 0.5 THEN 'BOOKED' ELSE 'CONFIRMED' END
        WHEN lot < 0.17 THEN 'NO_SHOW' ELSE 'COMPLETED' END)::"AppointmentStatus", 5000, c.currency,
      p.accounts[1 + t.n % ${DOCTORS * 200}], t.starts_at - (lot * 30) * interval '1 day',
      CASE WHEN lot < 0.10 THEN t.starts_at END, lot < 0.02
    FROM t JOIN clinics c ON c.id = t.clinic_id, p;
  ${PAYMENTS};
  ALTER TABLE payments ENABLE TRIGGER USER;
  ALTER TABLE time_slots ENABLE TRIGGER USER;
  ALTER TABLE appointments ENABLE TRIGGER USER;
  INSERT INTO stale_hours (clinic_id, doctor_id, starts_at)
    SELECT s.clinic_id, s.doctor_id, min(s.starts_at) FROM time_slots s JOIN clinics c ON c.id = s.clinic_id
    GROUP BY s.clinic_id, s.doctor_id, (s.starts_at AT TIME ZONE c.time_zone)::date ORDER BY 3;
  VACUUM ANALYZE;`

const say = (line: string) => process.stdout.write(`${line}\n`)

/** The statements that a piece of work sends, with their values. */
async function statementsOf(work: () => Promise<unknown>) {
  const seen: { text: string; values: unknown[] }[] = []
  const query = pool.query.bind(pool)
  pool.query = ((statement: { text: string; values: unknown[] }, ...rest: []) => {
    seen.push(statement)
    return query(statement, ...rest)
  }) as typeof pool.query
  await work()
  pool.query = query
  return seen
}

/** The tables that a statement reads from end to end, if they are large. */
async function wholeTables({ text, values }: { text: string; values: unknown[] }) {
  const { rows } = await pool.query({ text: `EXPLAIN (COSTS OFF) ${text}`, values })
  const plan = rows.map(row => row['QUERY PLAN'] as string)
  return plan.flatMap(
    line => /Seq Scan on (\w*(?:numbers|appointments|payments|time_slots|patients)\b)/.exec(line)?.[1] ?? []
  )
}

async function look(name: string, ask: () => Promise<unknown>) {
  const statements = await statementsOf(ask)
  const whole = new Set((await Promise.all(statements.map(wholeTables))).flat())
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    await ask()
    times.push(performance.now() - start)
  }
  const [best = 0, middle = 0] = [Math.min(...times), times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]]
  const read = whole.size ? `, whole: ${[...whole].join(', ')}` : ''
  say(`${name.padEnd(34)} ${middle.toFixed(0).padStart(5)} ms (best ${best.toFixed(0)})${read}`)
}

/** Bookings a second, one row each, with some triggers away. Undone afterwards. */
async function bookings(off: string[]) {
  const client = await pool.connect()
  await client.query('BEGIN')
  for (const table of off) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  const { rows } = await client.query<{ id: string }>(
    `SELECT s.id FROM time_slots s WHERE s.starts_at > now() AND NOT EXISTS (SELECT FROM appointments a WHERE a.timeslot_id = s.id) LIMIT $1`,
    [BOOKINGS]
  )
  const start = performance.now()
  for (const [at, { id }] of rows.entries()) {
    await client.query({
      name: 'book',
      text: `INSERT INTO appointments (reference, patient_id, doctor_id, clinic_id, timeslot_id, starts_at, ends_at, status, fee_minor, currency, booked_by_id)
        SELECT $1, p.id, s.doctor_id, s.clinic_id, s.id, s.starts_at, s.ends_at, 'BOOKED', 1, 'GBP', p.account_id
        FROM time_slots s, (SELECT id, account_id FROM patients LIMIT 1) p WHERE s.id = $2`,
      values: [`B${at}`, id]
    })
    await client.query({
      name: 'tell',
      text: `INSERT INTO audit_events (at, event, actor_role, subject_type, request_id) VALUES (now(), 'appointment.booked', 'PATIENT', 'appointment', 'bench')`
    })
  }
  const rate = (rows.length / (performance.now() - start)) * 1000
  await client.query('ROLLBACK')
  client.release()
  return rate
}

async function triggers() {
  const rates = { all: [] as number[], numbers: [] as number[], events: [] as number[], none: [] as number[] }
  for (let round = 0; round < 4; round++) {
    rates.all.push(await bookings([]))
    rates.numbers.push(await bookings(['audit_events']))
    rates.events.push(await bookings(['appointments']))
    rates.none.push(await bookings(['appointments', 'audit_events']))
  }
  const [none, ...others] = [rates.none, rates.all, rates.numbers, rates.events].map(some => Math.max(...some))
  const [all, numbers, events] = others.map(rate => ((rate / (none ?? 1)) * 100).toFixed(0))
  say(
    `\na row booked and told, of what it would be without triggers: ${all} % with all, ${numbers} % with those of the`
  )
  say(`numbers alone, ${events} % with the one that tells of events alone`)
}

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-'))
  const { url, stop } = await startEmbedded({ folder, settings: { fsync: 'off' } })
  try {
    await migrate(url)
    connect(url)
    for (const statement of FILL.split(';\n')) if (statement.trim()) await pool.query(statement)
    say(`${await db.timeSlot.count()} slots, ${await db.appointment.count()} appointments`)

    const start = performance.now()
    const days = await countHours()
    const took = performance.now() - start
    await pool.query('VACUUM ANALYZE')
    say(
      `all numbers from nothing: ${(took / 1000).toFixed(0)} s, ${days} days of a doctor, ${(took / days).toFixed(2)} ms each`
    )
    say(`memory of this process: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB\n`)

    const clinics = await db.clinic.findMany({ select: { id: true } })
    const doctor = await db.doctor.findFirstOrThrow({ select: { id: true } })
    const ctxOf = (actor: Partial<Ctx['actor']>): Ctx => ({
      ...{ now, locale: 'en', requestId: 'bench', address: null },
      actor: { ...system, role: 'ADMIN', ...actor }
    })
    const admin = ctxOf({})
    const staff = ctxOf({ role: 'STAFF', clinicIds: clinics.slice(0, 1).map(({ id }) => id) })
    const clinicId = clinics[0]?.id ?? ''
    await look('report, 30 days, all clinics', () => report(admin, { period: '30' }))
    await look('report, a year, all clinics', () => report(admin, { period: 'year' }))
    await look('report, 30 days, a clinic', () => report(admin, { period: '30', clinicId }))
    await look('report, a year, a clinic', () => report(staff, { period: 'year' }))
    await look('report, a year, a doctor', () => report(admin, { period: 'year', doctorId: doctor.id }))
    await look('today, all clinics', () => todayAtClinics(admin))
    await look('today, a clinic', () => todayAtClinics(staff))
    await look('next appointments, all clinics', () => nextAppointments(admin, 8))
    await look('next appointments, a clinic', () => nextAppointments(staff, 8))
    await look('totals, all clinics', () => clinicTotals(admin))
    await look('totals, a clinic', () => clinicTotals(staff))
    await look('lately, all clinics', () => lately(admin))
    await look('lately, a clinic', () => lately(staff))
    await triggers()
  } finally {
    pool.removeAllListeners('error').on('error', () => {})
    await disconnect()
    await stop()
    await rm(folder, { recursive: true })
  }
}
