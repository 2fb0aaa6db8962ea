import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { paymentGateway } from '../../src/gateways/payments.ts'
import { paths } from '../../src/paths.ts'
import { methodsOnOffer } from '../../src/services/payments/methods.ts'
import { reconcilePayments } from '../../src/services/payments/reconcile.ts'
import { settle } from '../../src/services/payments/settle.ts'
import { serveApp } from '../support/app.ts'
import { payingAtStripe } from '../support/paying-at-stripe.ts'
import { signedIn } from '../support/person.ts'
import { seconds } from '../support/stripe-books.ts'
import { stripeFake } from '../support/stripe-fake.ts'
import { registerPatient } from '../support/world.ts'

const app = serveApp()
const fake = stripeFake()
const { books } = fake
const { chooses, begins } = payingAtStripe(app, fake)

const minutesLater = (minutes: number) => reconcilePayments(systemCtx(Temporal.Now.instant().add({ minutes }), 'test'))

describe('paying by card at Stripe', () => {
  it('leads to its page, which knows nothing of health and comes back here', async () => {
    const { page, session, id, state } = await begins()
    expect([page.status, page.location]).toEqual([303, session.url])
    expect(await state()).toEqual(['HELD', 'PENDING'])
    const { 'line_items[0][price_data][product_data][name]': name, ...asked } = session.asked as Record<string, string>
    expect(name).toMatch(/^Docket [2-9A-Z-]+$/)
    expect(asked).toMatchObject({
      'line_items[0][price_data][unit_amount]': '6000',
      success_url: app.url + paths.booking.payments.return(id),
      cancel_url: app.url + paths.booking.payments.return(id, { left: 'yes' })
    })
    expect(JSON.stringify(asked)).not.toMatch(/Ada|Kulkarni|Dermatology/)
  })

  it('books when Stripe says so, once however often it says it', async () => {
    const { session, id, told, state, stands } = await begins()
    books.pays(session)
    expect([await told(), await told(), await told('checkout.session.async_payment_failed')]).toEqual([204, 204, 204])
    expect(await state()).toEqual(['BOOKED', 'SUCCESS'])
    expect(await stands()).toMatchObject({ transactionId: session.payment_intent, receivedMinor: 6000 })
    expect(await db.auditEvent.count({ where: { event: 'payment.succeeded', subjectId: id } })).toBe(1)
  })

  it('books when she comes back before Stripe has said anything', async () => {
    const { ada, session, id, told, state } = await begins()
    books.pays(session)
    await ada.opens(paths.booking.payments.return(id))
    expect(await state()).toEqual(['BOOKED', 'SUCCESS'])
    expect(await told()).toBe(204)
    expect(await state()).toEqual(['BOOKED', 'SUCCESS'])
  })

  it('books nothing for words that Stripe did not write, are old, or say more than is true', async () => {
    const { session, told, state } = await begins()
    const lie = { type: 'checkout.session.completed', data: { object: { ...session, payment_status: 'paid' } } }
    expect(await told('checkout.session.completed', { secret: 'whsec_other' })).toBe(400)
    expect(await told('checkout.session.completed', { timestamp: seconds() - 600 })).toBe(400)
    expect(await told('checkout.session.completed', { sent: JSON.stringify(lie) })).toBe(400)
    expect(await told('checkout.session.completed', { payload: lie })).toBe(204)
    expect(await told('invoice.paid')).toBe(204)
    expect(await state()).toEqual(['HELD', 'PENDING'])
  })

  it('waits for a bank that takes its time', async () => {
    const { session, told, state } = await begins()
    books.paysLater(session)
    expect(await told()).toBe(204)
    expect(await state()).toEqual(['HELD', 'PENDING'])
    books.arrives(session)
    expect(await told('checkout.session.async_payment_succeeded')).toBe(204)
    expect(await state()).toEqual(['BOOKED', 'SUCCESS'])
  })

  it('that she gives up frees the time, and nobody can pay at Stripe any more', async () => {
    const { ada, session, id, state } = await begins()
    books.isDeclined(session)
    await ada.submits(paths.booking.payments.abandonment(id))
    expect(session.status).toBe('expired')
    expect(await state()).toEqual(['EXPIRED', 'FAILED'])
  })

  it('that Stripe ends frees the time, also when only the job finds out', async () => {
    const [told, found] = [await begins(), await begins()]
    books.expire(told.session)
    books.expire(found.session)
    expect(await told.told('checkout.session.expired')).toBe(204)
    expect(await told.state()).toEqual(['EXPIRED', 'FAILED'])
    await minutesLater(2)
    expect(await found.state()).toEqual(['EXPIRED', 'FAILED'])
  })

  it('and cancelling in time gives all of it back, once', async () => {
    const { ada, session, told, state, stands } = await begins()
    books.pays(session)
    await told()
    const { appointment } = await stands()
    const before = books.sums()
    await ada.submits(paths.booking.appointments.cancellation(appointment.id), { reason: 'Better now' })
    await minutesLater(1)
    await minutesLater(2)
    expect(await state()).toEqual(['CANCELLED', 'REFUNDED'])
    expect(books.sums().returned - before.returned).toBe(6000)
    const [refund] = books.refundsOf(session.payment_intent)
    expect((await stands()).refundReference).toBe(refund?.id)
    if (refund) expect(await fake.tells(app.url, 'refund.updated', refund)).toBe(204)
    expect(await state()).toEqual(['CANCELLED', 'REFUNDED'])
  })

  it('and a refund that a bank takes its time over, or turns down in the end, is owed until it is there', async () => {
    const { ada, id, session, told, state, stands } = await begins()
    books.pays(session)
    await told()
    const { appointment } = await stands()
    books.refundStatus = 'pending'
    await ada.submits(paths.booking.appointments.cancellation(appointment.id), { reason: 'Better now' })
    await minutesLater(1)
    await minutesLater(63)
    const [first, ...more] = books.refundsOf(session.payment_intent)
    if (!first) throw new Error('nothing was sent')
    expect([more.length, await state()]).toEqual([0, ['CANCELLED', 'SUCCESS']])

    const old = await paymentGateway()?.lookUp(session.id)
    books.ends(first, 'succeeded')
    expect(await fake.tells(app.url, 'refund.updated', first)).toBe(204)
    expect(await state()).toEqual(['CANCELLED', 'REFUNDED'])
    expect((await stands()).refundReference).toBe(first.id)
    if (old) await settle(systemCtx(Temporal.Now.instant(), 'test'), id, old)
    expect(await state()).toEqual(['CANCELLED', 'REFUNDED'])

    books.refundStatus = 'succeeded'
    books.ends(first, 'failed', { daysAgo: 3 })
    for (const _ of [1, 2]) expect(await fake.tells(app.url, 'refund.failed', first)).toBe(204)
    expect(await state()).toEqual(['CANCELLED', 'SUCCESS'])
    expect(await stands()).toMatchObject({ refundCause: 'CANCELLED', refundedAt: null })
    await minutesLater(1)
    await minutesLater(2)
    expect(await state()).toEqual(['CANCELLED', 'REFUNDED'])
    expect(books.refundsOf(session.payment_intent).map(({ status }) => status)).toEqual(['succeeded', 'failed'])
    const events = await db.auditEvent.findMany({ where: { appointmentId: appointment.id }, orderBy: { id: 'asc' } })
    const back = ['payment.refund-owed', 'payment.refunded', 'payment.refund-bounced', 'payment.refunded']
    expect(events.map(({ event }) => event).slice(-4)).toEqual(back)
  })

  it('and money sent back by hand in Stripe’s dashboard is known here', async () => {
    const { session, told, state } = await begins()
    books.pays(session)
    await told()
    books.refundsByHand(session)
    const charge = books.chargeOf(session)
    if (charge) expect(await fake.tells(app.url, 'charge.refunded', charge)).toBe(204)
    expect(await state()).toEqual(['BOOKED', 'REFUNDED'])
  })

  it('and money that comes when somebody else has her time goes back', async () => {
    const { session, told, state, stands } = await begins()
    const { appointment } = await stands()
    await db.appointment.update({ where: { id: appointment.id }, data: { holdExpiresAt: new Date(0) } })
    const ben = await signedIn(app, await registerPatient({ name: 'Ben Okri' }))
    const wish = { doctorId: appointment.doctorId, timeslotId: appointment.timeslotId }
    expect((await ben.sends('post', paths.booking.appointments.index(), wish)).status).toBe(201)
    books.pays(session)
    expect(await told()).toBe(204)
    await minutesLater(1)
    expect(await state()).toEqual(['EXPIRED', 'REFUNDED'])
    expect(books.chargeOf(session)).toMatchObject({ amount: 6000, amount_refunded: 6000 })
  })
})

it('what Stripe would not take is not offered there', async () => {
  expect(await methodsOnOffer('GBP', 30)).toEqual(['CARD', 'WALLET', 'PAY_AT_CLINIC'])
  expect(await methodsOnOffer('GBP', 29)).toEqual(['PAY_AT_CLINIC'])
})

describe('while Stripe is out of reach', () => {
  it('she keeps her time, reads that it can’t be paid there now, and no word of Stripe’s', async () => {
    fake.trouble = 'breaks'
    const { page, state } = await chooses()
    fake.trouble = 'none'
    expect(page.status).toBe(422)
    expect(page.problems).toHaveLength(1)
    expect(page.html).not.toMatch(/Stripe|sk_test|Something went wrong:/)
    expect(await state()).toEqual(['HELD', 'FAILED'])
  })

  it('Stripe is asked to call again, and what was paid is found out', async () => {
    const { session, told, state } = await begins()
    books.pays(session)
    fake.trouble = 'web page'
    expect(await told()).toBe(503)
    await minutesLater(2)
    expect(await state()).toEqual(['HELD', 'PENDING'])
    fake.trouble = 'none'
    expect(await told()).toBe(204)
    expect(await state()).toEqual(['BOOKED', 'SUCCESS'])
  })
})
