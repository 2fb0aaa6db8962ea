import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { booksPaying, comesToCheck, idIn } from '../support/check-page.ts'
import { pagesOf } from '../support/pdf.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlots, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { appointments, holds, payments } = paths.booking
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
  ada = await signedIn(app, await registerPatient({ name: 'Ada Obi' }))
  next++
})

const slot = () => slots[next]?.id ?? ''

/** What somebody does on the gateway's page, of which we hear nothing before they are back. */
const decides = (checkout: string | undefined, fields: object) =>
  ada.submits(paths.testGateway.decision(idIn(checkout)), { outcome: 'PAY', callback: 'NEVER', ...fields })

/** From the check page to where the gateway sends people back to, and through it. */
async function pays(fields: object = {}) {
  const back = await decides((await booksPaying(ada, slot(), 'CARD')).location, fields)
  const after = await ada.opens(back.location ?? '')
  return { id: idIn(back.location), location: after.location ?? '', page: await ada.opens(after.location ?? '') }
}

describe('who pays by card', () => {
  it('pays the price that was shown, is booked and gets a receipt', async () => {
    const { form } = await comesToCheck(ada, slot())
    await db.doctor.update({ where: { id: doctorId }, data: { feeMinor: 9900 } })
    const asked = await ada.sends('post', appointments.index(), { ...form, paymentMethod: 'CARD' })
    await db.doctor.update({ where: { id: doctorId }, data: { feeMinor: 6000 } })
    expect(asked.status).toBe(202)
    const { id, status, amount, checkoutUrl } = asked.body.payment
    expect([status, amount]).toEqual(['PENDING', { amountMinor: 6000, currency: 'GBP' }])
    const again = await ada.submits(appointments.index(), { ...form, paymentMethod: 'CARD' })
    expect(again.location).toBe(checkoutUrl)
    expect((await ada.opens(appointments.index())).text).toContain('Payment pending')

    const back = await decides(checkoutUrl, {})
    const { location } = await ada.opens(back.location ?? '')
    expect(location).toBe(appointments.show(form.idempotencyKey ?? ''))
    const page = await ada.opens(location ?? '')
    for (const words of ['Paid and booked. The time is yours.', 'There is nothing more to pay'])
      expect(page.text).toContain(words)
    expect(page.links).toContain(payments.show(id))

    const receipt = await ada.opens(payments.show(id))
    const { body } = await ada.asks(payments.show(id))
    const codes = [`Receipt number ${body.payment.reference}`, `Reference ${body.appointment.reference}`]
    const said = ['Ada Obi', 'Dr Meera Kulkarni', 'Riverside Clinic', '£60', body.payment.transactionId, ...codes]
    for (const words of said) expect(receipt.text).toContain(words)
    const { headers, body: pdf } = await ada.bare('get', payments.receipt(id)).responseType('blob')
    expect(headers['content-disposition']).toBe(`inline; filename="receipt-${body.payment.reference}.pdf"`)
    for (const words of said) expect(pagesOf(pdf)[0]).toContain(words)

    const eve = await signedIn(app, await registerPatient())
    for (const path of [payments.show(id), payments.return(id), payments.receipt(id)])
      expect((await eve.opens(path)).status).toBe(404)
    expect((await eve.submits(payments.abandonment(id))).status).toBe(404)
  })

  it('is told before cancelling that the money goes back, and afterwards that it does', async () => {
    const { id, location } = await pays()
    expect((await ada.opens(`${location}/cancellation`)).text).toContain('You get £60 back to the card you paid with.')
    const gone = await ada.submits(`${location}/cancellation`, { reason: 'Better now' })
    expect((await ada.opens(gone.location ?? '')).text).toMatch(/your money is on its way back.*Refund/s)
    expect((await ada.opens(payments.show(id))).text).toMatch(/The appointment was cancelled.*10 working days.*−£60/s)
  })

  it('reads that the clinic keeps the money where it does', async () => {
    const { id, location } = await pays()
    const data = { status: 'CANCELLED', cancelledAt: new Date() } as const
    await db.appointment.update({ where: { id: idIn(location) }, data })
    for (const path of [location, payments.show(id)])
      expect((await ada.opens(path)).text).toMatch(/The clinic keeps the £60.*later than the clinic’s notice/)
  })

  it('can try again with the same time when the card is declined, or take one near it', async () => {
    const { id, page } = await pays({ outcome: 'DECLINE' })
    expect([page.heading, page.text]).toEqual([
      'Your payment was declined',
      expect.stringContaining('No money was taken.')
    ])
    expect((await ada.opens(payments.receipt(id))).status).toBe(404)
    expect(page.$('button').text()).toMatch(/Try again with \d\d:\d\d/)
    const again = page.$(`form[action^="${holds.index()}"] input:not([name=_csrf])`).serializeArray()
    expect(again.map(({ value }) => value)).toEqual([slot(), expect.any(String), 'A rash'])

    await booksPaying(await signedIn(app, await registerPatient()), slot(), 'PAY_AT_CLINIC')
    expect((await ada.opens(payments.show(id))).text).toMatch(/is not free any more.*The nearest free times/s)
  })

  it('waits no longer than it likes: who gives up frees the time at once', async () => {
    const checkout = await booksPaying(ada, slot(), 'CARD')
    const { id } = await db.payment.findFirstOrThrow({ where: { checkoutUrl: checkout.location ?? '' } })
    const { location } = await ada.opens(payments.return(id))
    const page = await ada.opens(location ?? '')
    expect([page.heading, page.headers.refresh]).toEqual([
      'Waiting for your payment',
      `3; url=${payments.return(id, { look: 1 })}`
    ])
    expect(page.text).toMatch(/is free for others/)
    expect((await ada.opens(appointments.index())).$(`a[href='${payments.show(id)}']`).text()).toBe('See your payment')
    expect((await ada.opens(payments.show(id, { look: 20 }))).headers.refresh).toBeUndefined()
    expect(
      (await ada.opens(`${(await comesToCheck(ada, slot())).page.$('a[href*="/payments/"]').attr('href')}`)).heading
    ).toBe(page.heading)

    const left = await ada.submits(payments.abandonment(id))
    expect((await ada.opens(left.location ?? '')).heading).toBe('You have not paid')
    const eve = await signedIn(app, await registerPatient())
    expect((await eve.submits(holds.index(), { timeslotId: slot() })).status).toBe(303)
  })
})
