import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { addSlot, addSlots, hireDoctor, lookAfter, openClinic } from '../support/world.ts'
import { book, crowd, expectRefused, liveOn, type Rival, statuses, yearsOfVisits } from './crowd.ts'

const app = serveApp()
let rivals: Rival[]
let slots: Awaited<ReturnType<typeof addSlots>>
let clinic: Awaited<ReturnType<typeof openClinic>>

const slot = (at: number) => slots[at] as (typeof slots)[number]
const rival = (at: number) => rivals[at] as Rival

beforeAll(async () => {
  clinic = await openClinic()
  const doctor = await hireDoctor(clinic.id)
  slots = await addSlots(doctor.id, clinic, 20)
  rivals = await crowd(app, 100)
  await yearsOfVisits(slot(0), rival(0).patientId, rival(0).userId)
})

describe('a hundred patients who want one time', () => {
  it('as programs: one has it, ninety-nine are told which times are near', async () => {
    const answers = await Promise.all(rivals.map(each => book(each, slot(0))))

    expect(statuses(answers)).toEqual({ 201: 1, 409: 99 })
    for (const answer of answers.filter(({ status }) => status === 409)) expectRefused(answer)
    const [only, ...others] = await liveOn(slot(0))
    expect(others).toEqual([])
    expect(only?.id).toBe(answers.find(({ status }) => status === 201)?.body.appointment.id)
  })

  it('in browsers: one goes on to the appointment, ninety-nine see the page again', async () => {
    const fields = { doctorId: slot(1).doctorId, timeslotId: slot(1).id, paymentMethod: 'PAY_AT_CLINIC' }
    const pages = await Promise.all(rivals.map(each => each.submits(paths.booking.appointments.index(), fields)))

    expect(statuses(pages)).toEqual({ 303: 1, 422: 99 })
    for (const page of pages.filter(({ status }) => status === 422))
      expect(page.problems).toEqual(['Someone has just booked 09:20. Choose another time.'])
    expect(await liveOn(slot(1))).toHaveLength(1)
  })

  it('choosing it: one holds it', async () => {
    const answers = await Promise.all(
      rivals.map(each => each.sends('post', paths.booking.holds.index(), { timeslotId: slot(2).id }))
    )
    expect(statuses(answers)).toEqual({ 201: 1, 409: 99 })
    expect(await liveOn(slot(2))).toHaveLength(1)
  })

  it('whose hold has just run out: one has it, and the hold is over', async () => {
    const held = await rival(0).sends('post', paths.booking.holds.index(), { timeslotId: slot(3).id })
    const { id } = held.body.hold
    await db.appointment.update({ where: { id }, data: { holdExpiresAt: new Date(Date.now() - 1) } })
    const answers = await Promise.all(rivals.slice(1).map(each => book(each, slot(3))))

    expect(statuses(answers)).toEqual({ 201: 1, 409: 98 })
    expect(await liveOn(slot(3))).toMatchObject([{ status: 'BOOKED' }])
    expect(await db.appointment.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'EXPIRED' })
    expect(await db.auditEvent.count({ where: { appointmentId: id, event: 'appointment.expired' } })).toBe(1)
  })
})

it('moving to one time: one gets there, everyone else keeps the time they had', async () => {
  const evening = await hireDoctor(clinic.id)
  const theirs = await addSlots(evening.id, clinic, 42, 3)
  const wanted = await addSlot(evening.id, clinic, { days: 4 })
  const movers = rivals.slice(0, 42)
  const before = await Promise.all(
    movers.map(async (each, at) => (await book(each, theirs[at] ?? wanted)).body.appointment)
  )
  const answers = await Promise.all(
    movers.map((each, at) =>
      each.sends('patch', paths.booking.appointments.show(before[at].id), { timeslotId: wanted.id })
    )
  )

  expect(statuses(answers)).toEqual({ 200: 1, 409: 41 })
  expect(await liveOn(wanted)).toHaveLength(1)
  const kept = before.filter((_, at) => answers[at]?.status === 409).map(({ timeslotId }) => timeslotId)
  expect((await liveOn(theirs)).map(({ timeslotId }) => timeslotId).sort()).toEqual(kept.sort())
})

it('books one patient once when two doctors have times that overlap', async () => {
  const there = await addSlot((await hireDoctor(clinic.id)).id, clinic, { time: '11:10' })
  const here = slot(6)
  const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => book(rival(0), at % 2 ? here : there)))

  expect(statuses(answers)).toEqual({ 201: 1, 409: 29 })
  expect(await liveOn([here, there])).toHaveLength(1)
})

it('answers twenty clicks on one button with one booking', async () => {
  const click = { idempotencyKey: 'twenty-clicks', reason: 'Cough' }
  const answers = await Promise.all(Array.from({ length: 20 }, () => book(rival(1), slot(7), click)))

  expect(statuses(answers)).toEqual({ 201: 20 })
  expect(new Set(answers.map(({ body }) => body.appointment.id)).size).toBe(1)
  expect(await liveOn(slot(7))).toHaveLength(1)
  expect(await db.auditEvent.count({ where: { appointmentId: answers[0]?.body.appointment.id } })).toBe(1)
})

it('makes one booking of a form that was sent for ten different times at once', async () => {
  const answers = await Promise.all(
    slots.slice(9, 19).map(each => book(rival(3), each, { idempotencyKey: 'one-form-only' }))
  )
  expect(statuses(answers)).toEqual({ 201: 1, 409: 9 })
  expect(await liveOn(slots.slice(9, 19))).toHaveLength(1)
})

it('lets a family of two take one time once', async () => {
  const { id } = await lookAfter(rival(2).userId, 'Tomi Obi')
  const answers = await Promise.all(
    [rival(2).patientId, id].flatMap(patientId =>
      Array.from({ length: 5 }, () => book(rival(2), slot(8), { patientId }))
    )
  )
  expect(statuses(answers)).toEqual({ 201: 1, 409: 9 })
})
