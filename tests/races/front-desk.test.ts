import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addSlots, addUser, hireDoctor, openClinic } from '../support/world.ts'
import { book, crowd, liveOn, type Rival, statuses } from './crowd.ts'

const app = serveApp()
const { appointments } = paths.admin
const DESKS = 6

let clinic: Awaited<ReturnType<typeof openClinic>>
let doctor: Awaited<ReturnType<typeof hireDoctor>>
let patients: Rival[]
const desks: Person[] = []

beforeAll(async () => {
  clinic = await openClinic()
  doctor = await hireDoctor(clinic.id)
  patients = await crowd(app, 10)
  for (let at = 0; at < DESKS; at++) {
    const user = await addUser('STAFF')
    await db.staffClinic.create({ data: { userId: user.id, clinicId: clinic.id } })
    desks.push(await signedIn(app, user))
  }
})

const callers = (many: number) =>
  Promise.all(
    Array.from({ length: many }, (_, at) =>
      db.patient.create({ data: { name: `Caller ${at}`, phone: '0117 496 0101', clinicId: clinic.id } })
    )
  )

it('sells one time once, to patients online and to desks with somebody on the phone', async () => {
  const slot = await addSlot(doctor.id, clinic, { time: '09:00' })
  await addSlots(doctor.id, clinic, 6, 3)
  const onThePhone = await callers(DESKS)
  const answers = await Promise.all([
    ...patients.map(each => book(each, slot)),
    ...desks.map((desk, at) =>
      desk.sends('post', appointments.index(), { patientId: onThePhone[at]?.id, timeslotId: slot.id })
    )
  ])
  expect(statuses(answers)).toEqual({ 201: 1, 409: patients.length + DESKS - 1 })
  expect(await liveOn(slot)).toHaveLength(1)
})

it('squeezes one patient in when all desks do at once, each a few minutes from the others', async () => {
  const onThePhone = await callers(DESKS)
  const date = Temporal.Now.plainDateISO(clinic.timeZone).add({ days: 4 }).toString()
  const answers = await Promise.all(
    desks.map((desk, at) =>
      desk.sends('post', appointments.overbooking(), {
        ...{ patientId: onThePhone[at]?.id, doctorId: doctor.id, date, time: `10:0${at}`, minutes: 20, reason: 'Pain' }
      })
    )
  )
  expect(statuses(answers)).toEqual({ 201: 1, 409: DESKS - 1 })
  const extras = await db.timeSlot.findMany({ where: { doctorId: doctor.id, isExtra: true } })
  expect(extras).toHaveLength(1)
  expect(await liveOn(extras)).toHaveLength(1)
})

it('gives one of several appointments to another doctor’s time: everyone else keeps theirs', async () => {
  const other = await hireDoctor(clinic.id)
  const wanted = await addSlot(other.id, clinic, { days: 5 })
  const theirs = await addSlots(doctor.id, clinic, DESKS, 6)
  const before = await Promise.all(
    theirs.map(async (slot, at) => (await book(patients[at] as Rival, slot)).body.appointment.id as string)
  )
  const answers = await Promise.all(
    desks.map((desk, at) => desk.sends('post', appointments.reassignment(before[at] ?? ''), { timeslotId: wanted.id }))
  )
  expect(statuses(answers)).toEqual({ 200: 1, 409: DESKS - 1 })
  expect(await liveOn(wanted)).toHaveLength(1)
  expect(await liveOn(theirs)).toHaveLength(DESKS - 1)
})

it('leaves an extra time neither behind nor to anybody when it is moved and cancelled at once', async () => {
  const [caller] = await callers(1)
  const date = Temporal.Now.plainDateISO(clinic.timeZone).add({ days: 7 }).toString()
  const wish = { patientId: caller?.id, doctorId: doctor.id, date, time: '10:00', minutes: 20, reason: 'Pain' }
  const [first, second] = desks as [Person, Person]
  const { id, timeslotId } = (await first.sends('post', appointments.overbooking(), wish)).body.appointment
  const to = await addSlot(doctor.id, clinic, { days: 8 })
  await Promise.all([
    first.sends('post', appointments.reschedule(id), { timeslotId: to.id }),
    second.sends('post', appointments.cancellation(id), { reason: 'Better' })
  ])
  const extra = await db.timeSlot.findUniqueOrThrow({ where: { id: timeslotId } })
  expect([extra.withdrawnAt === null, await liveOn(extra)]).toEqual([false, []])
})
