import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { closeMail, useMail } from '../../src/gateways/email.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlots, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
let ada: Person
let ben: Person
let doctor: Awaited<ReturnType<typeof hireDoctor>>
let slots: Awaited<ReturnType<typeof addSlots>>

beforeAll(async () => {
  const clinic = await openClinic()
  doctor = await hireDoctor(clinic.id)
  slots = await addSlots(doctor.id, clinic, 12)
  ada = await signedIn(app, await registerPatient({ name: 'Ada Obi' }))
  ben = await signedIn(app, await registerPatient({ name: 'Ben Okri' }))
})

const book = (person: Person, at: number, more: object = {}) =>
  person.sends('post', paths.booking.appointments.index(), { doctorId: doctor.id, timeslotId: slots[at]?.id, ...more })

describe('booking', () => {
  it('gives a patient the time and a reference', async () => {
    const answer = await book(ada, 0, { reason: 'Cough' })

    expect(answer.status).toBe(201)
    expect(answer.body.appointment).toMatchObject({ status: 'BOOKED', reason: 'Cough', doctor: { id: doctor.id } })
    expect(answer.body.appointment.reference).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  })

  it('tells the second one that the time has gone, and which are nearest', async () => {
    const answer = await book(ben, 0)

    expect(answer.status).toBe(409)
    expect(answer.type).toBe('application/problem+json')
    expect(answer.body.detail).toBe('Someone has just booked 09:00. Choose another time.')
    expect(answer.body.alternatives.map((next: { timeslotId: string }) => next.timeslotId)).toEqual(
      slots.slice(1, 4).map(slot => slot.id)
    )
  })

  it('keeps what she wrote when the slot has just gone', async () => {
    const page = await ben.submits(paths.booking.appointments.index(), {
      doctorId: doctor.id,
      timeslotId: slots[0]?.id,
      reason: 'Cough',
      paymentMethod: 'PAY_AT_CLINIC'
    })

    expect(page.status).toBe(422)
    expect(page.problems).toEqual(['Someone has just booked 09:00. Choose another time.'])
    expect(page.field('Reason for your visit').value).toBe('Cough')
  })

  it('shows the same booking to one who asks twice with one key', async () => {
    const first = await book(ada, 1, { idempotencyKey: 'form-0001' })
    const second = await book(ada, 1, { idempotencyKey: 'form-0001' })

    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body.appointment.id).toBe(first.body.appointment.id)

    const other = await book(ada, 4, { idempotencyKey: 'form-0001' })
    expect([other.status, other.body.detail]).toEqual([409, expect.stringContaining('for another appointment')])
  })

  it('moves an appointment under the same reference and frees the old time', async () => {
    const { body } = await book(ada, 2)
    const moved = await ada.sends('patch', paths.booking.appointments.show(body.appointment.id), {
      timeslotId: slots[3]?.id
    })

    expect(moved.status).toBe(200)
    expect(moved.body.appointment.reference).toBe(body.appointment.reference)
    expect(moved.body.appointment.startsAt).toMatch(/T10:00:00[+Z]/)
    expect((await book(ben, 2)).status).toBe(201)
  })

  it('says on its page what comes by e-mail, and nothing where no mails are sent', async () => {
    const { body } = await book(ada, 11)
    const { id } = body.appointment
    const page = async () => (await ada.opens(paths.booking.appointments.show(id))).text
    expect(await page()).toContain(
      'An e-mail about it is on its way to you. We e-mail you again when the clinic confirms'
    )
    await db.notification.updateMany({
      where: { appointmentId: id, kind: 'appointment.booked' },
      data: { status: 'SENT', sentAt: new Date() }
    })
    expect(await page()).toContain('We have e-mailed you about it.')
    useMail(null)
    expect(await page()).not.toContain('mail')
    closeMail()
    await ada.submits(paths.booking.appointments.cancellation(id))
  })

  it('frees the time at once when it is cancelled, and keeps the history', async () => {
    const { body } = await book(ada, 4)
    const page = await ada.submits(paths.booking.appointments.cancellation(body.appointment.id), {
      reason: 'Better now'
    })
    expect(page.status).toBe(303)

    const shown = await ada.asks(paths.booking.appointments.show(body.appointment.id))
    expect(shown.body.appointment.status).toBe('CANCELLED')
    expect(shown.body.history.map((entry: { event: string }) => entry.event)).toEqual([
      'appointment.booked',
      'appointment.cancelled'
    ])
    expect((await book(ben, 4)).status).toBe(201)
  })

  it('holds a chosen time, asks who and why, and books it', async () => {
    const held = await ada.submits(paths.booking.holds.index(), { timeslotId: slots[6]?.id })
    expect(held.status).toBe(303)
    expect((await book(ben, 6)).status).toBe(409)

    const details = await ada.opens(held.location ?? '')
    expect(details.heading).toBe('Who is it for, and why?')
    const id = held.location?.split('/').at(-2) ?? ''
    const hold = await db.appointment.findUniqueOrThrow({ where: { id } })
    const toCheck = await ada.submits(paths.booking.holds.show(id), { patientId: hold.patientId, reason: 'Rash' })
    const check = await ada.opens(toCheck.location ?? '')
    expect(check.text).toContain('Rash')

    const fields = Object.fromEntries(
      check
        .$('form[action="/booking/appointments"] input')
        .map((_, input) => [[check.$(input).attr('name'), check.$(input).val()]])
        .get()
    )
    const booked = await ada.submits(paths.booking.appointments.index(), fields)
    expect(booked.status).toBe(303)
    const shown = await ada.opens(booked.location ?? '')
    expect(shown.status).toBe(200)
    expect(shown.text).toContain(hold.reference)
  })

  it("never shows one patient another's appointment", async () => {
    const { body } = await book(ada, 8)

    expect((await ben.asks(paths.booking.appointments.show(body.appointment.id))).status).toBe(404)
    expect((await ben.opens(paths.booking.appointments.cancellation(body.appointment.id))).status).toBe(404)
  })

  it('does not let one person be in two places', async () => {
    const clinic = await openClinic()
    const other = await hireDoctor(clinic.id)
    const [same] = await addSlots(other.id, clinic, 1)
    const answer = await ada.sends('post', paths.booking.appointments.index(), {
      doctorId: other.id,
      timeslotId: same?.id
    })

    expect(answer.status).toBe(409)
    expect(answer.body.detail).toBe('This person has another appointment at that time. Choose another time.')
  })
})

it('has no page of doctors past the last', async () => {
  expect((await ada.asks(paths.booking.doctors.index())).body.total).toBeGreaterThan(0)
  expect((await ada.asks(paths.booking.doctors.index({ page: 2 }))).status).toBe(404)
  expect((await ada.opens(paths.booking.doctors.index({ q: 'nobody' }))).status).toBe(200)
})
