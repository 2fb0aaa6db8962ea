import { beforeAll, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { serveApp } from '../support/app.ts'
import { addSlot, addSlots, hireDoctor, openClinic } from '../support/world.ts'
import { book, crowd, type Rival, statuses } from './crowd.ts'

const app = serveApp()
let rivals: Rival[]

beforeAll(async () => {
  rivals = await crowd(app, 60)
})

/** As many doctors as patients see them at nine, in a clinic with this many rooms. */
async function nineOClock(rooms: number, doctors: number) {
  const clinic = await openClinic()
  await db.room.createMany({
    data: Array.from({ length: rooms }, (_, at) => ({ clinicId: clinic.id, name: `Room ${at + 1}` }))
  })
  const slots = []
  for (let at = 0; at < doctors; at++)
    slots.push(await addSlot((await hireDoctor(clinic.id)).id, clinic, { days: doctors }))
  const answers = await Promise.all(slots.map((slot, at) => book(rivals[at] as Rival, slot)))
  const booked = await db.appointment.findMany({ where: { clinicId: clinic.id, status: 'BOOKED' } })
  return { answers, rooms: booked.map(({ roomId }) => roomId).filter(room => room !== null) }
}

it('books two doctors at once though the clinic has one room', async () => {
  const { answers, rooms } = await nineOClock(1, 2)
  expect(statuses(answers)).toEqual({ 201: 2 })
  expect(rooms).toHaveLength(1)
})

it('gives twenty-four doctors who are booked at once twenty-four rooms', async () => {
  const { answers, rooms } = await nineOClock(24, 24)
  expect(statuses(answers)).toEqual({ 201: 24 })
  expect(new Set(rooms).size).toBe(24)
})

it('gives sixty patients who want sixty times what they want', async () => {
  const clinic = await openClinic()
  const slots = []
  for (const days of [5, 6, 7]) slots.push(...(await addSlots((await hireDoctor(clinic.id)).id, clinic, 20, days)))
  const answers = await Promise.all(slots.map((slot, at) => book(rivals[at] as Rival, slot)))

  expect(statuses(answers)).toEqual({ 201: 60 })
})
