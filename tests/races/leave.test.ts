import { expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { days } from '../support/leave.ts'
import { signedIn } from '../support/person.ts'
import { addSlots, addUser, hireDoctor, openClinic } from '../support/world.ts'
import { book, crowd, type Rival } from './crowd.ts'

const app = serveApp()
const ROUNDS = 12
const RIVALS = 6

type Clinic = Awaited<ReturnType<typeof openClinic>>

/** Patients book while the times go: whoever gets one stands on the worklist, everybody else is refused. */
async function booksWhile(goes: () => Promise<{ status: number }>, rivals: Rival[], clinic: Clinic, doctorId: string) {
  const slots = await addSlots(doctorId, clinic, RIVALS, 3)
  const order = rivals.map((rival, at) => () => book(rival, slots[at] ?? { id: '', doctorId }))
  order.splice(Math.floor(Math.random() * RIVALS), 0, goes as never)
  const answers = await Promise.all(order.map(each => each()))
  expect(answers.every(({ status }) => [201, 409].includes(status))).toBe(true)

  const booked = answers.filter(({ body }) => body.appointment).length
  const standing = await db.appointment.findMany({ where: { doctorId, status: 'BOOKED' }, include: { timeslot: true } })
  expect(standing.length).toBe(booked)
  expect(standing.filter(({ timeslot }) => !timeslot.suspendedBy)).toEqual([])
  return booked
}

it('never lets a booking slip into time off that is saved at the same moment', async () => {
  const rivals = await crowd(app, RIVALS)
  let booked = 0
  for (let round = 0; round < ROUNDS; round++) {
    const clinic = await openClinic()
    const { id, user } = await hireDoctor(clinic.id)
    const meera = await signedIn(app, user)
    booked += await booksWhile(() => meera.sends('post', paths.doctor.timeOff.index(), days(3)), rivals, clinic, id)
    expect((await meera.asks(paths.doctor.conflicts())).body.total).toBe(await liveOf(id))
    await db.appointment.updateMany({ where: { doctorId: id }, data: { status: 'CANCELLED', cancelledAt: new Date() } })
  }
  expect(booked).toBeGreaterThan(0)
})

it('never lets one slip into a closure either, whatever doctor it is with', async () => {
  const rivals = await crowd(app, RIVALS)
  const admin = await signedIn(app, await addUser('ADMIN'))
  for (let round = 0; round < ROUNDS / 2; round++) {
    const clinic = await openClinic()
    const { id } = await hireDoctor(clinic.id)
    const { kind: _, ...typed } = days(3, 3, { reason: 'Holiday', clinicId: clinic.id })
    await booksWhile(() => admin.sends('post', paths.admin.closures.index(), typed), rivals, clinic, id)
    await db.appointment.updateMany({ where: { doctorId: id }, data: { status: 'CANCELLED', cancelledAt: new Date() } })
  }
})

const liveOf = (doctorId: string) => db.appointment.count({ where: { doctorId, status: 'BOOKED' } })
