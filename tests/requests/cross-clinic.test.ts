import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { json, send, type Visit, visit } from '../support/raw.ts'
import { nameOf, type Route, routes } from '../support/routes.ts'
import { pathIn, type Town, town } from '../support/town.ts'
import { addSlot, registerPatient } from '../support/world.ts'

/**
 * One of everything at one clinic, and somebody from the front desk of another who knows every id of it: not one word
 * of it comes out, wherever the ids are sent, and nothing is changed.
 */
const app = serveApp()
const MARK = 'Zebra'
const PHONE = '+44 20 9913 1313'
/** What anybody may see of a clinic, its doctors and their times. */
const isPublic = ({ path }: Route) => /^\/$|^\/dev|^\/booking\/(clinics|doctors|symptoms)/.test(path)
const isDesk = ({ path }: Route) => path.startsWith('/admin') && !/\/(login|register)$/.test(path)

let place: Town
let tess: Visit
/** Every id of the other clinic with the table it is from, and the texts that must not be read. */
const theirs: { table: string; id: string }[] = []
let words: string[] = []

beforeAll(async () => {
  place = await town()
  await addRest()
  await markAll()
  tess = await visit(app.url, place.emails.otherStaff)
})

/** What a town has not: a message, somebody without an account; and one visit at the clinic of who asks. */
async function addRest() {
  const { clinic, elsewhere, otherDoctor, appointment, patient } = place
  await db.patient.create({ data: { name: 'By phone', phone: PHONE, clinicId: clinic.id } })
  const message = { kind: 'booked', channel: 'EMAIL', dedupeKey: 'one', sendAfter: new Date() } as const
  await db.notification.create({ data: { recipientId: patient.id, appointmentId: appointment, ...message } })

  const own = await registerPatient({ name: 'Own Patient' })
  const slot = await addSlot(otherDoctor.id, elsewhere)
  const { startsAt, endsAt, id: timeslotId } = slot
  const visit = { patientId: own.patientId, bookedById: own.id, doctorId: otherDoctor.id, clinicId: elsewhere.id }
  const rest = { reference: 'OWN-1', status: 'BOOKED', feeMinor: 0, currency: 'GBP' } as const
  await db.appointment.create({ data: { ...visit, ...rest, timeslotId, startsAt, endsAt } })
}

/** Everything that isn't the asker's own gets a name that can't be there by accident, and is remembered by its id. */
async function markAll() {
  const own = await ownIds()
  const { rows } = await pool.query<{ table: string; columns: string[] }>(`
    SELECT table_name AS table, array_agg(column_name::text) AS columns FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name NOT IN ('specializations', 'symptoms') GROUP BY 1
    HAVING bool_or(column_name = 'id' AND data_type = 'uuid')`)
  for (const { table, columns } of rows) {
    if (columns.includes('name'))
      await pool.query(`UPDATE ${table} SET name = '${MARK} ' || left(id::text, 8) WHERE id <> ALL ($1)`, [own])
    if (columns.includes('phone'))
      await pool.query(`UPDATE ${table} SET phone = '${PHONE}' WHERE id <> ALL ($1)`, [own])
    const found = await pool.query<{ id: string }>(`SELECT id FROM ${table} WHERE id <> ALL ($1)`, [own])
    theirs.push(...found.rows.map(({ id }) => ({ table, id })))
  }
  const { rows: references } = await pool.query<{ reference: string }>(
    'SELECT reference FROM appointments WHERE id <> ALL ($1)',
    [own]
  )
  words = [MARK, PHONE.slice(-9), ...theirs.map(({ id }) => id), ...references.map(({ reference }) => reference)]
}

/** The clinic of who asks, whoever works there or has been there, and all that is of it. */
async function ownIds() {
  const { elsewhere, otherDoctor, emails } = place
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM users WHERE email = $1 OR id = $2 OR name = 'Own Patient' UNION SELECT id FROM patients WHERE name = 'Own Patient'
     UNION SELECT id FROM time_slots WHERE clinic_id = $3 UNION SELECT id FROM appointments WHERE clinic_id = $3
     UNION SELECT id FROM rooms WHERE clinic_id = $3`,
    [emails.otherStaff, otherDoctor.userId, elsewhere.id]
  )
  return [elsewhere.id, otherDoctor.id, ...rows.map(({ id }) => id)]
}

/** What of theirs stands in an answer, but for what was asked with: that is only said back. */
function leaksIn(text: string, asked: string) {
  return words.filter(word => text.includes(word) && !asked.includes(word))
}

/** As a page, or as a program: an answer that was not to be given, in a few words; null when all is well. */
async function asks(route: Route, path: string, accept: string, body: object = {}) {
  const asked = decodeURIComponent(path.replaceAll('+', ' ')) + JSON.stringify(body)
  const request =
    route.method === 'GET'
      ? { path, headers: { Accept: accept, Cookie: tess.cookie } }
      : json(route.method, path, tess, body)
  const { status, text } = await send(app.url, request)
  const leaks = status < 300 || status === 422 || status === 409 ? leaksIn(text, asked) : []
  const isOpen = path !== route.path && !path.includes('?') && status < 400 && !isPublic(route)
  const wrong = status >= 500 || isOpen || (leaks.length > 0 && !isPublic(route))
  return wrong ? `${nameOf(route)} ${path} ${accept}: ${status} ${leaks.slice(0, 3)}` : null
}

async function all(tries: (() => Promise<string | null>)[]) {
  const left = tries.values()
  const found: (string | null)[] = []
  const worker = async () => {
    for (const attempt of left) found.push(await attempt())
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return found.filter(each => each !== null)
}

const desk = routes().filter(isDesk)
const withId = desk.filter(({ path }) => path.includes(':'))
const reads = desk.filter(({ method, path }) => method === 'GET' && !path.includes(':'))

/** A door that is closed to the front desk is closed whatever is asked for: what is behind the others. */
async function openTo(asked: Visit, found: Route[]) {
  const answers = await Promise.all(
    found.map(async route => {
      const sent = json(route.method, pathIn(place, route.path), asked, { surprise: true })
      if (route.method === 'GET') delete sent.body
      return { route, ...(await send(app.url, sent)) }
    })
  )
  return answers.filter(({ status }) => status !== 403).map(({ route }) => route)
}

/** One row of each table is as good as another. */
const oneOfEach = () => [...new Map(theirs.map(({ table, id }) => [table, id])).values()]

/** What lists, pages and exports can be narrowed by or opened with. */
function queries() {
  const { clinic, doctor, patient, slots, appointment } = place
  const [clinicId, doctorId, patientId, timeslotId] = [clinic.id, doctor.id, patient.patientId, slots[3]?.id ?? '']
  const date = Temporal.Now.plainDateISO(clinic.timeZone).add({ days: 2 }).toString()
  const time = '09:00'
  return [
    ...[{}, { clinicId }, { doctorId }, { patientId }, { timeslotId }, { roomId: theirs[0]?.id }, { q: MARK }],
    ...[{ q: PHONE }, { q: patientId }, { who: MARK }, { reference: appointment }, { clinicId, date }],
    ...[
      { doctorId, date },
      { doctorId, clinicId },
      { doctorId, clinicId, date, time },
      { patientId, timeslotId }
    ],
    ...[{ patientId, doctorId, clinicId, date }, { clinicId, from: date, to: date }, { when: 'any' }, { state: 'any' }],
    ...[{ sort: 'name' }, { doctorId, date, time }, { patientId, doctorId, date, clinicId, timeslotId }]
  ]
}

/** A page shows what its JSON tells; a few are looked at all the same. */
const seen = (query: object) => ['', 'clinicId', 'doctorId,date'].includes(Object.keys(query).join())

describe('the front desk of another clinic, with every id of this one', () => {
  it('opens and changes nothing by it', async () => {
    const before = await fingerprint()
    const own = withId.map(route => () => asks(route, pathIn(place, route.path), 'text/html'))
    const open = await openTo(tess, withId)
    expect(open.length).toBeGreaterThan(20)
    const tries = open.flatMap(route =>
      oneOfEach().map(id => () => asks(route, route.path.replace(/:\w+/, id), 'application/json'))
    )
    expect(await all([...own, ...tries])).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })

  it('finds nothing of it in any list, page or export, however it is narrowed', async () => {
    const tries = (await openTo(tess, reads)).flatMap(route =>
      queries().flatMap(query => {
        const path = `${route.path}?${new URLSearchParams(query as Record<string, string>)}`
        const isTable = route.path.endsWith('.csv')
        const accepts = isTable ? ['text/csv'] : ['application/json', ...(seen(query) ? ['text/html'] : [])]
        return accepts.map(accept => () => asks(route, path, accept))
      })
    )
    expect(await all(tries)).toEqual([])
    const own = await send(app.url, { path: paths.admin.appointments.csv(), headers: { Cookie: tess.cookie } })
    expect([own.status, own.text]).toEqual([200, expect.stringContaining('OWN-1')])
  })
})
