import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { booksPaying, comesToCheck, idIn } from '../support/check-page.ts'
import { faultyGateway } from '../support/faulty-gateway.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlots, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const line = faultyGateway(app)
const { appointments, payments } = paths.booking
let clinic: Awaited<ReturnType<typeof openClinic>>
let doctorId = ''
let slots: { id: string }[] = []
let ada: Person
let next = -1

beforeAll(async () => {
  clinic = await openClinic({ name: 'Riverside Clinic', phone: '+44 117 496 0120' })
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
    for (const words of [
      'the time is free for others',
      'You can move or cancel online until',
      'all you have paid goes back'
    ])
      expect(page.text).toContain(words)
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

  it('says before, when it is too late to change anything online, and whom to call', async () => {
    const { id, cancellationNoticeMinutes } = clinic
    await db.clinic.update({ where: { id }, data: { cancellationNoticeMinutes: 60 * 24 * 60 } })
    const { page, form } = await comesToCheck(ada, slot())
    expect(page.text).toMatch(/starts too soon to be moved or cancelled online.*whether you get your money back/)
    await ada.submits(appointments.index(), { ...form, paymentMethod: 'PAY_AT_CLINIC' })
    const late = await ada.opens(appointments.cancellation(form.idempotencyKey ?? ''))
    await db.clinic.update({ where: { id }, data: { cancellationNoticeMinutes } })
    expect([late.heading, late.text.includes('given to someone else')]).toEqual(['Too late to cancel online', false])
    for (const { links } of [page, late]) expect(links).toContain('tel:+441174960120')
    expect(late.links).toContain(appointments.show(form.idempotencyKey ?? ''))
  })

  it('leads on to the payment where there is no other way', async () => {
    await db.setting.create({ data: { key: 'paymentMethods', value: ['CARD'] } })
    const { page } = await comesToCheck(ada, slot())
    await db.setting.deleteMany()
    expect(page.$('main form button').text()).toContain('Go on to pay £60')
  })

  it('at the clinic is not paid yet after a visit, and given back by the clinic that took it', async () => {
    const { location = '' } = await booksPaying(ada, slot(), 'PAY_AT_CLINIC')
    const { payment } = (await ada.asks(location ?? '')).body.appointment
    const page = async () => (await ada.opens(payments.show(payment.id))).text
    const where = { id: idIn(location) }
    await db.appointment.update({ where, data: { status: 'NO_SHOW' } })
    expect(await page()).toMatch(/Not paid yet.*£60 for this appointment is still to be paid/)
    const [paidAt, refundedAt] = [new Date('2026-12-01'), new Date('2026-12-03')]
    const back = { refundDueAt: refundedAt, refundedAt, refundCause: 'STAFF' as const, refundReason: 'Sorry' }
    const paid = { status: 'REFUNDED' as const, paidAt, paidWith: 'CASH' as const, receivedMinor: 6000 }
    await db.payment.update({ where: { id: payment.id }, data: { ...paid, ...back } })
    expect(await page()).toMatch(
      /The clinic gave £60 back on 3 December 2026.*“Sorry”.*Given back on 3 December 2026 −£60/
    )
    expect(await page()).not.toContain('Banks')
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
