import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { type Ctx, guest, systemCtx } from '../../src/context.ts'
import { connect, db, disconnect, pool } from '../../src/database/client.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { publishEveryone } from '../../src/services/availability/publish-everyone.ts'
import { daysOf, nextTimes, timeslotsOn } from '../../src/services/availability/queries.ts'

// node --import ./src/database/generate.ts tests/bench/availability.bench.ts
// What patients look at, on 2,000 doctors × 60 days × 16 slots: one query each, its plan, and what it costs next to a
// plain indexed SELECT of the same rows. DOCTORS=200 for a quick look.

const DOCTORS = Number(process.env.DOCTORS ?? 2000)
const DAYS = 60
const PER_DAY = 16
const CLIENTS = 8
const ROUNDS = 1500
const CARDS = 20
const now = Temporal.Now.instant()
const ctx: Ctx = { actor: guest, now, locale: 'en', requestId: 'bench', address: null }

/** Clinics of forty doctors; the coming fortnight is three quarters taken, the days after it a third. */
const FILL = `
  ALTER TABLE time_slots DROP CONSTRAINT time_slots_doctor_overlap, DROP CONSTRAINT time_slots_two_clinics;
  ALTER TABLE appointments DROP CONSTRAINT appointments_room_overlap, DROP CONSTRAINT appointments_patient_overlap;
  INSERT INTO specializations (name) VALUES ('General practice');
  INSERT INTO clinics (name, address, city, country, phone, email, time_zone, currency)
    SELECT 'Clinic ' || n, 'Street 1', 'Bristol', 'GB', '1', 'a@docket.example', 'Europe/London', 'GBP'
    FROM generate_series(1, ${Math.ceil(DOCTORS / 40)}) n;
  INSERT INTO users (email, role, name) SELECT 'd' || n || '@docket.example', 'DOCTOR', 'Dr ' || n FROM generate_series(1, ${DOCTORS}) n;
  INSERT INTO doctors (user_id, specialization_id, licence_number, fee_minor)
    SELECT u.id, s.id, u.email, 5000 FROM users u, specializations s;
  WITH c AS (SELECT id, row_number() OVER () - 1 AS at, count(*) OVER () AS many FROM clinics),
    d AS (SELECT id, row_number() OVER () AS at FROM doctors)
    INSERT INTO doctor_clinics (doctor_id, clinic_id) SELECT d.id, c.id FROM d JOIN c ON c.at = d.at % c.many;
  INSERT INTO working_hours (doctor_id, clinic_id, weekday, start_minutes, end_minutes, slot_minutes, valid_from)
    SELECT doctor_id, clinic_id, w, 540, 1020, 30, '2020-01-01' FROM doctor_clinics, generate_series(1, 7) w;
  INSERT INTO time_slots (doctor_id, clinic_id, working_hours_id, starts_at, ends_at)
    SELECT w.doctor_id, w.clinic_id, w.id, at, at + interval '30 minutes'
    FROM generate_series(0, ${DAYS - 1}) day, generate_series(0, ${PER_DAY - 1}) n, working_hours w,
      LATERAL (SELECT (current_date - 29 + day + interval '9 hours' + n * interval '30 minutes') AT TIME ZONE 'Europe/London' AS at)
    WHERE w.weekday = extract(isodow FROM current_date - 29 + day);
  INSERT INTO users (email, role, name) SELECT 'p' || n || '@docket.example', 'PATIENT', 'P ' || n FROM generate_series(1, 1000) n;
  INSERT INTO patients (account_id, name) SELECT id, name FROM users WHERE role = 'PATIENT';
  INSERT INTO appointments (reference, patient_id, doctor_id, clinic_id, timeslot_id, starts_at, ends_at, status, fee_minor, currency, booked_by_id)
    SELECT 'R' || row_number() OVER (), p.id, s.doctor_id, s.clinic_id, s.id, s.starts_at, s.ends_at, 'BOOKED', 5000, 'GBP', p.account_id
    FROM time_slots s, LATERAL (SELECT id, account_id FROM patients LIMIT 1) p
    WHERE random() < CASE WHEN s.starts_at < now() + interval '14 days' THEN 0.75 ELSE 0.33 END;
  VACUUM ANALYZE;`

interface Question {
  name: string
  ask: () => Promise<unknown>
  /** The same rows by index, and nothing else. */
  plain: { text: string; values: unknown[] }
}

async function questions(): Promise<Question[]> {
  const doctors = await db.doctor.findMany({ select: { id: true } })
  const any = () => doctors[Math.floor(Math.random() * doctors.length)]?.id ?? ''
  const day = now
    .add({ hours: 24 * 7 })
    .toString()
    .slice(0, 10)
  const some = Array.from({ length: CARDS }, any)
  const columns = 'SELECT id, clinic_id, starts_at, ends_at FROM time_slots WHERE doctor_id'
  return [
    {
      name: 'the slots of a day',
      ask: () => timeslotsOn(ctx, any(), day),
      plain: {
        text: `${columns} = $1 AND starts_at >= $2 AND starts_at < $2::date + 1 ORDER BY starts_at`,
        values: [any(), day]
      }
    },
    {
      name: 'the badges of 30 days',
      ask: () => daysOf(ctx, any()),
      plain: { text: `${columns} = $1 AND starts_at > now() ORDER BY starts_at`, values: [any()] }
    },
    {
      name: 'the next free times of 20 doctors',
      ask: () => nextTimes(ctx, some, 3),
      plain: {
        text: `SELECT f.* FROM unnest($1::uuid[]) d, LATERAL (SELECT id, clinic_id, starts_at, ends_at FROM time_slots
          WHERE doctor_id = d AND starts_at > now() ORDER BY starts_at LIMIT 12) f`,
        values: [some]
      }
    }
  ]
}

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

async function planOf({ text, values }: { text: string; values: unknown[] }) {
  const { rows } = await pool.query({ text: `EXPLAIN (ANALYZE, BUFFERS OFF, COSTS OFF) ${text}`, values })
  return rows.map(row => row['QUERY PLAN'] as string)
}

/** How many a second when CLIENTS ask, each one question after the other. */
async function rate(ask: () => Promise<unknown>) {
  const start = performance.now()
  let left = ROUNDS
  const client = async () => {
    while (left-- > 0) await ask()
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return (ROUNDS / (performance.now() - start)) * 1000
}

const say = (line: string) => process.stdout.write(`${line}\n`)

async function look({ name, ask, plain }: Question) {
  const statements = await statementsOf(ask)
  const [statement] = statements
  if (!statement || statements.length !== 1) throw new Error(`${name}: ${statements.length} queries`)
  say(`\n${name}: 1 query`)
  const plan = await planOf(statement)
  for (const line of plan) if (/Scan|Execution|Filter: .*Rows/.test(line)) say(`  ${line.trim()}`)
  const whole = plan.filter(line => /Seq Scan on (time_slots|appointments)/.test(line))
  if (whole.length) say(`  READS A WHOLE TABLE: ${whole.join(' ')}`)
  await rate(ask)
  const named = { name: `plain ${name}`, ...plain }
  const [own, bare] = [await rate(ask), await rate(() => pool.query(named))]
  say(`  ${own.toFixed(0)}/s, plain SELECT ${bare.toFixed(0)}/s: ${((own / bare) * 100).toFixed(0)} %`)
}

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-'))
  const { url, stop } = await startEmbedded({ folder, settings: { fsync: 'off' } })
  try {
    await migrate(url)
    connect(url)
    for (const statement of FILL.split(';\n')) if (statement.trim()) await pool.query(statement)
    say(`${await db.timeSlot.count()} slots, ${await db.appointment.count()} appointments`)
    for (const question of await questions()) await look(question)

    const start = performance.now()
    const done = await publishEveryone(systemCtx(now, 'bench'))
    const first = performance.now()
    await publishEveryone(systemCtx(now, 'bench'))
    const each = (ms: number) => (ms / DOCTORS).toFixed(1)
    say(
      `\npublishing ${DOCTORS} doctors: ${each(first - start)} ms each (${done.added} slots added), again ${each(performance.now() - first)} ms each`
    )
  } finally {
    pool.removeAllListeners('error').on('error', () => {})
    await disconnect()
    await stop()
    await rm(folder, { recursive: true })
  }
}
