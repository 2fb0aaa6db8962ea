import { beforeAll, describe, expect, it } from 'vitest'
import { wrongWith } from '../support/answers.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { nastyFor } from '../support/nasty.ts'
import { json, send, type Visit, visit } from '../support/raw.ts'
import { isSweep } from '../support/sweep.ts'
import { pathIn, type Town, town } from '../support/town.ts'

const app = serveApp()
const visits = {} as Record<'guest' | 'patient' | 'doctor' | 'admin', Visit>
let place: Town

beforeAll(async () => {
  place = await town()
  for (const who of ['guest', 'patient', 'doctor', 'admin'] as const)
    visits[who] = await visit(app.url, place.emails[who])
})

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
const hours = {
  ...{ clinicId: uuid, weekdays: [1], startTime: '09:00', endTime: '17:00', slotMinutes: 20, otherMinutes: '' },
  ...{ breakStart: '12:00', breakEnd: '12:30', secondBreakStart: '15:00', secondBreakEnd: '15:10' },
  ...{ roomId: uuid, validFrom: day, validUntil: day }
}
const timeOff = { kind: 'hours', date: day, startTime: '09:00', endTime: '10:00', reason: 'Course', clinicId: uuid }
const symptom = { name: 'Sore feet', advice: 'Rest.', isEmergency: true }
const closure = { clinicId: uuid, from: day, to: day, reason: 'Holiday' }
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
  ['guest', 'POST', '/test-gateway/checkouts/:id/decision', { outcome: 'PAY', callback: 'NEVER', left: 'yes' }],
  ['patient', 'POST', '/auth/account', { name: 'Ada', phone: '' }],
  ['patient', 'POST', '/auth/account/password', { current: 'wrong', password: 'correct horse' }],
  ['patient', 'POST', '/auth/account/email', { email: 'ada@docket.example', current: 'wrong' }],
  ['guest', 'POST', '/auth/forgotten', { email: 'ada@docket.example' }],
  ['guest', 'POST', '/auth/confirmation', { code: 'AAAA' }],
  [
    'patient',
    'POST',
    '/booking/patients',
    { name: 'Uma', dateOfBirth: '2020-01-01', relation: 'CHILD', allergies: 'Nuts', hold: uuid }
  ],
  [
    'patient',
    'POST',
    '/booking/patients/:id',
    { name: 'Uma', dateOfBirth: '2020-01-01', relation: 'CHILD', allergies: 'Nuts', allergiesWere: 'Figs' }
  ],
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
  ['doctor', 'POST', '/doctor/patients/:id/history', { text: 'Asthma', since: '2019-01-01' }],
  ['doctor', 'POST', '/doctor/patients/:id/allergies', { allergies: 'Nuts', allergiesWere: 'Figs' }],
  ['doctor', 'POST', '/doctor/appointments/:id/notes', { text: 'A note', share: true }],
  [
    'doctor',
    'POST',
    '/doctor/appointments/:id/prescriptions',
    { medicine1: 'Cream', dose1: 'Daily', instructions1: 'Thinly', share: true }
  ],
  ['doctor', 'POST', '/doctor/appointments/:id/prescriptions', { items: [], share: true }],
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
  ['doctor', 'POST', '/doctor/working-hours', hours],
  ['doctor', 'POST', '/doctor/working-hours/preview', hours],
  ['doctor', 'POST', '/doctor/time-off', timeOff],
  ['doctor', 'POST', '/doctor/time-off/preview', timeOff],
  ['admin', 'POST', '/admin/closures', closure],
  ['admin', 'POST', '/admin/closures/preview', closure],
  ['doctor', 'POST', '/doctor/timeslots/:id/block', { on: 'schedule', date: day }],
  ['admin', 'POST', '/admin/appointments/:id/room', { roomId: uuid }],
  ['admin', 'POST', '/admin/rooms', { clinicId: uuid, name: 'Room 3' }],
  ['admin', 'POST', '/admin/rooms/:id', { name: 'Room 3' }],
  ['admin', 'POST', '/admin/specializations', { name: 'Podiatry' }],
  ['admin', 'PATCH', '/admin/specializations/:id', { name: 'Podiatry' }],
  ['admin', 'POST', '/admin/symptoms', { ...symptom, specializationIds: uuid }],
  ['admin', 'PATCH', '/admin/symptoms/:id', { ...symptom, specializationIds: [uuid] }],
  ['admin', 'POST', '/admin/clinics', { ...clinic, ...rules, rooms: ['1'] }],
  ['admin', 'PATCH', '/admin/clinics/:id', { ...clinic, ...rules }],
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

/** Each field gets every second of what nobody could mean, the next form's the others; with SWEEP=all each gets all. */
const numbered = forms.map(([who, method, path, fields], at) => [who, method, path, fields, at] as const)
const someFor = (name: string, at: number) => nastyFor(name).filter((_, on) => isSweep || on % 2 === at % 2)

describe('a field that nobody could mean', () => {
  it.each(numbered)('is refused to a %s, and writes nothing: %s %s', async (who, method, path, fields, at) => {
    const before = await fingerprint()
    const taken: string[] = []
    let turn = 0
    for (const name of Object.keys(fields))
      for (const value of someFor(name, at)) {
        const sent = json(method, pathIn(place, path), visits[who], { ...fields, [name]: value })
        const Accept = turn++ % 4 ? 'application/json' : 'text/html'
        const answer = await send(app.url, { ...sent, headers: { ...sent.headers, Accept } })
        const refused = [400, 409, 413, 422].includes(answer.status) && wrongWith(answer) === ''
        if (!refused) taken.push(`${name} ${JSON.stringify(value).slice(0, 60)}: ${answer.status} ${wrongWith(answer)}`)
      }
    expect(taken).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })
})
