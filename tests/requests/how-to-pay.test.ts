import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { booksPaying, comesToCheck } from '../support/check-page.ts'
import { faultyGateway } from '../support/faulty-gateway.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlots, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const line = faultyGateway(app)
const { appointments, payments } = paths.booking
let doctorId = ''
let slots: { id: string }[] = []
let ada: Person
let next = -1

beforeAll(async () => {
  const clinic = await openClinic({ name: 'Riverside Clinic' })
  doctorId = (await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })).id
  slots = await addSlots(doctorId, clinic, 20)
})

beforeEach(async () => {
  line.set('pass')
  ada = await signedIn(app, await registerPatient({ name: 'Ada Obi' }))
  next++
})

const slot = () => slots[next]?.id ?? ''

describe('how to pay', () => {
  it('is asked for with the price, and nothing is booked before it is said', async () => {
    const { page, form } = await comesToCheck(ada, slot())
    expect(page.text).toContain('How do you want to pay? The appointment costs £60.')
    expect(page.$('[name=paymentMethod]:checked').length).toBe(0)
    const again = await ada.submits(appointments.index(), form)
    expect([again.status, again.heading, again.problems]).toEqual([
      422,
      'Check and book',
      ['Choose how you want to pay']
    ])
    expect(again.text).toContain('A rash')
    const hold = await db.appointment.findUniqueOrThrow({ where: { id: form.idempotencyKey ?? '' } })
    expect(hold.status).toBe('HELD')
  })

  it('can be at the clinic: booked at once, and still to be paid', async () => {
    const page = await ada.opens((await booksPaying(ada, slot(), 'PAY_AT_CLINIC')).location ?? '')
    expect(page.text).toContain('Pay £60 at the clinic.')
    expect((await ada.opens(payments.index())).text).toContain('Pay at clinic')
    const cancelling = await ada.opens(`${page.$('a[href$=cancellation]').attr('href')}`)
    expect(cancelling.text).toContain('you have not paid yet')
  })

  it('is no question where nothing is to be paid', async () => {
    await db.doctor.update({ where: { id: doctorId }, data: { feeMinor: 0 } })
    const { page, form } = await comesToCheck(ada, slot())
    await db.doctor.update({ where: { id: doctorId }, data: { feeMinor: 6000 } })
    expect([page.text.includes('Nothing to pay'), page.text.includes('How do you want')]).toEqual([true, false])
    const { status, body } = await ada.sends('post', appointments.index(), { ...form, paymentMethod: 'CARD' })
    expect([status, body.appointment.status, body.appointment.payment]).toEqual([201, 'BOOKED', null])
  })

  it('is asked again when the gateway does not answer, and the time is kept', async () => {
    line.set('error')
    const page = await booksPaying(ada, slot(), 'UPI')
    expect([page.status, page.heading]).toEqual([422, 'Check and book'])
    expect(page.problems[0]).toContain('does not answer')
    expect(page.$('[name=paymentMethod]:checked').val()).toBe('UPI')
    const { form } = await comesToCheck(ada, slot())
    const booked = await ada.submits(appointments.index(), { ...form, paymentMethod: 'PAY_AT_CLINIC' })
    expect(booked.location).toBe(appointments.show(form.idempotencyKey ?? ''))
  })
})
