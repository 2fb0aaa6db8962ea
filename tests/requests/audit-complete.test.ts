import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db, pool } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import type { AppointmentStatus } from '../../src/generated/enums.ts'
import { unsubscribeToken, visitToken } from '../../src/services/notifications/links.ts'
import { confirmLink } from '../../src/services/people/invitations.ts'
import { addVisit, openClinicByDay } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { day } from '../support/leave.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { nameOf, routes } from '../support/routes.ts'
import {
  addSlots,
  addUser,
  hireDoctor,
  lookAfter,
  openClinic,
  password,
  registerPatient,
  workAt
} from '../support/world.ts'

/**
 * Whatever is written is written down: each route that writes is used as it is meant to be, and then every transaction
 * that changed a row has to have told of it. A new route needs a line, or a reason why it tells nothing.
 */
const app = serveApp()

const tellsNothing = new Map([
  ['POST /auth/forgotten', 'only asks: what comes of it is told when a link is made'],
  ['POST /auth/account/confirmation', 'only asks for a mail'],
  ['POST /admin/working-hours/preview', 'shows what would be'],
  ['POST /doctor/working-hours/preview', 'shows what would be'],
  ['POST /admin/time-off/preview', 'shows who is booked then'],
  ['POST /doctor/time-off/preview', 'shows who is booked then'],
  ['POST /admin/closures/preview', 'shows who is booked then'],
  ['POST /admin/closures/import', 'shows the days in a file'],
  ['POST /doctor/profile/photo', 'takes a picture: see the tests of the profile'],
  ['POST /test-gateway/api/checkouts', 'is written in another company’s books'],
  ['POST /test-gateway/api/checkouts/:id/closing', 'is written in another company’s books'],
  ['POST /test-gateway/api/checkouts/:id/refund', 'is written in another company’s books'],
  ['POST /test-gateway/checkouts/:id/decision', 'is written in another company’s books'],
  ['POST /callbacks/test', 'is told by a gateway, with its signature: see the tests of callbacks'],
  ['POST /callbacks/stripe', 'is told by a gateway, with its signature: see the tests of callbacks'],
  ['POST /doctor/profile/photo/removal', 'takes a picture away: see the tests of the profile'],
  ['POST /notices/readings', 'is noted with the notices: nobody else is told who reads them'],
  ['POST /notices/:id/reading', 'is noted with the notice: nobody else is told who reads it']
])

type Who = 'ada' | 'meera' | 'tess' | 'grace' | 'guest'
type Line = [route: string, who: Who, body?: object | (() => Promise<object>), path?: () => Promise<string> | string]

const people = {} as Record<Exclude<Who, 'guest'>, Person>
let clinic: Awaited<ReturnType<typeof openClinicByDay>>
let meera: Awaited<ReturnType<typeof hireDoctor>>
let tunde: Awaited<ReturnType<typeof hireDoctor>>
let ada: Awaited<ReturnType<typeof registerPatient>>
let slots: string[]
let count = 0
let visits = 0

beforeAll(async () => {
  clinic = await openClinicByDay('Harbour Clinic')
  ;[meera, tunde] = [await hireDoctor(clinic.id), await hireDoctor(clinic.id)]
  slots = (await addSlots(meera.id, clinic, 30, 6)).map(({ id }) => id)
  ada = await registerPatient()
  const tess = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: tess.id, clinicId: clinic.id } })
  await db.setting.create({ data: { key: 'openAppointmentsPerPatient', value: 100 } })
  const accounts = { ada, meera: meera.user, tess, grace: await addUser('ADMIN') }
  for (const [name, account] of Object.entries(accounts))
    people[name as keyof typeof accounts] = await signedIn(app, account)
  await watch()
})

/** Every transaction that changes a row, and every one that tells of something, by its number. */
async function watch() {
  const own = ['audit_events', 'sessions', 'rate_limits', 'stale_hours', 'hour_numbers', '_prisma_migrations']
  const others = ['test_checkouts', 'test_callbacks']
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL ($1)`,
    [[...own, ...others]]
  )
  const on = (table: string, events: string) =>
    `CREATE TRIGGER watched AFTER ${events} ON ${table} FOR EACH ROW EXECUTE FUNCTION seen.note()`
  await pool.query(`CREATE SCHEMA seen; CREATE TABLE seen.writes (xid xid8, name text);
    CREATE FUNCTION seen.note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO seen.writes VALUES (pg_current_xact_id(), TG_TABLE_NAME); RETURN NULL; END $$;
    ${rows.map(({ name }) => on(name, 'INSERT OR UPDATE OR DELETE')).join(';')};${on('audit_events', 'INSERT')}`)
}

const codeToConfirm = (id: string) =>
  transaction(async tx => (await confirmLink(tx, systemCtx(Temporal.Now.instant(), 'test'), id)).code)

const one = () => db.appointment.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })

/** A visit at a time that nobody else has. */
async function visit(status: AppointmentStatus, days: number) {
  const time = `${String(6 + Math.floor(++visits / 6)).padStart(2, '0')}:${(visits % 6) * 10 || '00'}`
  const patient = await registerPatient()
  return (await addVisit({ clinic, doctorId: meera.id, patient, time, days, status })).id
}

const at = (path: string, make: () => Promise<string>) => async () => path.replace(/:(id|token)/, await make())
const nextSlot = async () => ({ timeslotId: slots.pop() })
const nextProposal = async () => ({ timeslotIds: [slots.at(-1)] })
/** A visit at a time that the clinic can't keep. */
async function suspended() {
  const id = await visit('BOOKED', 3)
  const { timeslotId } = await db.appointment.findUniqueOrThrow({ where: { id } })
  await db.timeSlot.update({ where: { id: timeslotId }, data: { suspendedBy: 'TIME_OFF' } })
  return id
}
/** What stands in the address that was mailed about a visit. */
async function linked() {
  const id = await visit('BOOKED', 3)
  const { bookedBy } = await db.appointment.findUniqueOrThrow({ where: { id }, select: { bookedBy: true } })
  return visitToken({ id, sequence: 0, accountId: bookedBy?.id ?? '', email: bookedBy?.email ?? '' })
}
const unsubscription = async () => `/unsubscriptions/${unsubscribeToken((await registerPatient()).id)}`
const hours = (weekday: number) => ({
  ...{ clinicId: clinic.id, weekdays: [weekday], startTime: '01:00', endTime: '02:00', slotMinutes: 30 },
  validFrom: day(40)
})
const name = (what: string) => `${what} ${++count}`
const details = () => ({
  ...{ name: name('Clinic'), address: '1 Quay Street', city: 'Bristol', country: 'GB', phone: '+44 117 496 0101' },
  ...{ email: 'a@docket.example', timeZone: 'Europe/London', currency: 'GBP', bookingWindowDays: 30 },
  ...{ minimumNoticeMinutes: 0, cancellationNoticeMinutes: 0 }
})
const doctorDetails = () => ({
  ...{ name: name('Dr Osei'), specialization: 'Dermatology', licenceNumber: name('L'), yearsOfExperience: 3 },
  ...{ feeMinor: 6000, clinicIds: [clinic.id] }
})
const newId = (found: Promise<{ id: string }>) => found.then(({ id }) => id)
const invited = async (role: 'STAFF' | 'DOCTOR') => newId(addUser(role, { passwordHash: null }))
const offTime = (kind: 'meera' | 'tunde', from: number) => ({
  kind: 'days',
  from: day(from),
  ...(kind === 'tunde' && { doctorId: tunde.id })
})

/** What both doors have, a doctor's own and the front desk's. */
function bothDoors(door: '/doctor' | '/admin', who: Who): Line[] {
  const visits = `${door}/appointments/:id`
  const forDoctor = door === '/admin' ? { doctorId: meera.id } : {}
  const line = (name: string, status: AppointmentStatus, days: number, body = {}): Line => [
    `POST ${visits}/${name}`,
    who,
    body,
    at(`${visits}/${name}`, () => visit(status, days))
  ]
  const hoursOf = (weekday: number) =>
    newId(workAt(meera.id, clinic.id, weekday, { validFrom: new Date('2031-01-01') }))
  const off = async (days: number) => {
    const from = new Date(Date.now() + days * 86_400_000)
    const until = new Date(from.valueOf() + 3_600_000)
    return newId(db.timeOff.create({ data: { doctorId: meera.id, startsAt: from, endsAt: until } }))
  }
  const first = door === '/doctor' ? 0 : 1
  return [
    line('confirmation', 'BOOKED', 2),
    [`POST ${visits}/proposal`, who, nextProposal, at(`${visits}/proposal`, suspended)],
    line('rejection', 'BOOKED', 2, { reason: 'No longer done here' }),
    line('arrival', 'BOOKED', 0),
    line('arrival/removal', 'CHECKED_IN', 0),
    line('completion', 'CHECKED_IN', 0),
    line('no-show', 'BOOKED', -1),
    line('cancellation', 'BOOKED', 2, { reason: 'The doctor is ill' }),
    [`POST ${visits}/reschedule`, who, nextSlot, at(`${visits}/reschedule`, () => visit('BOOKED', 3))],
    [
      `POST ${door}/timeslots`,
      who,
      {
        ...forDoctor,
        clinicId: clinic.id,
        from: day(10 + first),
        to: day(10 + first),
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        minutes: 30,
        times: ['09:00']
      }
    ],
    [`POST ${door}/timeslots/:id/block`, who, {}, () => `${door}/timeslots/${slots[first]}/block`],
    [`POST ${door}/timeslots/:id/opening`, who, {}, () => `${door}/timeslots/${slots[first]}/opening`],
    [`POST ${door}/timeslots/:id/removal`, who, {}, () => `${door}/timeslots/${slots[first]}/removal`],
    [`POST ${door}/working-hours`, who, { ...forDoctor, ...hours(1 + first) }],
    [
      `POST ${door}/working-hours/:id`,
      who,
      { ...forDoctor, ...hours(3 + first), endTime: '03:00' },
      at(`${door}/working-hours/:id`, () => hoursOf(3 + first))
    ],
    [
      `POST ${door}/working-hours/:id/removal`,
      who,
      {},
      at(`${door}/working-hours/:id/removal`, () => hoursOf(5 + first))
    ],
    [`POST ${door}/time-off`, who, { ...forDoctor, ...offTime('meera', 60 + first) }],
    [`POST ${door}/time-off/:id/removal`, who, {}, at(`${door}/time-off/:id/removal`, () => off(70 + first))]
  ]
}

/** Adding, changing, taking out of use and removing a thing that is set up once. */
function thing(kind: string, added: () => object, make: () => Promise<string>, changed = added): Line[] {
  const path = `/admin/${kind}/:id`
  return [
    [`POST /admin/${kind}`, 'grace', async () => added()],
    [`POST ${path}`, 'grace', async () => changed(), at(path, make)],
    [`PATCH ${path}`, 'grace', async () => changed(), at(path, make)],
    [`POST ${path}/deactivation`, 'grace', {}, at(`${path}/deactivation`, make)],
    [
      `POST ${path}/activation`,
      'grace',
      {},
      async () => {
        const id = await make()
        await people.grace.sends('post', `/admin/${kind}/${id}/deactivation`)
        return `/admin/${kind}/${id}/activation`
      }
    ],
    [`POST ${path}/removal`, 'grace', {}, at(`${path}/removal`, make)]
  ]
}

function lines(): Line[] {
  const { id: clinicId } = clinic
  const born = { dateOfBirth: '2020-03-01' }
  const own = { patientId: ada.patientId }
  const room = () => newId(db.room.create({ data: { clinicId, name: name('Room') } }))
  const member = () => newId(addUser('STAFF'))
  const booked = async () => {
    await people.ada.sends('post', '/booking/appointments', { doctorId: meera.id, ...(await nextSlot()) })
    return (await one()).id
  }
  const held = async () => {
    await people.ada.sends('post', '/booking/holds', await nextSlot())
    return (await one()).id
  }
  const written = async (what: 'notes' | 'prescriptions') => {
    const items = [{ medicine: 'Cream', dose: 'Twice a day', instructions: 'For a week' }]
    const { body } = await people.meera.sends(
      'post',
      `/doctor/appointments/${await visit('COMPLETED', -1)}/${what}`,
      what === 'notes' ? { text: 'Dry skin' } : { items }
    )
    return body.note?.id ?? body.prescription.id
  }
  const owed = async (more: object = {}) => {
    const money = { appointmentId: await visit('COMPLETED', -1), clinicId, amountMinor: 6000, currency: 'GBP' }
    return newId(db.payment.create({ data: { ...money, reference: name('PAY'), method: 'PAY_AT_CLINIC', ...more } }))
  }
  const taken = { status: 'SUCCESS', paidAt: new Date(), receivedMinor: 6000, paidWith: 'CASH' }
  const underWay = async () => {
    const card = { appointmentId: await held(), clinicId, method: 'CARD', gateway: 'test', amountMinor: 6000 } as const
    return newId(db.payment.create({ data: { ...card, currency: 'GBP', reference: name('PAY') } }))
  }
  const undelivered = async () => {
    const to = { recipientId: ada.id, clinicId, kind: 'appointment.booked', channel: 'EMAIL' } as const
    const failed = {
      status: 'FAILED',
      lastError: 'EENVELOPE',
      sendAfter: new Date(),
      dedupeKey: name('failed')
    } as const
    return newId(db.notification.create({ data: { ...to, ...failed, appointmentId: await visit('BOOKED', 2) } }))
  }
  const payment = (step: string, make = () => owed(taken)) => at(`/admin/payments/:id/${step}`, make)
  const dependent = () => newId(lookAfter(ada.id, name('Uma Obi')))
  const treated = async () =>
    (await db.appointment.findUniqueOrThrow({ where: { id: await visit('BOOKED', 2) } })).patientId
  const closure = async () =>
    newId(
      db.closure.create({
        data: { clinicId, startsOn: new Date(day(30)), endsOn: new Date(day(30)), reason: 'Holiday' }
      })
    )
  const door = (path: string): Line[] => [
    [`POST ${path}/login`, 'guest', async () => ({ email: (await addUser('PATIENT')).email, password })],
    [
      `POST ${path}/register`,
      'guest',
      async () => ({
        ...(path === '/admin' && { invitation: await invitation() }),
        name: 'Ines Prat',
        email: `ines-${++count}@docket.example`,
        password
      })
    ]
  ]
  const invitation = async () => {
    const { body } = await people.grace.sends('post', '/admin/users', {
      name: 'Ines Prat',
      email: `ines-${count + 1}@docket.example`,
      role: 'ADMIN'
    })
    return JSON.stringify(body).match(/invitation=([\w-]+)/)?.[1] ?? body.invitation?.code
  }
  return [
    ...door('/auth'),
    ...door('/admin'),
    ['POST /auth/account', 'ada', { name: 'Ada Obi' }],
    ['POST /auth/account/messages', 'ada', {}],
    ['PATCH /auth/account/messages', 'ada', { wantsTexts: true }],
    ['POST /unsubscriptions/:token', 'guest', { 'List-Unsubscribe': 'One-Click' }, unsubscription],
    ['POST /visits/:token/reschedule', 'guest', nextSlot, at('/visits/:token/reschedule', linked)],
    ['POST /visits/:token/cancellation', 'guest', { reason: 'Better' }, at('/visits/:token/cancellation', linked)],
    ['POST /auth/account/email', 'ada', { email: 'ada.obi@docket.example', current: password }],
    ['POST /auth/confirmation', 'guest', async () => ({ code: await codeToConfirm((await registerPatient()).id) })],
    ['POST /auth/account/calendar', 'ada'],
    ['POST /auth/account/calendar/removal', 'ada'],
    ['POST /booking/patients', 'ada', { name: 'Uma Obi', relation: 'CHILD', ...born }],
    [
      'POST /booking/patients/:id',
      'ada',
      { name: 'Uma Obi', relation: 'CHILD', ...born, dateOfBirth: '2020-03-02' },
      at('/booking/patients/:id', dependent)
    ],
    ['POST /booking/patients/:id/removal', 'ada', {}, at('/booking/patients/:id/removal', dependent)],
    ['POST /booking/holds', 'ada', nextSlot],
    ['POST /booking/holds/:id', 'ada', { ...own, reason: 'Cough' }, at('/booking/holds/:id', held)],
    ['POST /booking/holds/:id/release', 'ada', {}, at('/booking/holds/:id/release', held)],
    ['POST /booking/payments/:id/abandonment', 'ada', {}, at('/booking/payments/:id/abandonment', underWay)],
    ['POST /booking/appointments', 'ada', async () => ({ doctorId: meera.id, ...(await nextSlot()) })],
    ['PATCH /booking/appointments/:id', 'ada', nextSlot, at('/booking/appointments/:id', booked)],
    ['POST /booking/appointments/:id/reschedule', 'ada', nextSlot, at('/booking/appointments/:id/reschedule', booked)],
    [
      'POST /booking/appointments/:id/cancellation',
      'ada',
      { reason: 'Better now' },
      at('/booking/appointments/:id/cancellation', booked)
    ],
    ...bothDoors('/doctor', 'meera'),
    ...bothDoors('/admin', 'tess'),
    ['POST /admin/messages/:id/resending', 'tess', {}, at('/admin/messages/:id/resending', undelivered)],
    ['POST /admin/messages/:id/settlement', 'tess', {}, at('/admin/messages/:id/settlement', undelivered)],
    ['POST /admin/payments/:id/collection', 'tess', { paidWith: 'CASH' }, payment('collection', owed)],
    ['POST /admin/payments/:id/collection/removal', 'grace', {}, payment('collection/removal')],
    ['POST /admin/payments/:id/refund', 'tess', { reason: 'Too long a wait' }, payment('refund')],
    ['POST /admin/payments/:id/waiver', 'tess', { reason: 'A friend of the house' }, payment('waiver', owed)],
    [
      'POST /doctor/profile',
      'meera',
      { name: 'Dr Meera Kulkarni', biography: 'Skin.', languages: ['English'], yearsOfExperience: 9 }
    ],
    [
      'PATCH /doctor/profile',
      'meera',
      { name: 'Dr Meera Kulkarni', biography: 'Skin!', languages: ['English'], yearsOfExperience: 9 }
    ],
    ['POST /doctor/patients/:id/history', 'meera', { text: 'Gout' }, at('/doctor/patients/:id/history', treated)],
    [
      'POST /doctor/patients/:id/allergies',
      'meera',
      { allergies: 'Nuts', allergiesWere: '' },
      at('/doctor/patients/:id/allergies', treated)
    ],
    [
      'POST /doctor/appointments/:id/notes',
      'meera',
      { text: 'Dry skin' },
      at('/doctor/appointments/:id/notes', () => visit('COMPLETED', -1))
    ],
    [
      'POST /doctor/appointments/:id/prescriptions',
      'meera',
      { items: [{ medicine: 'Cream', dose: 'Twice a day', instructions: 'For a week' }] },
      at('/doctor/appointments/:id/prescriptions', () => visit('COMPLETED', -1))
    ],
    ['POST /doctor/notes/:id/sharing', 'meera', {}, at('/doctor/notes/:id/sharing', () => written('notes'))],
    [
      'POST /doctor/prescriptions/:id/sharing',
      'meera',
      {},
      at('/doctor/prescriptions/:id/sharing', () => written('prescriptions'))
    ],
    ['POST /admin/appointments', 'tess', async () => ({ ...own, ...(await nextSlot()) })],
    [
      'POST /admin/appointments/overbooking',
      'tess',
      async () => ({
        ...own,
        doctorId: tunde.id,
        clinicId,
        date: day(9),
        time: '09:10',
        minutes: 15,
        reason: 'Urgent'
      })
    ],
    [
      'POST /admin/appointments/:id/reassignment',
      'tess',
      async () => ({ timeslotId: (await addSlots(tunde.id, clinic, 1, 4 + ++count))[0]?.id }),
      at('/admin/appointments/:id/reassignment', () => visit('BOOKED', 3))
    ],
    [
      'POST /admin/appointments/:id/room',
      'tess',
      async () => ({ roomId: await room() }),
      at('/admin/appointments/:id/room', () => visit('BOOKED', 2))
    ],
    [
      'POST /admin/patients',
      'tess',
      async () => ({ name: name('Jo Bloggs'), phone: '0117 496 0111', dateOfBirth: '1970-01-02', clinicId })
    ],
    ...(['POST', 'PATCH'] as const).map(
      (method): Line => [
        `${method} /admin/patients/:id`,
        'tess',
        { name: name('Jo Bloggs'), phone: '0117 496 0111', dateOfBirth: '1970-01-02' },
        at('/admin/patients/:id', () =>
          newId(db.patient.create({ data: { name: 'Jo', phone: '0117 496 0112', clinicId } }))
        )
      ]
    ),
    [
      'POST /admin/patients/:id/erasure',
      'grace',
      { reason: 'ASKED', understood: true },
      at('/admin/patients/:id/erasure', () =>
        newId(db.patient.create({ data: { name: 'Jo', phone: '0117 496 0113', clinicId } }))
      )
    ],
    ['POST /admin/closures', 'tess', { clinicId, from: day(50), reason: 'Holiday' }],
    ['POST /admin/closures/:id/removal', 'tess', {}, at('/admin/closures/:id/removal', closure)],
    ...thing('clinics', details, () => newId(openClinic())),
    ...thing(
      'rooms',
      () => ({ clinicId, name: name('Room') }),
      room,
      () => ({ name: name('Room') })
    ),
    ...thing(
      'specializations',
      () => ({ name: name('Field') }),
      () => newId(db.specialization.create({ data: { name: name('Field') } }))
    ),
    ...thing(
      'symptoms',
      () => ({ name: name('Cough'), specializationIds: [meera.specializationId] }),
      () => newId(db.symptom.create({ data: { name: name('Cough') } }))
    ),
    ...thing(
      'doctors',
      () => ({ ...doctorDetails(), email: `d-${++count}@docket.example` }),
      () => newId(hireDoctor(clinicId)),
      doctorDetails
    ),
    [
      'POST /admin/doctors/:id/invitation',
      'grace',
      {},
      at('/admin/doctors/:id/invitation', async () => {
        const doctor = await hireDoctor(clinicId)
        await db.user.update({ where: { id: doctor.userId }, data: { passwordHash: null } })
        return doctor.id
      })
    ],
    [
      'POST /admin/users',
      'grace',
      async () => ({ name: 'Ines Prat', email: `u-${++count}@docket.example`, role: 'STAFF', clinicIds: [clinicId] })
    ],
    ...(['POST', 'PATCH'] as const).map(
      (method): Line => [
        `${method} /admin/users/:id`,
        'grace',
        { name: 'Ines Prat', role: 'STAFF', clinicIds: [clinicId] },
        at('/admin/users/:id', member)
      ]
    ),
    ['POST /admin/users/:id/deactivation', 'grace', {}, at('/admin/users/:id/deactivation', member)],
    [
      'POST /admin/users/:id/activation',
      'grace',
      {},
      at('/admin/users/:id/activation', () => newId(addUser('STAFF', { disabledAt: new Date() })))
    ],
    ['POST /admin/users/:id/invitation', 'grace', {}, at('/admin/users/:id/invitation', () => invited('STAFF'))],
    ['POST /admin/users/:id/reset', 'grace', {}, at('/admin/users/:id/reset', member)],
    [
      'POST /admin/users/:id/sessions/removal',
      'grace',
      {},
      at('/admin/users/:id/sessions/removal', async () => {
        const user = await addUser('STAFF')
        await signedIn(app, user)
        return user.id
      })
    ],
    [
      'POST /admin/users/:id/erasure',
      'grace',
      { reason: 'ASKED', understood: true },
      at('/admin/users/:id/erasure', member)
    ],
    [
      'POST /admin/settings',
      'grace',
      { holdMinutes: 12, openAppointmentsPerPatient: 100, paymentMethods: ['UPI', 'PAY_AT_CLINIC'] }
    ],
    ['PATCH /admin/settings', 'grace', { holdMinutes: 13, openAppointmentsPerPatient: 100 }],
    [
      'POST /auth/reset',
      'guest',
      async () => {
        const { body } = await people.grace.sends('post', `/admin/users/${await member()}/reset`)
        return {
          code: JSON.stringify(body).match(/code=([\w-]+)/)?.[1] ?? body.reset?.code,
          password: 'a much better password'
        }
      }
    ],
    [
      'POST /auth/sessions/:id/removal',
      'ada',
      {},
      async () => {
        await signedIn(app, ada)
        const { body } = await people.ada.asks('/auth/sessions')
        return `/auth/sessions/${body.sessions.find((each: { isCurrent: boolean }) => !each.isCurrent).id}/removal`
      }
    ],
    ['POST /auth/account/password', 'tess', { current: password, password: 'a much better password' }],
    ['POST /auth/logout', 'meera', {}]
  ]
}

describe('what is written', () => {
  const writes = routes()
    .filter(({ method }) => method !== 'GET')
    .map(nameOf)

  it('has a line for every route that writes', () => {
    const known = [...lines().map(([route]) => route), ...tellsNothing.keys()]
    expect(writes.filter(route => !known.includes(route))).toEqual([])
    expect(known.filter(route => !writes.includes(route))).toEqual([])
  })

  it('is written down, each time it is written', async () => {
    const wrong: string[] = []
    for (const [route, who, body = {}, path] of lines()) {
      const [method = '', pattern = ''] = route.split(' ')
      const address = path ? await path() : pattern
      const sent = typeof body === 'function' ? await body() : body
      await pool.query('TRUNCATE seen.writes')
      const answer = await (who === 'guest' ? visitor(app) : people[who]).sends(
        method.toLowerCase() as 'post' | 'patch',
        address,
        sent
      )
      const { rows } = await pool.query<{ untold: string[]; told: number }>(`
        SELECT count(*) FILTER (WHERE name = 'audit_events')::int AS told, coalesce(array_agg(DISTINCT name)
          FILTER (WHERE xid NOT IN (SELECT xid FROM seen.writes WHERE name = 'audit_events')), '{}') AS untold FROM seen.writes`)
      const [{ told, untold } = { told: 0, untold: [] }] = rows
      if (answer.status >= 400) wrong.push(`${route}: ${answer.status} ${answer.body.detail ?? answer.text}`)
      else if (told === 0 || untold.length) wrong.push(`${route}: told ${told}, untold ${untold}`)
    }
    expect(wrong).toEqual([])
  })
})
