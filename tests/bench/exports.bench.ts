import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createApp } from '../../src/app.ts'
import { connect, db, disconnect, pool } from '../../src/database/client.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { paths } from '../../src/paths.ts'
import { visit } from '../support/raw.ts'
import { addUser } from '../support/world.ts'

// RATE_LIMIT_FACTOR=1000 node --import ./src/database/generate.ts tests/bench/exports.bench.ts
// A list of appointments as CSV: how many rows a second, and how much memory the process takes for a tenth of them and
// for all. Ends with 1 when ten times the rows take noticeably more. EXPORT=100000 rows unless said otherwise.

const ROWS = Number(process.env.EXPORT ?? 100_000)
const DOCTORS = 10
const ALLOWED_MB = 48

const FILL = `
  ALTER TABLE appointments DROP CONSTRAINT appointments_room_overlap, DROP CONSTRAINT appointments_patient_overlap;
  INSERT INTO specializations (name) VALUES ('General practice');
  INSERT INTO clinics (name, address, city, country, phone, email, time_zone, currency)
    VALUES ('Riverside Clinic', 'Quay Street 14', 'Bristol', 'GB', '1', 'a@docket.example', 'Europe/London', 'GBP');
  INSERT INTO users (email, role, name) SELECT 'd' || n || '@docket.example', 'DOCTOR', 'Dr ' || n FROM generate_series(1, ${DOCTORS}) n;
  INSERT INTO doctors (user_id, specialization_id, licence_number, fee_minor)
    SELECT u.id, s.id, u.email, 5000 FROM users u, specializations s;
  INSERT INTO time_slots (doctor_id, clinic_id, starts_at, ends_at)
    SELECT d.id, c.id, at, at + interval '10 minutes' FROM doctors d, clinics c, generate_series(1, ${Math.ceil(ROWS / DOCTORS)}) n,
      LATERAL (SELECT now() - interval '1 year' + n * interval '10 minutes' AS at);
  INSERT INTO users (email, role, name) SELECT 'p' || n || '@docket.example', 'PATIENT', 'Patient Number ' || n FROM generate_series(1, 1000) n;
  INSERT INTO patients (account_id, name) SELECT id, name FROM users WHERE role = 'PATIENT';
  INSERT INTO appointments (reference, patient_id, doctor_id, clinic_id, timeslot_id, starts_at, ends_at, status, fee_minor, currency, booked_by_id)
    SELECT 'R' || s.at, p.id, s.doctor_id, s.clinic_id, s.id, s.starts_at, s.ends_at, 'COMPLETED', 5000, 'GBP', p.account_id
    FROM (SELECT *, row_number() OVER () AS at FROM time_slots) s
      JOIN (SELECT *, row_number() OVER () - 1 AS at FROM patients) p ON p.at = s.at % 1000;
  VACUUM ANALYZE`

const MB = 1024 * 1024

// Garbage that nobody has needed to take away yet is no memory that an export needs.
setFlagsFromString('--expose-gc')
const takeGarbage: () => void = runInNewContext('gc')
const say = (line: string) => process.stdout.write(`${line}\n`)

/**
 * Reads an export to its end and keeps nothing: its rows, its bytes, and the most memory that the process had
 * meanwhile.
 */
async function read(url: string, path: string, cookie: string) {
  takeGarbage()
  const [before, start] = [process.memoryUsage().rss, performance.now()]
  let [rows, bytes, peak] = [-1, 0, before]
  const watch = setInterval(() => {
    takeGarbage()
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 2000)
  await new Promise<void>((resolve, reject) => {
    get(url + path, { headers: { Cookie: cookie } }, answer => {
      if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`))
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length
        for (const byte of piece) if (byte === 10) rows++
      })
      answer.on('end', resolve)
    }).on('error', reject)
  })
  clearInterval(watch)
  return { rows, bytes, growth: (peak - before) / MB, peak: peak / MB, seconds: (performance.now() - start) / 1000 }
}

async function compare(url: string) {
  const { cookie } = await visit(url, (await addUser('ADMIN')).email)
  const doctor = await db.doctor.findFirstOrThrow()
  const all = { when: 'any' }
  const tenth = paths.admin.appointments.csv({ ...all, doctorId: doctor.id })
  for (let warm = 0; warm < 3; warm++) await read(url, tenth, cookie)
  const found = []
  for (const path of [tenth, paths.admin.appointments.csv(all)]) {
    const { rows, bytes, growth, peak, seconds } = await read(url, path, cookie)
    const figures = [`${(rows / seconds).toFixed(0)} rows/s`, `${(bytes / MB).toFixed(1)} MB sent`]
    say(
      `${rows} rows in ${seconds.toFixed(1)} s, ${figures.join(', ')}, at most ${peak.toFixed(0)} MB, ${growth.toFixed(1)} MB more than before`
    )
    found.push(peak)
  }
  const [small = 0, large = 0] = found
  say(`Ten times the rows: ${(large - small).toFixed(1)} MB more (${ALLOWED_MB} MB allowed)`)
  if (large - small > ALLOWED_MB) process.exitCode = 1
}

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-'))
  const { url, stop } = await startEmbedded({ folder, settings: { fsync: 'off' } })
  const server = createServer()
  try {
    await migrate(url)
    connect(url)
    for (const statement of FILL.split(';\n')) await pool.query(statement)
    server.on('request', createApp('a secret for figures that is long enough')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    await compare(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.close()
    server.closeAllConnections()
    pool.removeAllListeners('error').on('error', () => {})
    await disconnect()
    await stop()
    await rm(folder, { recursive: true })
  }
}
