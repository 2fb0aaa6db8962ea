import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { faultyGateway } from '../support/faulty-gateway.ts'
import { begins, decides, minutesLater, paysFor, standingOf } from '../support/payer.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const line = faultyGateway(app, 400)
const down = 'The payment service does not answer just now'
let clinic: Awaited<ReturnType<typeof openClinic>>
let doctorId: string
let ada: Person
let slot: Awaited<ReturnType<typeof addSlot>>
let days = 2

beforeAll(async () => {
  clinic = await openClinic()
  doctorId = (await hireDoctor(clinic.id)).id
})
beforeEach(async () => {
  line.set('pass')
  ada = await signedIn(app, await registerPatient())
  slot = await addSlot(doctorId, clinic, { days: days++ })
})

describe('a gateway that cannot be reached', () => {
  it.each(['hang', 'error', 'garbage'] as const)('(%s) costs nobody their time, and says so', async fault => {
    line.set(fault, 'start')
    const answer = await paysFor(ada, slot)
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining(down)])
    const held = await db.appointment.findFirstOrThrow({ where: { timeslotId: slot.id } })
    expect(held.status).toBe('HELD')

    const page = await ada.opens(paths.booking.holds.show(held.id))
    expect(page.heading).toContain('Check')
    line.set('pass')
    const { id, checkoutUrl } = await begins(ada, slot)
    await decides(ada, checkoutUrl, 'PAY', 'AT_ONCE')
    await expect.poll(() => standingOf(id)).toBe('BOOKED SUCCESS')
  })

  it('keeps no page waiting that does not need it', async () => {
    await ada.sends('post', paths.booking.holds.index(), { timeslotId: slot.id })
    const held = await db.appointment.findFirstOrThrow({ where: { timeslotId: slot.id } })
    line.set('hang')
    const finished: string[] = []
    const paying = paysFor(ada, slot).then(() => finished.push('paying'))
    const looking = ada.opens(paths.booking.holds.show(held.id)).then(() => finished.push('looking'))
    await Promise.all([paying, looking])
    expect(finished).toEqual(['looking', 'paying'])
  })

  it('does not know on the way back: the page waits, and the job books it', async () => {
    const { id, checkoutUrl } = await begins(ada, slot)
    await decides(ada, checkoutUrl)
    line.set('error', 'lookUp')
    const back = await ada.opens(paths.booking.payments.return(id))
    const page = await ada.opens(back.location ?? '')
    expect([page.status, await standingOf(id)]).toEqual([200, 'HELD PENDING'])
    expect(page.headers.refresh).toContain(paths.booking.payments.return(id))

    line.set('pass')
    await minutesLater(2)
    expect(await standingOf(id)).toBe('BOOKED SUCCESS')
  })

  it('has the callback repeated when it can not be followed', async () => {
    const { id, checkoutUrl } = await begins(ada, slot)
    line.set('drop', 'lookUp')
    await decides(ada, checkoutUrl, 'PAY', 'AT_ONCE')
    await expect.poll(() => db.testCallback.count({ where: { attempts: 1, deliveredAt: null } })).toBeGreaterThan(0)
    expect(await standingOf(id)).toBe('HELD PENDING')

    line.set('pass')
    await minutesLater(2)
    expect(await standingOf(id)).toBe('BOOKED SUCCESS')
  })

  it('is told later that somebody gave up: the time is free at once, and nobody can pay for it', async () => {
    const { id, checkoutUrl, appointmentId } = await begins(ada, slot)
    line.set('hang', 'lookUp', 'close')
    await ada.submits(paths.booking.payments.abandonment(id))
    expect(await standingOf(id)).toBe('EXPIRED FAILED')
    const ben = await signedIn(app, await registerPatient())
    const taken = await begins(ben, slot)
    expect(taken.appointmentId).not.toBe(appointmentId)

    line.set('pass')
    await minutesLater(1)
    await decides(ada, checkoutUrl)
    await minutesLater(1)
    expect(await standingOf(id)).toBe('EXPIRED FAILED')
  })

  it('sends money back once, though its answer is lost', async () => {
    const { id, checkoutUrl, appointmentId } = await begins(ada, slot)
    await decides(ada, checkoutUrl, 'PAY', 'AT_ONCE')
    await expect.poll(() => standingOf(id)).toBe('BOOKED SUCCESS')
    await ada.submits(paths.booking.appointments.cancellation(appointmentId), { reason: 'Better now' })
    line.set('drop', 'refund')
    expect((await minutesLater(0)).failed).toBe(1)
    expect(await standingOf(id)).toBe('CANCELLED SUCCESS CANCELLED')

    line.set('pass')
    await minutesLater(5)
    expect(await standingOf(id)).toBe('CANCELLED REFUNDED CANCELLED')
    const { refundedMinor } = await db.testCheckout.findFirstOrThrow({ where: { idempotencyKey: id } })
    expect(refundedMinor).toBe(6000)
  })
})

describe('money that comes late', () => {
  it('has its time if that is still free', async () => {
    const { id, checkoutUrl, appointmentId } = await begins(ada, slot)
    await decides(ada, checkoutUrl)
    await db.appointment.update({ where: { id: appointmentId }, data: { holdExpiresAt: new Date(0) } })
    line.set('error')
    await minutesLater(1)
    expect(await standingOf(id)).toBe('EXPIRED PENDING')

    line.set('pass')
    await minutesLater(9)
    expect(await standingOf(id)).toBe('BOOKED SUCCESS')
  })

  it('goes back when somebody else has it, and its payer is told', async () => {
    const { id, checkoutUrl, appointmentId } = await begins(ada, slot)
    await decides(ada, checkoutUrl)
    await db.appointment.update({ where: { id: appointmentId }, data: { holdExpiresAt: new Date(0) } })
    const ben = await signedIn(app, await registerPatient())
    expect((await paysFor(ben, slot, { paymentMethod: 'PAY_AT_CLINIC' })).status).toBe(201)

    await ada.opens(paths.booking.payments.return(id))
    expect(await standingOf(id)).toBe('EXPIRED SUCCESS TIME_GONE')
    expect((await ada.opens(paths.booking.payments.show(id))).text).toMatch(/sending .* back|on its way/)
    await minutesLater(0)
    expect(await standingOf(id)).toBe('EXPIRED REFUNDED TIME_GONE')
    expect(
      await db.notification.count({
        where: { kind: 'payment.time-gone', channel: 'EMAIL', dedupeKey: { contains: id } }
      })
    ).toBe(1)
  })
})
