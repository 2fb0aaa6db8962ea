import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { routes } from '../support/routes.ts'
import { pathIn, type Town, town, type Who } from '../support/town.ts'
import { problemsInEveryLook } from './support/looks.ts'

/** Every page there is, with names as long as names get: on a phone and at a desk, in light and dark. */

const app = serveApp()
const { visitor } = openBrowser(app)
const notPages = [
  '/health/live',
  '/health/ready',
  '/auth/session',
  '/live',
  '/booking/doctors/:id/live',
  '/booking/appointments/:id/calendar.ics',
  '/calendars/:token/appointments.ics',
  '/booking/doctors/:id/photo',
  '/test-gateway/api/checkouts/:id'
]
const isPage = (path: string) => !notPages.includes(path) && !/\.(pdf|csv)$/.test(path)
const pages = routes().filter(({ method, path }) => method === 'GET' && isPage(path))
const openToAll =
  /^\/$|^\/dev|^\/auth\/(login|register)|^\/booking\/(doctors|clinics|symptoms)|^\/admin\/(login|register)/

let place: Town
const visitors = new Map<Who, Visitor>()

beforeAll(async () => {
  place = await town()
  await lengthenNames()
})

async function lengthenNames() {
  const clinic = 'Universitätsklinikum für Kinder- und Jugendmedizin am Rothenburgsort, Gesundheitszentrum Nord'
  const person = 'Wolfeschlegelsteinhausenbergerdorff Oluwaseunfunmi-Adebayo'
  await db.$executeRaw`UPDATE clinics SET name = ${clinic} || left(id::text, 4)`
  await db.$executeRaw`UPDATE rooms SET name = ${clinic} || left(id::text, 4)`
  await db.$executeRaw`UPDATE symptoms SET name = ${clinic} || left(id::text, 4)`
  await db.$executeRaw`UPDATE users SET name = ${person}`
  await db.$executeRaw`UPDATE patients SET name = ${person}`
  await db.$executeRaw`UPDATE visit_notes SET text = repeat('Schmerzen_beim_Treppensteigen ', 60)`
  await db.$executeRaw`UPDATE prescription_items SET medicine = repeat('Benzylpenicillin', 6), dose = ${person}`
  await db.$executeRaw`UPDATE patients SET allergies = repeat('Acetylsalicylsäure', 12), emergency_contact = ${person}`
  await db.$executeRaw`UPDATE test_checkouts SET description = ${clinic}, amount_minor = 2147483647`
  await db.$executeRaw`UPDATE appointments SET reason = repeat('Schmerzen_beim_Treppensteigen ', 12)`
}

async function as(who: Who) {
  const known = visitors.get(who)
  if (known) return known
  const email = place.emails[who]
  const made = await visitor()
  visitors.set(who, email ? await made.signsIn(email) : made)
  return made
}

function owner(path: string): Who {
  if (openToAll.test(path)) return 'guest'
  if (path.startsWith('/admin')) return 'admin'
  return path.startsWith('/doctor') ? 'doctor' : 'patient'
}

const sweep = async (who: Who, path: string) => problemsInEveryLook(await as(who), pathIn(place, path))

describe('every page', () => {
  it.each(pages)('$path', async ({ path }) => {
    expect(await sweep(owner(path), path)).toEqual([])
  })

  it.each(['/admin', '/admin/appointments', '/admin/clinics', '/admin/doctors'])(
    '%s, to the front desk',
    async path => {
      expect(await sweep('staff', path)).toEqual([])
    }
  )

  it.each(['/booking/doctors/:id/timeslots', '/booking/holds/new'])('%s, to a patient', async path => {
    expect(await sweep('patient', path)).toEqual([])
  })

  it.each([
    ['as a table', undefined],
    ['as a calendar', 'calendar']
  ] as const)('/doctor/week, with visits, %s', async (_, view) => {
    const date = place.slots[0]?.startsAt.toISOString().slice(0, 10) ?? ''
    expect(await problemsInEveryLook(await as('doctor'), paths.doctor.week({ date, view }))).toEqual([])
  })

  it.each(['a clinic’s day', 'a doctor’s week'])('/admin/timetable, with times: %s', async what => {
    const date = place.slots[0]?.startsAt.toISOString().slice(0, 10)
    const whose = what.startsWith('a clinic') ? { clinicId: place.clinic.id } : { doctorId: place.doctor.id }
    expect(await problemsInEveryLook(await as('staff'), paths.admin.timetable({ ...whose, date }))).toEqual([])
  })

  it.each(['/nowhere', '/admin'])('%s, which is not there for a patient', async path => {
    expect(await sweep('patient', path)).toEqual([])
  })
})
