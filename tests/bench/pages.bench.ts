import { get } from 'node:http'
import { db } from '../../src/database/client.ts'
import { hashPassword } from '../../src/services/people/password-hash.ts'
import { send, type Visit, visit } from '../support/raw.ts'
import { routes } from '../support/routes.ts'
import { pathIn, town } from '../support/town.ts'
import { password } from '../support/world.ts'
import { fillLarge } from './large.ts'
import { onScratch, say, startApp } from './scratch.ts'

// node --import ./src/database/generate.ts tests/bench/pages.bench.ts
// Every page as those it is for open it, on a million appointments: fifty clinics, five hundred doctors, 200,000
// patients. The time to answer is that of the whole request, by a process of its own. SCALE=0.05 for a quick look,
// ONLY=/admin/audit for some pages, ON=postgresql://… for a database of one's own, filled if it is empty, SLOW=200 to be shown only what takes longer.

const ROUNDS = 5
const BAD_MS = 1000
const PORT = 3427
const slow = Number(process.env.SLOW ?? 0)
const only = process.env.ONLY ?? ''

type Person = 'guest' | 'patient' | 'doctor' | 'staff' | 'admin'
interface Page {
  who: Person
  path: string
  route: string
}

/** What is asked of lists: usual filters, rare and common words, each order, far places. */
async function askedOf(clinicId: string, doctorId: string): Promise<Record<string, string[]>> {
  const [some] = await db.appointment.findMany({ take: 1, skip: 1000, select: { reference: true } })
  const day = new Date().toISOString().slice(0, 10)
  const both = (...fields: string[]) => fields.flatMap(field => [`sort=${field}`, `sort=-${field}`])
  const words = ['q=Obi', 'q=Wanjiru Lindqvist', 'q=zzzzzz', 'q=a']
  const at = [`clinicId=${clinicId}`]
  return {
    '/admin/appointments': [
      ...[
        ...words,
        ...at,
        `q=${some?.reference}`,
        `doctorId=${doctorId}`,
        'status=BOOKED',
        'status=HELD',
        'status=REJECTED'
      ],
      ...['when=any', 'when=any&sort=-startsAt', 'when=any&sort=-createdAt', 'when=any&sort=createdAt', 'when=coming'],
      ...[
        'when=any&q=Obi',
        'when=any&q=zzzzzz',
        'when=any&status=NO_SHOW&sort=-createdAt',
        `when=any&clinicId=${clinicId}&sort=-createdAt`
      ],
      ...[
        `from=${day}&to=${day}`,
        'from=2020-01-01&to=2030-01-01&status=CANCELLED',
        `when=any&q=Obi&doctorId=${doctorId}`
      ],
      ...['SUCCESS', 'PENDING', 'FAILED', 'REFUNDED', 'REFUND_DUE'].map(standing => `when=any&payment=${standing}`)
    ],
    '/admin/payments': [
      ...[...words, ...at, `q=${some?.reference}`, `doctorId=${doctorId}`, 'tries=all', 'sort=createdAt', 'method=UPI'],
      ...['SUCCESS', 'PENDING', 'FAILED', 'REFUNDED', 'REFUND_DUE'].map(standing => `status=${standing}`),
      ...[`from=${day}&to=${day}`, `clinicId=${clinicId}&status=REFUNDED`, `q=Obi&doctorId=${doctorId}`]
    ],
    '/admin/takings': at,
    '/admin/patients': [
      ...words,
      ...at,
      'q=7700 150000',
      'q=1980-05-05',
      'q=Obi 5 5 1980',
      ...both('name', 'createdAt'),
      `q=Obi&clinicId=${clinicId}`
    ],
    '/admin/users': [
      ...words,
      ...at,
      'role=PATIENT',
      'role=STAFF',
      'state=disabled',
      'state=invited',
      'state=erased',
      ...both('name', 'createdAt'),
      'role=PATIENT&sort=-createdAt&q=Obi'
    ],
    '/admin/audit': [
      ...words,
      ...at,
      'who=Obi',
      'who=zzzzzz',
      'event=appointment',
      'event=appointment.booked',
      'event=user.signed-in',
      'subjectType=patient',
      ...both('at'),
      `from=${day}&to=${day}`,
      'from=2020-01-01',
      'q=appointment&who=Obi'
    ],
    '/admin/doctors': [...words, ...at, ...both('name', 'specialization', 'licenceNumber'), 'page=20'],
    '/admin/clinics': [...words, ...both('name', 'city'), 'page=3'],
    '/admin/rooms': [...words, ...at, 'page=20'],
    '/admin/closures': [...words, ...at, 'page=10'],
    '/admin/specializations': words,
    '/admin/symptoms': words,
    '/admin/conflicts': [`doctorId=${doctorId}`, 'page=5'],
    '/admin/timetable': [...at, `doctorId=${doctorId}`, `clinicId=${clinicId}&date=${day}`, 'date=2020-01-01'],
    '/admin/room-usage': [...at, `clinicId=${clinicId}&date=${day}`],
    '/admin/analytics': [
      ...at,
      `doctorId=${doctorId}`,
      'period=7',
      'period=90',
      'period=year',
      'from=2020-01-01&to=2020-12-31',
      `period=year&clinicId=${clinicId}`
    ],
    '/admin/offers': [`doctorId=${doctorId}&clinicId=${clinicId}&date=${day}&time=10:00`],
    '/admin/working-hours': [`doctorId=${doctorId}`],
    '/admin/time-off': [`doctorId=${doctorId}`],
    '/admin/timeslots': [`doctorId=${doctorId}`],
    '/admin/appointments/new': ['q=Obi', `doctorId=${doctorId}&clinicId=${clinicId}`, ...at],
    '/booking/doctors': ['q=Field 7', 'q=Obi', 'q=zzzzzz', 'place=Bristol', `date=${day}`, 'page=10'],
    '/doctor/schedule': [`date=${day}`],
    '/doctor/week': [`date=${day}`, 'view=calendar']
  }
}

/** The people who open pages, each with as much to see as anyone has. */
async function crowd(clinicId: string) {
  const passwordHash = await hashPassword(password)
  const [most] = await db.$queryRaw<{ id: string }[]>`
    SELECT p.account_id AS id FROM appointments a JOIN patients p ON p.id = a.patient_id GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`
  const [doctor] = await db.doctor.findMany({ where: { clinics: { some: { clinicId } } }, take: 1 })
  const clinics = await db.clinic.findMany({ where: { name: { startsWith: 'Clinic' } }, take: 5 })
  const create = [...new Set([clinicId, ...clinics.map(({ id }) => id)])].map(id => ({ clinicId: id }))
  const account = (id = '') => db.user.update({ where: { id }, data: { passwordHash } })
  const user = (role: 'STAFF' | 'ADMIN', more = {}) =>
    db.user.create({ data: { role, name: 'Zoe Haddad', email: `${role}@bench.example`, passwordHash, ...more } })
  return {
    doctorId: doctor?.id ?? '',
    patient: await account(most?.id),
    doctor: await account(doctor?.userId),
    staff: await user('STAFF', { staffClinics: { create } }),
    admin: await user('ADMIN')
  }
}

const everybody = /^\/($|live|booking\/(doctors|clinics|symptoms)|auth\/(login|register)|admin\/(login|register)|dev)/

function peopleFor(path: string): Person[] {
  if (everybody.test(path)) return ['guest']
  if (path.startsWith('/admin')) return ['staff', 'admin']
  return path.startsWith('/doctor') ? ['doctor'] : ['patient']
}

/** Of a file that goes on and on, how soon it begins. */
const beginning = (url: string, path: string, headers: Record<string, string>) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = get(url + path, { headers, agent: false }, answer =>
      answer.once('data', piece => {
        asked.destroy()
        resolve({ status: answer.statusCode ?? 0, text: String(piece) })
      })
    )
    asked.once('error', reject)
  })

async function time(url: string, { who, path }: Page, cookie: string) {
  const times: number[] = []
  let answer = { status: 0, text: '' }
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    const headers = { Accept: 'text/html', 'Accept-Encoding': 'gzip', Cookie: cookie }
    const asked = encodeURI(path)
    answer = await (/\.csv/.test(path) ? beginning(url, asked, headers) : send(url, { path: asked, headers }))
    times.push(performance.now() - start)
    // What takes that long is not made quicker by asking again.
    if ((times[0] ?? 0) > 5 * BAD_MS) break
  }
  const sorted = times.sort((a, b) => a - b)
  return {
    who,
    path,
    status: answer.status,
    ms: sorted[Math.floor(sorted.length / 2)] ?? 0,
    worst: sorted.at(-1) ?? 0,
    kb: answer.text.length / 1024
  }
}

/** Pages of the town's own things are opened by those they belong to, and again as the larger ones of their kind. */
async function pagesOf(place: Awaited<ReturnType<typeof town>>, clinicId: string, doctorId: string) {
  const asked = await askedOf(clinicId, doctorId)
  const [seen] = await db.appointment.findMany({ where: { doctorId, status: 'COMPLETED' }, take: 1 })
  const large: Record<string, string> = {
    ...{
      '/admin/clinics': clinicId,
      '/booking/clinics': clinicId,
      '/admin/doctors': doctorId,
      '/booking/doctors': doctorId
    },
    ...{ '/admin/appointments': seen?.id ?? '', '/doctor/appointments': seen?.id ?? '' },
    ...{ '/admin/patients': seen?.patientId ?? '', '/doctor/patients': seen?.patientId ?? '' }
  }
  const pages: Page[] = []
  for (const { path } of routes().filter(({ method }) => method === 'GET'))
    for (const who of peopleFor(path)) {
      const ids = { ...place.things, ...(path.split(':').length === 2 && large) }
      const at = pathIn({ things: ids }, path)
      pages.push(
        ...['', ...(asked[path] ?? [])].map(query => ({ who, route: path, path: query ? `${at}?${query}` : at }))
      )
    }
  return pages.filter(({ path }) => path.startsWith(only))
}

const shown = (path: string) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')

await onScratch(
  async url => {
    const start = performance.now()
    if ((await db.appointment.count()) === 0) await fillLarge()
    const counts = [db.appointment, db.timeSlot, db.patient, db.auditEvent].map(async table =>
      (table as typeof db.patient).count()
    )
    const [appointments, slots, patients, events] = await Promise.all(counts)
    say(
      `${appointments} appointments, ${slots} slots, ${patients} patients, ${events} events, in ${((performance.now() - start) / 1000).toFixed(0)} s`
    )

    const place = await town()
    const { clinicId = '' } = (await db.doctorClinic.findFirst({ orderBy: { clinicId: 'asc' } })) ?? {}
    const { doctorId, ...people } = await crowd(clinicId)
    const app = await startApp(url, PORT)
    const visits = { guest: await visit(app.url) } as Record<Person, Visit>
    for (const [who, { email }] of Object.entries(people)) visits[who as Person] = await visit(app.url, email)

    const found = []
    for (const page of await pagesOf(place, clinicId, doctorId))
      found.push(await time(app.url, page, visits[page.who].cookie))
    found.sort((a, b) => b.ms - a.ms)
    say('  median    worst   size  who      page')
    for (const { who, path, status, ms, worst, kb } of found.filter(({ ms }) => ms >= slow))
      say(
        `${ms.toFixed(0).padStart(8)} ${worst.toFixed(0).padStart(8)} ${`${kb.toFixed(0)} K`.padStart(6)}  ${who.padEnd(8)} ${shown(path)}${status === 200 ? '' : `  ${status}`}`
      )
    const bad = found.filter(({ ms }) => ms >= BAD_MS).length
    say(`${found.length} pages, ${found.filter(({ ms }) => ms > 200).length} over 200 ms, ${bad} over a second`)
    say(app.said.slice(-2000))
    await app.stop()
    if (process.env.KEEP) await new Promise(resolve => setTimeout(resolve, Number(process.env.KEEP) * 1000))
    process.exitCode = bad ? 1 : 0
  },
  { fsync: 'off', max_connections: '100', shared_buffers: '512MB' }
)
