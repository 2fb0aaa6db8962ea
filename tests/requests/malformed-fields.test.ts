import { beforeAll, describe, expect, it } from 'vitest'
import { wrongWith } from '../support/answers.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { json, send, type Visit, visit } from '../support/raw.ts'
import { pathIn, type Town, town } from '../support/town.ts'

const app = serveApp()
const visits = {} as Record<'guest' | 'patient' | 'doctor' | 'admin', Visit>
let place: Town

beforeAll(async () => {
  place = await town()
  for (const who of ['guest', 'patient', 'doctor', 'admin'] as const)
    visits[who] = await visit(app.url, place.emails[who])
})

type Kind = 'text' | 'id' | 'day' | 'number' | 'choice' | 'list' | 'clock'

const noText: unknown[] = [
  42,
  1.5,
  true,
  {},
  { a: 1 },
  [[]],
  [{ a: ['b'] }],
  { toString: null },
  'a\u0000b',
  '\ud800',
  'x\udfff'
]
const nasty: Record<Kind, unknown[]> = {
  text: [...noText, ['x'], 'x'.repeat(5000), null],
  id: [...noText, ['x'], 'x', '1', '%00', '00000000-0000-0000-0000-00000000000g', '__proto__', null],
  day: [
    ...noText,
    '2026-02-30',
    '0000-00-00',
    '2026-13-01',
    '99999-01-01',
    '-000001-01-01',
    '2026-1-1',
    { day: { toString: null }, month: 1, year: 2000 },
    { day: [1], month: {}, year: '2000' },
    '٢٠٢٦-٠١-٠١',
    null
  ],
  number: [1.5, -1, 1e21, true, {}, [], [1], '1e3', '0x10', 'NaN', '', ' ', '1'.repeat(400), '\u0000', '５', null],
  choice: [...noText, ['x'], 'constructor', '__proto__', 'toString', 'x', null],
  list: [42, true, { a: 1 }, [[]], [{}], [null], ['\u0000'], ['\ud800'], ['x'.repeat(5000)], '\u0000', null],
  clock: [...noText, ['09:00'], '24:00', '9', '-1:00', '09:60', '99:99', null]
}

const day = '2030-05-06'
const uuid = '00000000-0000-4000-8000-000000000000'
const clinic = {
  name: 'Quay Clinic',
  address: '1 Quay',
  city: 'Bristol',
  country: 'GB',
  phone: '+44 117 496 0101',
  email: 'quay@docket.example'
}
const rules = {
  timeZone: 'Europe/London',
  currency: 'GBP',
  bookingWindowDays: 30,
  minimumNoticeMinutes: 0,
  cancellationNoticeMinutes: 0
}
const doctor = {
  name: 'Dr Ada Obi',
  specialization: 'Dermatology',
  licenceNumber: 'X-1',
  yearsOfExperience: 3,
  feeMinor: 100,
  clinicIds: uuid
}
const kinds: Record<string, Kind> = {
  ...{
    doctorId: 'id',
    timeslotId: 'id',
    patientId: 'id',
    clinicId: 'id',
    hold: 'id',
    clinicIds: 'list',
    rooms: 'list',
    languages: 'list'
  },
  ...{
    dateOfBirth: 'day',
    date: 'day',
    from: 'day',
    to: 'day',
    weekdays: 'list',
    startTime: 'clock',
    endTime: 'clock',
    times: 'list'
  },
  ...{
    minutes: 'number',
    bookingWindowDays: 'number',
    minimumNoticeMinutes: 'number',
    cancellationNoticeMinutes: 'number'
  },
  ...{
    yearsOfExperience: 'number',
    feeMinor: 'number',
    role: 'choice',
    relation: 'choice',
    status: 'choice',
    paymentMethod: 'choice'
  },
  ...{ country: 'choice', timeZone: 'choice', currency: 'choice', on: 'choice', idempotencyKey: 'text' }
}

/** What each page takes; one field at a time is then replaced by what nobody could mean. */
const forms: [keyof typeof visits, string, string, Record<string, unknown>][] = [
  [
    'guest',
    'POST',
    '/auth/register',
    { name: 'Ada', email: 'ada@docket.example', phone: '', password: 'correct horse', role: 'PATIENT' }
  ],
  ['guest', 'POST', '/admin/register', { name: 'Ada', password: 'correct horse', invitation: 'AAAA' }],
  ['guest', 'POST', '/auth/login', { email: 'ada@docket.example' }],
  ['patient', 'POST', '/auth/account', { name: 'Ada', phone: '' }],
  ['patient', 'POST', '/auth/account/password', { current: 'wrong', password: 'correct horse' }],
  ['patient', 'POST', '/booking/patients', { name: 'Uma', dateOfBirth: '2020-01-01', relation: 'CHILD', hold: uuid }],
  ['patient', 'POST', '/booking/patients/:id', { name: 'Uma', dateOfBirth: '2020-01-01', relation: 'CHILD' }],
  ['patient', 'POST', '/booking/holds', { timeslotId: uuid, patientId: uuid, reason: 'Cough' }],
  ['patient', 'POST', '/booking/holds/:id', { patientId: uuid, reason: 'Cough' }],
  [
    'patient',
    'POST',
    '/booking/appointments',
    {
      doctorId: uuid,
      timeslotId: uuid,
      patientId: uuid,
      reason: 'Cough',
      paymentMethod: 'PAY_AT_CLINIC',
      idempotencyKey: 'form-0001'
    }
  ],
  ['patient', 'PATCH', '/booking/appointments/:id', { status: 'CANCELLED', reason: 'Better' }],
  ['patient', 'PATCH', '/booking/appointments/:id', { timeslotId: uuid }],
  ['patient', 'POST', '/booking/appointments/:id/reschedule', { timeslotId: uuid }],
  ['patient', 'POST', '/booking/appointments/:id/cancellation', { reason: 'Better' }],
  ['doctor', 'POST', '/doctor/appointments/:id/cancellation', { reason: 'Ill' }],
  [
    'doctor',
    'POST',
    '/doctor/timeslots',
    {
      clinicId: uuid,
      from: day,
      to: day,
      weekdays: [1],
      minutes: 20,
      startTime: '09:00',
      endTime: '10:00',
      times: ['09:00']
    }
  ],
  ['doctor', 'POST', '/doctor/timeslots/:id/block', { on: 'schedule', date: day }],
  ['admin', 'POST', '/admin/clinics', { ...clinic, ...rules, rooms: ['1'] }],
  ['admin', 'PATCH', '/admin/clinics/:id', { ...clinic, ...rules, rooms: ['1'] }],
  [
    'admin',
    'POST',
    '/admin/doctors',
    { ...doctor, email: 'ada@docket.example', phone: '', biography: '', languages: ['English'] }
  ],
  ['admin', 'PATCH', '/admin/doctors/:id', { ...doctor, phone: '', biography: '', languages: ['English'] }],
  [
    'admin',
    'POST',
    '/admin/users',
    { name: 'Ada', email: 'ada@docket.example', phone: '', role: 'STAFF', clinicIds: [uuid] }
  ],
  ['admin', 'PATCH', '/admin/users/:id', { name: 'Ada', phone: '', role: 'STAFF', clinicIds: [uuid] }]
]

describe('a field that nobody could mean', () => {
  it.each(forms)('is refused to a %s, and writes nothing: %s %s', async (who, method, path, fields) => {
    const before = await fingerprint()
    const taken: string[] = []
    let turn = 0
    for (const name of Object.keys(fields))
      for (const value of nasty[kinds[name] ?? 'text']) {
        const sent = json(method, pathIn(place, path), visits[who], { ...fields, [name]: value })
        const Accept = turn++ % 2 ? 'text/html' : 'application/json'
        const answer = await send(app.url, { ...sent, headers: { ...sent.headers, Accept } })
        const refused = [400, 409, 413, 422].includes(answer.status) && wrongWith(answer) === ''
        if (!refused) taken.push(`${name} ${JSON.stringify(value).slice(0, 60)}: ${answer.status} ${wrongWith(answer)}`)
      }
    expect(taken).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })
})
