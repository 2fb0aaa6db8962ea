import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db, pool } from '../../src/database/client.ts'
import { testGateway } from '../../src/gateways/payments/test.ts'
import { paths } from '../../src/paths.ts'
import { sendCallbacks } from '../../src/services/test-gateway/send-callbacks.ts'
import { isLucky } from '../../src/services/test-gateway/setup.ts'
import { gatewaySecret, serveApp } from '../support/app.ts'
import { merchant } from '../support/merchant.ts'
import { type Person, visitor } from '../support/person.ts'
import { addCheckout } from '../support/world.ts'

const app = serveApp()
const shop = merchant()
const { checkout: page, decision } = paths.testGateway
const gateway = () => testGateway({ url: app.url, secret: gatewaySecret })
const opens = async () => (await addCheckout({ callbackUrl: shop.url })).id
const pays = (ada: Person, id: string, how: object = {}) => ada.submits(decision(id), { outcome: 'PAY', ...how })
const toldTimes = (many: number) => expect.poll(() => shop.told.length).toBe(many)
const later = (seconds: number) => sendCallbacks(systemCtx(Temporal.Now.instant().add({ seconds }), 'test'))

describe('somebody on the page of the test gateway', () => {
  it('sees what is to be paid, and that no money moves', async () => {
    const seen = await visitor(app).opens(page(await opens()))
    expect([seen.status, seen.heading]).toEqual([200, 'Pay £60'])
    for (const words of ['No money moves', 'Docket K7Q2-9XTD', 'Test card ending 4242', '100% of payments succeed'])
      expect(seen.html).toContain(words)
    expect(seen.$('main input:not([type=hidden]):not([type=radio])').length).toBe(0)
    expect(
      seen
        .$('input:checked')
        .get()
        .map(input => input.attribs.value)
    ).toEqual(['CHANCE', 'AT_ONCE'])
  })

  it('pays, goes back, and the shop is told by a signed callback', async () => {
    const id = await opens()
    const { status, location } = await visitor(app).submits(decision(id), { outcome: 'CHANCE' })
    expect([status, location]).toEqual([303, '/back'])
    const standing = await gateway().lookUp(id)
    expect(standing).toMatchObject({ state: 'PAID', receivedMinor: 6000, refundedMinor: 0, currency: 'GBP' })
    expect(standing.transactionId).toMatch(/^TEST-[0-9A-F]{12}$/)

    await toldTimes(1)
    const [{ body, headers } = { body: Buffer.from(''), headers: {} }] = shop.told
    expect(gateway().verify(body, headers)).toEqual({ reference: id, paymentId: standing.paymentId })
    expect(JSON.parse(String(body)).event).toBe('checkout.paid')
  })

  it.each([
    ['declines', { outcome: 'DECLINE' }, '/back', 'DECLINED', true],
    ['turns back', { outcome: 'CHANCE', left: 'yes' }, '/left', 'CLOSED', false]
  ])('%s, and the shop is told', async (_, how, back, state, isDeclined) => {
    const id = await opens()
    expect((await pays(visitor(app), id, how)).location).toBe(back)
    expect(await gateway().lookUp(id)).toMatchObject({ state: 'FAILED', isDeclined, receivedMinor: 0 })
    await toldTimes(1)
    expect(JSON.parse(String(shop.told[0]?.body)).event).toBe(`checkout.${state.toLowerCase()}`)
  })

  it('is told how it ended when it is opened again, and changes nothing by trying again', async () => {
    const [ada, id] = [visitor(app), await opens()]
    await pays(ada, id)
    const again = await ada.opens(page(id))
    expect([again.heading, again.links.at(-1), again.$('main form').length]).toEqual(['Paid', '/back', 0])
    expect((await pays(ada, id, { outcome: 'DECLINE' })).location).toBe('/back')
    expect((await gateway().lookUp(id)).state).toBe('PAID')
    await gateway().refund({ ...(await refundOf(id)), key: 'again' })
    expect((await ada.opens(page(id))).heading).toBe('Paid and refunded')
  })

  it('hears what is missing, and what is not there', async () => {
    const [ada, id] = [visitor(app), await opens()]
    const refused = await ada.submits(decision(id))
    expect([refused.status, refused.problems]).toEqual([422, ['Choose what happens']])
    expect((await ada.opens(page(randomUUID()))).status).toBe(404)
    expect((await gateway().lookUp(id)).state).toBe('OPEN')
  })

  it('gets one answer in two tabs and by a double click', async () => {
    for (const hows of [
      [{}, {}],
      [{}, { outcome: 'DECLINE' }],
      [{}, { left: 'yes' }],
      [{}, {}, { left: 'yes' }, {}]
    ]) {
      const [ada, id] = [visitor(app), await opens()]
      await ada.token()
      const answers = await Promise.all(hows.map(how => pays(ada, id, how)))
      const { isDeclined, state } = await gateway().lookUp(id)
      const expected = state === 'PAID' || isDeclined ? '/back' : '/left'
      expect(answers.map(({ status, location }) => [status, location])).toEqual(hows.map(() => [303, expected]))
      expect(await db.testCallback.count({ where: { checkoutId: id } })).toBe(1)
    }
  })

  it('has the luck that is configured, each checkout always the same', () => {
    const ids = Array.from({ length: 2000 }, (_, at) => `checkout ${at}`)
    const lucky = (percent: number) => ids.filter(id => isLucky(id, percent)).length
    expect([lucky(0), lucky(100)]).toEqual([0, 2000])
    expect(lucky(90)).toBeGreaterThan(1750)
    expect(lucky(90)).toBeLessThan(1850)
  })
})

describe('a callback', () => {
  it.each([
    ['TWICE', 2, 2],
    ['LATER', 0, 1],
    ['NEVER', 0, 0]
  ])('comes when the payer said: %s', async (callback, atOnce, inAll) => {
    const id = await opens()
    await pays(visitor(app), id, { callback })
    if (atOnce) await toldTimes(atOnce)
    await later(20)
    expect(shop.told.length).toBe(atOnce)
    await later(31)
    expect(shop.told.length).toBe(inAll)
    expect(await db.testCallback.count({ where: { checkoutId: id, deliveredAt: { not: null } } })).toBe(inAll)
  })

  it('that the shop does not take comes again, ever later, eight times in all', async () => {
    const id = await opens()
    shop.status = 503
    await pays(visitor(app), id)
    await toldTimes(1)
    await later(2)
    expect(shop.told.length).toBe(1)
    for (const minutes of [1, 2, 10, 60, 200, 600, 2000, 6000, 20_000]) await later(minutes * 60)
    expect(shop.told.length).toBe(8)
    expect(
      await db.testCallback.findMany({ where: { checkoutId: id }, select: { attempts: true, deliveredAt: true } })
    ).toEqual([{ attempts: 8, deliveredAt: null }])
  })

  it('is left to whoever is sending it', async () => {
    await pays(visitor(app), await opens(), { callback: 'LATER' })
    const other = await pool.connect()
    await other.query('BEGIN; SELECT FROM test_callbacks FOR UPDATE')
    expect(await Promise.all([later(31), later(31)])).toEqual([0, 0])
    await other.query('COMMIT')
    other.release()
    expect(shop.told.length + (await later(31))).toBe(1)
  })
})

async function refundOf(reference: string) {
  const { transactionId, receivedMinor: amountMinor, currency } = await gateway().lookUp(reference)
  return { reference, paymentId: randomUUID(), transactionId: transactionId ?? '', amountMinor, currency }
}
