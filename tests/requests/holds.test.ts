import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addSlots, hireDoctor, lookAfter, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { appointments, doctors, holds } = paths.booking
let amira: Person
let account: Awaited<ReturnType<typeof registerPatient>>
let yusuf: Awaited<ReturnType<typeof lookAfter>>
let clinic: Awaited<ReturnType<typeof openClinic>>
let doctor: Awaited<ReturnType<typeof hireDoctor>>
let slots: Awaited<ReturnType<typeof addSlots>>

beforeAll(async () => {
  clinic = await openClinic()
  doctor = await hireDoctor(clinic.id)
  slots = await addSlots(doctor.id, clinic, 14)
  account = await registerPatient({ name: 'Amira Haddad' })
  yusuf = await lookAfter(account.id, 'Yusuf Haddad')
  amira = await signedIn(app, account)
})

const at = (index: number) => slots[index]?.id ?? ''
const hold = (index: number, more: object = {}) =>
  amira.sends('post', holds.index(), { timeslotId: at(index), ...more })
const book = (timeslotId: string, doctorId = doctor.id) =>
  amira.sends('post', appointments.index(), { doctorId, timeslotId })
const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const age = (id: string, data: object) => db.appointment.update({ where: { id }, data })

describe('a held time', () => {
  it('is booked for the person it is held for', async () => {
    await hold(0, { patientId: yusuf.id })

    expect((await book(at(0))).body.appointment.patient.name).toBe('Yusuf Haddad')
  })

  it('is held for somebody of the account who is free then, yet never booked for them unasked', async () => {
    const other = await hireDoctor(clinic.id)
    const same = await addSlot(other.id, clinic, { time: '10:00' })
    expect((await book(at(3))).status).toBe(201)

    expect((await book(same.id, other.id)).status).toBe(409)
    const held = await amira.sends('post', holds.index(), { timeslotId: same.id })
    expect(held.body.hold.patient.name).toBe('Yusuf Haddad')
  })

  it('can be chosen again, but is not kept for more than half an hour in all', async () => {
    const { body } = await hold(5)
    await age(body.hold.id, { createdAt: minutesFromNow(-25) })
    const again = await hold(5)

    expect(again.body.hold.id).toBe(body.hold.id)
    expect(Date.parse(again.body.hold.holdExpiresAt)).toBeLessThanOrEqual(minutesFromNow(5).valueOf() + 1000)
  })

  it('is free to choose for the one who holds it', async () => {
    await hold(6)
    const { body } = await amira.asks(
      doctors.timeslots(doctor.id, { date: slots[6]?.startsAt.toISOString().slice(0, 10) })
    )

    expect(body.timeslots.find(({ id }: { id: string }) => id === at(6)).available).toBe(true)
    expect((await amira.opens(holds.add({ timeslotId: at(6) }))).heading).toBe('Is this the time you want?')
  })

  it('that ran out says so, and can be held again with what was typed', async () => {
    const { body } = await hold(7, { reason: 'Rash' })
    await age(body.hold.id, { holdExpiresAt: minutesFromNow(-1) })
    const page = await amira.opens(holds.edit(body.hold.id))
    expect(page.heading).toBe('We could not keep this time')

    const again = await amira.submits(holds.index(), { timeslotId: at(7), reason: page.$('[name=reason]').val() })
    expect((await amira.opens(again.location ?? '')).field('Reason for your visit').value).toBe('Rash')
  })

  it('does not stand in the way of moving to it', async () => {
    const { body } = await book(at(8))
    await hold(9)

    expect((await amira.sends('patch', appointments.show(body.appointment.id), { timeslotId: at(9) })).status).toBe(200)
  })

  it('is not kept any longer when the doctor is away then', async () => {
    const { body } = await hold(10)
    await db.timeSlot.update({ where: { id: at(10) }, data: { suspendedBy: 'TIME_OFF' } })
    const details = { patientId: account.patientId }
    const page = await amira.submits(holds.show(body.hold.id), details)
    const refused = await amira.sends('post', holds.show(body.hold.id), details)
    await db.timeSlot.update({ where: { id: at(10) }, data: { suspendedBy: null } })

    expect([page.status, page.problems]).toEqual([422, ['This time is not offered. Choose another time.']])
    expect(refused.status).toBe(409)
  })

  it('is refused to a program that names no time, also with a doctor in the address', async () => {
    const answer = await amira.sends('post', holds.index({ doctorId: doctor.id }), {})

    expect([answer.status, answer.body.errors[0].field]).toEqual([422, 'timeslotId'])
  })
})

describe('an appointment', () => {
  it('says that the doctor takes no bookings, instead of times', async () => {
    const { body } = await book(at(11))
    await db.doctor.update({ where: { id: doctor.id }, data: { deactivatedAt: new Date() } })
    const shown = await amira.asks(appointments.show(body.appointment.id))
    const page = await amira.opens(appointments.show(body.appointment.id))
    await db.doctor.update({ where: { id: doctor.id }, data: { deactivatedAt: null } })

    expect(shown.body.appointment).toMatchObject({ whyNotMove: 'UNAVAILABLE', canMove: false, canCancel: true })
    expect(page.links).not.toContain(appointments.reschedule(body.appointment.id))
  })

  it('does not pretend to be too late when it is over', async () => {
    const { body } = await book(at(12))
    await amira.sends('patch', appointments.show(body.appointment.id), { status: 'CANCELLED', reason: 'Better' })
    const page = await amira.opens(appointments.cancellation(body.appointment.id))

    expect(page.text).toContain('This appointment can’t be changed any more.')
  })

  it('can’t be made at a time that is blocked', async () => {
    await db.timeSlot.update({ where: { id: at(13) }, data: { isAvailable: false } })
    const { body } = await amira.asks(
      doctors.timeslots(doctor.id, { date: slots[13]?.startsAt.toISOString().slice(0, 10) })
    )

    expect(body.timeslots.map(({ id }: { id: string }) => id)).not.toContain(at(13))
    const refused = await book(at(13))
    expect([refused.status, refused.body.detail]).toEqual([409, 'This time is not offered. Choose another time.'])
  })
})
