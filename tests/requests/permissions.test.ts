import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { json, send, type Visit, visit } from '../support/raw.ts'
import { nameOf, type Route, routes } from '../support/routes.ts'
import { pathIn, people, type Town, town, type Who } from '../support/town.ts'

/** Who gets what: `ok`, or the status that says no. In the order of `people`. */
const ok = 'ok'
const audiences = {
  everyone: [ok, ok, ok, ok, ok, ok, ok, ok],
  signedIn: [401, ok, ok, ok, ok, ok, ok, ok],
  whoseDeviceItIs: [401, ok, 404, 404, 404, 404, 404, 404],
  patients: [401, ok, ok, 403, 403, 403, 403, 403],
  whosePatientItIs: [401, ok, 404, 403, 403, 403, 403, 403],
  followers: [401, ok, ok, ok, ok, 403, 403, 403],
  doctors: [401, 403, 403, ok, ok, 403, 403, 403],
  whoseVisitItIs: [401, 403, 403, ok, 404, 403, 403, 403],
  whoseNoticeItIs: [401, ok, 404, 404, 404, 403, 403, 403],
  team: [401, 403, 403, 403, 403, ok, ok, ok],
  whoseClinicItIs: [401, 403, 403, 403, 403, ok, 404, ok],
  admins: [401, 403, 403, 403, 403, 403, 403, ok],
  programsWithKey: [403, 403, 403, 403, 403, 403, 403, 403],
  gatewaysNotSetUp: [404, 404, 404, 404, 404, 404, 404, 404]
} as const

/** Every page of the product. A new one needs a line here. */
const table: Record<keyof typeof audiences, string> = {
  everyone: `
    GET /  GET /dev/components  GET /dev/mail  GET /dev/mail/:id  GET /dev/mail/:id/html  GET /health/live  GET /health/ready  GET /auth/session
    GET /auth/register  POST /auth/register  GET /auth/login  POST /auth/login  POST /auth/logout
    GET /admin/register  POST /admin/register  GET /admin/login  POST /admin/login
    GET /booking/symptoms  GET /booking/clinics  GET /booking/clinics/:id/doctors
    GET /booking/doctors  GET /booking/doctors/:id  GET /booking/doctors/:id/timeslots
    GET /booking/doctors/:id/photo  GET /booking/doctors/:id/live  GET /auth/reset  POST /auth/reset
    GET /visits/cancelled  GET /visits/:token  GET /visits/:token/reschedule  POST /visits/:token/reschedule
    GET /visits/:token/cancellation  POST /visits/:token/cancellation
    GET /unsubscriptions/:token  POST /unsubscriptions/:token
    GET /auth/forgotten  POST /auth/forgotten  GET /auth/confirmation  POST /auth/confirmation
    GET /calendars/:token/appointments.ics
    GET /test-gateway/checkouts/:id  POST /test-gateway/checkouts/:id/decision  POST /callbacks/test`,
  followers:
    'GET /notices  POST /notices/readings  ' +
    'GET /auth/account/messages  POST /auth/account/messages  PATCH /auth/account/messages  ' +
    'GET /auth/account/calendar  POST /auth/account/calendar  GET /auth/account/calendar/renewal  ' +
    'GET /auth/account/calendar/removal  POST /auth/account/calendar/removal',
  gatewaysNotSetUp: 'POST /callbacks/stripe',
  programsWithKey: `
    POST /test-gateway/api/checkouts  GET /test-gateway/api/checkouts/:id
    POST /test-gateway/api/checkouts/:id/closing  POST /test-gateway/api/checkouts/:id/refund`,
  signedIn: `
    GET /live
    GET /auth/account  POST /auth/account  GET /auth/account/password  POST /auth/account/password  GET /auth/sessions
    GET /auth/account/email  POST /auth/account/email  POST /auth/account/confirmation`,
  whoseDeviceItIs: 'POST /auth/sessions/:id/removal',
  patients: `
    GET /booking/patients  GET /booking/patients/new  POST /booking/patients
    GET /booking/holds/new  POST /booking/holds  GET /booking/appointments  POST /booking/appointments
    GET /booking/payments`,
  whosePatientItIs: `
    GET /booking/patients/:id/looks  GET /booking/patients/:id/edit  POST /booking/patients/:id  POST /booking/patients/:id/removal
    GET /booking/holds/:id  GET /booking/holds/:id/edit  POST /booking/holds/:id  POST /booking/holds/:id/release
    GET /booking/appointments/:id  PATCH /booking/appointments/:id  GET /booking/appointments/:id/calendar.ics
    GET /booking/appointments/:id/reschedule  POST /booking/appointments/:id/reschedule
    GET /booking/appointments/:id/cancellation  POST /booking/appointments/:id/cancellation
    GET /booking/payments/:id  GET /booking/payments/:id/return  POST /booking/payments/:id/abandonment
    GET /booking/payments/:id/receipt.pdf
    GET /booking/prescriptions/:id  GET /booking/prescriptions/:id/prescription.pdf`,
  doctors:
    'GET /doctor/profile  POST /doctor/profile  PATCH /doctor/profile  GET /doctor/profile/photo  POST /doctor/profile/photo  POST /doctor/profile/photo/removal  ' +
    'GET /doctor/schedule  GET /doctor/week  GET /doctor/timeslots  GET /doctor/timeslots/new  POST /doctor/timeslots  ' +
    'GET /doctor/timeslots/timeslots.csv  ' +
    'GET /doctor/working-hours  GET /doctor/working-hours/new  POST /doctor/working-hours  POST /doctor/working-hours/preview  ' +
    'GET /doctor/conflicts  GET /doctor/time-off  GET /doctor/time-off/new  POST /doctor/time-off  POST /doctor/time-off/preview',
  whoseVisitItIs: `
    GET /doctor/patients/:id  POST /doctor/patients/:id/history  POST /doctor/patients/:id/allergies
    GET /doctor/appointments/:id/notes  POST /doctor/appointments/:id/notes  POST /doctor/notes/:id/sharing
    GET /doctor/appointments/:id/prescriptions  POST /doctor/appointments/:id/prescriptions
    GET /doctor/prescriptions/:id  GET /doctor/prescriptions/:id/prescription.pdf
    POST /doctor/prescriptions/:id/sharing
    GET /doctor/appointments/:id  GET /doctor/appointments/:id/cancellation  POST /doctor/appointments/:id/cancellation
    GET /doctor/appointments/:id/rejection  POST /doctor/appointments/:id/rejection
    GET /doctor/appointments/:id/reschedule  POST /doctor/appointments/:id/reschedule
    GET /doctor/appointments/:id/no-show  GET /doctor/timeslots/:id/removal  POST /doctor/appointments/:id/arrival/removal
    POST /doctor/appointments/:id/proposal  POST /doctor/appointments/:id/confirmation  POST /doctor/appointments/:id/arrival
    POST /doctor/appointments/:id/completion  POST /doctor/appointments/:id/no-show
    POST /doctor/timeslots/:id/block  POST /doctor/timeslots/:id/opening  POST /doctor/timeslots/:id/removal
    GET /doctor/working-hours/:id/edit  POST /doctor/working-hours/:id
    GET /doctor/working-hours/:id/removal  POST /doctor/working-hours/:id/removal
    GET /doctor/time-off/:id/removal  POST /doctor/time-off/:id/removal`,
  whoseNoticeItIs: 'POST /notices/:id/reading',
  team: `
    GET /admin/timetable  GET /admin/timeslots  GET /admin/timeslots/timeslots.csv  GET /admin/timeslots/new  POST /admin/timeslots
    GET /admin/analytics  GET /admin/analytics/analytics.csv  GET /admin/analytics/analytics.pdf
    GET /admin/clinics/clinics.csv  GET /admin/doctors/doctors.csv  GET /admin/closures/closures.csv
    GET /admin/rooms  GET /admin/rooms/rooms.csv
    GET /admin/patients  GET /admin/patients/patients.csv  GET /admin/patients/new  POST /admin/patients
    GET /admin/appointments/new  POST /admin/appointments  GET /admin/appointments/overbooking  POST /admin/appointments/overbooking
    GET /admin  GET /admin/manage  GET /admin/appointments/appointments.csv  GET /admin/working-hours  GET /admin/working-hours/new  POST /admin/working-hours
    POST /admin/working-hours/preview  GET /admin/appointments  GET /admin/clinics  GET /admin/doctors  GET /admin/offers
    GET /admin/messages  GET /admin/messages/messages.csv  GET /admin/unreached
    GET /admin/payments  GET /admin/payments/payments.csv  GET /admin/takings  GET /admin/takings/takings.csv
    GET /admin/room-usage  GET /admin/conflicts  GET /admin/time-off  GET /admin/time-off/new  POST /admin/time-off
    POST /admin/time-off/preview  GET /admin/closures  GET /admin/closures/new  POST /admin/closures
    POST /admin/closures/preview  GET /admin/closures/import  POST /admin/closures/import`,
  whoseClinicItIs: `
    POST /admin/appointments/:id/proposal  POST /admin/appointments/:id/confirmation  POST /admin/appointments/:id/arrival  POST /admin/appointments/:id/arrival/removal
    POST /admin/appointments/:id/completion  GET /admin/appointments/:id/no-show  POST /admin/appointments/:id/no-show
    GET /admin/appointments/:id/rejection  POST /admin/appointments/:id/rejection
    POST /admin/timeslots/:id/block  POST /admin/timeslots/:id/opening
    GET /admin/timeslots/:id/removal  POST /admin/timeslots/:id/removal
    GET /admin/rooms/:id
    GET /admin/messages/:id  POST /admin/messages/:id/resending  POST /admin/messages/:id/settlement
    GET /admin/payments/:id  GET /admin/payments/:id/receipt.pdf  GET /admin/payments/:id/refund  POST /admin/payments/:id/refund
    GET /admin/payments/:id/collection  POST /admin/payments/:id/collection  POST /admin/payments/:id/collection/removal
    GET /admin/payments/:id/waiver  POST /admin/payments/:id/waiver
    GET /admin/patients/:id  GET /admin/patients/:id/edit  POST /admin/patients/:id  PATCH /admin/patients/:id
    GET /admin/appointments/:id/booked  GET /admin/appointments/:id/reassignment  POST /admin/appointments/:id/reassignment
    GET /admin/appointments/:id  GET /admin/clinics/:id  GET /admin/doctors/:id
    GET /admin/appointments/:id/reschedule  POST /admin/appointments/:id/reschedule
    GET /admin/appointments/:id/cancellation  POST /admin/appointments/:id/cancellation
    GET /admin/appointments/:id/room  POST /admin/appointments/:id/room
    GET /admin/working-hours/:id/edit  POST /admin/working-hours/:id
    GET /admin/working-hours/:id/removal  POST /admin/working-hours/:id/removal
    GET /admin/time-off/:id/removal  POST /admin/time-off/:id/removal
    GET /admin/closures/:id/removal  POST /admin/closures/:id/removal`,
  admins: `
    GET /admin/clinics/:id/removal  POST /admin/clinics/:id/removal
    GET /admin/doctors/:id/removal  POST /admin/doctors/:id/removal
    GET /admin/rooms/new  POST /admin/rooms  GET /admin/rooms/:id/edit  POST /admin/rooms/:id  PATCH /admin/rooms/:id
    GET /admin/rooms/:id/deactivation  POST /admin/rooms/:id/deactivation  POST /admin/rooms/:id/activation
    GET /admin/rooms/:id/removal  POST /admin/rooms/:id/removal
    GET /admin/specializations  GET /admin/specializations/specializations.csv  GET /admin/specializations/new
    POST /admin/specializations  GET /admin/specializations/:id
    GET /admin/specializations/:id/edit  POST /admin/specializations/:id  PATCH /admin/specializations/:id
    GET /admin/specializations/:id/deactivation  POST /admin/specializations/:id/deactivation  POST /admin/specializations/:id/activation
    GET /admin/specializations/:id/removal  POST /admin/specializations/:id/removal
    GET /admin/symptoms  GET /admin/symptoms/symptoms.csv  GET /admin/symptoms/new  POST /admin/symptoms
    GET /admin/symptoms/:id  GET /admin/symptoms/:id/edit  POST /admin/symptoms/:id  PATCH /admin/symptoms/:id
    GET /admin/symptoms/:id/deactivation  POST /admin/symptoms/:id/deactivation  POST /admin/symptoms/:id/activation
    GET /admin/symptoms/:id/removal  POST /admin/symptoms/:id/removal
    GET /admin/audit  GET /admin/audit/audit.csv  GET /admin/audit/:id
    GET /admin/clinics/new  POST /admin/clinics  GET /admin/clinics/:id/edit  POST /admin/clinics/:id
    PATCH /admin/clinics/:id  GET /admin/clinics/:id/deactivation  POST /admin/clinics/:id/deactivation
    POST /admin/clinics/:id/activation  GET /admin/doctors/new  POST /admin/doctors  GET /admin/doctors/:id/edit
    POST /admin/doctors/:id  PATCH /admin/doctors/:id  GET /admin/doctors/:id/deactivation
    POST /admin/doctors/:id/deactivation  POST /admin/doctors/:id/activation  POST /admin/doctors/:id/invitation
    GET /admin/users  GET /admin/users/new  POST /admin/users  GET /admin/users/:id  GET /admin/users/:id/edit
    POST /admin/users/:id  PATCH /admin/users/:id  GET /admin/users/:id/deactivation
    POST /admin/users/:id/deactivation  POST /admin/users/:id/activation  POST /admin/users/:id/invitation
    GET /admin/users/users.csv  POST /admin/users/:id/reset  POST /admin/users/:id/sessions/removal
    GET /admin/patients/:id/erasure  POST /admin/patients/:id/erasure
    GET /admin/users/:id/erasure  POST /admin/users/:id/erasure  GET /admin/settings  POST /admin/settings  PATCH /admin/settings`
}

const lines = new Map(
  Object.entries(table).flatMap(([audience, list]) =>
    list
      .trim()
      .split(/\s{2,}/)
      .map(line => [line, audiences[audience as keyof typeof audiences]] as const)
  )
)

/**
 * What is sent is refused by the form, so that only the permission shows; these take no form, or must be well-formed.
 */
const refusable = { surprise: true }
const bodies: Record<string, object> = {
  'PATCH /booking/appointments/:id': { status: 'CANCELLED', reason: 'Better now' },
  'POST /booking/holds/:id/release': {},
  'POST /booking/payments/:id/abandonment': {},
  'POST /auth/sessions/:id/removal': {},
  'POST /auth/logout': {},
  'POST /notices/:id/reading': {},
  'POST /admin/timeslots/:id/block': {},
  'POST /admin/timeslots/:id/opening': {},
  'POST /doctor/timeslots/:id/block': {},
  'POST /doctor/timeslots/:id/opening': {},
  'POST /doctor/timeslots/:id/removal': {}
}

const app = serveApp()
const all = routes()
const visits = {} as Record<Who, Visit>
let place: Town

beforeAll(async () => {
  place = await town()
  for (const who of people) visits[who] = await visit(app.url, place.emails[who])

  const phone = await visit(app.url, place.emails.patient)
  const listed = await send(app.url, {
    path: paths.auth.sessions.index(),
    headers: { Accept: 'application/json', Cookie: phone.cookie }
  })
  const { sessions } = JSON.parse(listed.text) as { sessions: { id: string; isCurrent: boolean }[] }
  place.things['/auth/sessions'] = sessions.find(session => session.isCurrent)?.id ?? ''
})

/** Reads first, whoever things belong to last: what one does must not change what another is told. */
const inOrder = (list: Route[]) => list.toSorted((a, b) => rank(a) - rank(b))
const rank = ({ method, path }: Route) => (method === 'GET' ? 0 : path === paths.auth.logout() ? 2 : 1)

const says = (status: number) => (status < 500 && ![401, 403, 404].includes(status) ? ok : status)

describe('the permission table', () => {
  it('has a line for every route and a route for every line', () => {
    const names = all.map(nameOf)
    expect(names.filter(name => !lines.has(name))).toEqual([])
    expect([...lines.keys()].filter(line => !names.includes(line))).toEqual([])
  })

  it.each(inOrder(all))('holds for programs: $method $path', async route => {
    const { method, path } = route
    const answers: Partial<Record<Who, string | number>> = {}
    for (const who of [...people].reverse()) {
      const sent = json(method, pathIn(place, path), visits[who], bodies[nameOf(route)] ?? refusable)
      if (method === 'GET') delete sent.body
      answers[who] = says((await send(app.url, sent)).status)
    }
    const expected = lines.get(nameOf(route)) ?? []
    expect(answers).toEqual(Object.fromEntries(people.map((who, at) => [who, expected[at]])))
  })
})

describe('a guest with a browser', () => {
  const closed = all.filter(route => lines.get(nameOf(route))?.[0] === 401)

  let token: string
  let cookie: string
  beforeAll(async () => {
    ;({ token, cookie } = await visit(app.url))
  })

  it.each(closed)('is sent to sign in and back: $method $path', async ({ method, path }) => {
    const address = pathIn(place, path)
    const answer = await send(app.url, {
      method,
      path: `${address}?a=1`,
      headers: { Accept: 'text/html', Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' },
      ...(method !== 'GET' && { body: `_csrf=${encodeURIComponent(token)}` })
    })
    const door = /^\/(admin|doctor)/.test(address) ? paths.admin.login : paths.auth.login
    const next = method === 'GET' ? { next: `${address}?a=1` } : {}
    expect([answer.status, answer.headers.location]).toEqual([303, door(next)])
  })
})
