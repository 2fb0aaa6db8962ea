import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { seed } from '../../prisma/seed.ts'
import type { Ctx } from '../../src/context.ts'
import { connect, db, disconnect, pool } from '../../src/database/client.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { timeslotsOn } from '../../src/services/availability/queries.ts'

// node --import ./src/database/generate.ts tests/bench/booking.bench.ts
// What Docket adds to what the database alone would take, on the demo's data and a server that writes to disk.

const CLIENTS = 16
const BOOKINGS = 1500
const PAGES = 3000
const now = Temporal.Now.instant()

interface Free extends Record<'id' | 'doctorId' | 'clinicId' | 'patientId' | 'accountId', string> {
  startsAt: Date
  endsAt: Date
}

async function compare() {
  const free = await freeSlots(BOOKINGS * 2 + 200)
  await timed(free.splice(0, 200), book)
  const inserts = await timed(free.splice(0, BOOKINGS), insert)
  const bookings = await timed(free.splice(0, BOOKINGS), book)
  const days = await busyDays()
  const pages = Array.from({ length: PAGES }, (_, at) => days[at % days.length] as Day)
  const selects = await timed(pages, select)
  const shown = await timed(pages, ({ doctorId, day }) => timeslotsOn(ctxOf(null), doctorId, day))
  say('INSERT of an appointment', inserts, inserts)
  say('bookAppointment', bookings, inserts)
  say('SELECT of a day of slots', selects, selects)
  say('timeslotsOn', shown, selects)
}

const say = (what: string, rate: number, limit: number) =>
  process.stdout.write(
    `${what.padEnd(26)}${rate.toFixed(0).padStart(7)}/s${((rate / limit) * 100).toFixed(0).padStart(6)} %\n`
  )

/** How many a second when CLIENTS do them all, each one after the other. What is refused counts: it was answered. */
async function timed<T>(all: T[], work: (item: T) => Promise<unknown>) {
  const left = all.values()
  const start = performance.now()
  const client = () => Array.fromAsync(left, item => work(item).catch(ignoreRefusal))
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return (all.length / (performance.now() - start)) * 1000
}

function ignoreRefusal(error: Error) {
  if (error.constructor.name !== 'Refusal' && !error.message.includes('_overlap')) throw error
}

const book = ({ id, doctorId, patientId, accountId }: Free) =>
  bookAppointment(ctxOf(accountId), { doctorId, timeslotId: id, patientId, idempotencyKey: randomUUID() })

const insert = ({ id, doctorId, clinicId, startsAt, endsAt, patientId, accountId }: Free) =>
  pool.query({
    name: 'insert',
    text: `INSERT INTO appointments (reference, timeslot_id, doctor_id, clinic_id, starts_at, ends_at, patient_id,
      booked_by_id, status, fee_minor, currency) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'BOOKED', 0, 'GBP')`,
    values: [randomUUID(), id, doctorId, clinicId, startsAt, endsAt, patientId, accountId]
  })

interface Day extends Record<'doctorId' | 'day', string> {
  from: Date
  to: Date
}

const select = ({ doctorId, from, to }: Day) =>
  pool.query({
    name: 'select',
    text: 'SELECT id, starts_at, ends_at FROM time_slots WHERE doctor_id = $1 AND starts_at BETWEEN $2 AND $3 ORDER BY starts_at',
    values: [doctorId, from, to]
  })

const busyDays = () => db.$queryRaw<Day[]>`
  SELECT doctor_id AS "doctorId", to_char(starts_at, 'YYYY-MM-DD') AS day, min(starts_at) AS from, max(starts_at) AS to
  FROM time_slots WHERE starts_at > now() + interval '1 day' GROUP BY 1, 2 ORDER BY random() LIMIT 300`

const freeSlots = (many: number) => db.$queryRaw<Free[]>`
  SELECT s.id, s.doctor_id AS "doctorId", s.clinic_id AS "clinicId", s.starts_at AS "startsAt", s.ends_at AS "endsAt",
    p.id AS "patientId", p.account_id AS "accountId"
  FROM (SELECT *, row_number() OVER (ORDER BY random()) AS at FROM time_slots WHERE is_available AND withdrawn_at IS NULL
      AND starts_at BETWEEN now() + interval '2 days' AND now() + interval '28 days'
      AND id NOT IN (SELECT timeslot_id FROM appointments)) s
    JOIN (SELECT *, row_number() OVER () - 1 AS at, count(*) OVER () AS many FROM patients
      WHERE account_id IS NOT NULL AND archived_at IS NULL) p ON p.at = s.at % p.many
  ORDER BY s.at LIMIT ${many}`

function ctxOf(id: string | null): Ctx {
  return {
    actor: { id, role: 'PATIENT', name: '', clinicIds: [], doctorId: null },
    now,
    locale: 'en',
    requestId: 'bench',
    address: null
  }
}

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-'))
  const { url, stop } = await startEmbedded({ folder })
  try {
    await migrate(url)
    connect(url)
    await seed(now)
    await db.setting.create({ data: { key: 'openAppointmentsPerPatient', value: 100 } })
    await compare()
  } finally {
    pool.removeAllListeners('error').on('error', () => {})
    await disconnect()
    await stop()
    await rm(folder, { recursive: true })
  }
}
