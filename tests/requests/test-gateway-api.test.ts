import { randomUUID } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { db } from '../../src/database/client.ts'
import { Forged, GatewayDown } from '../../src/gateways/payments/errors.ts'
import { keyFrom, SIGNATURE_HEADER, sign } from '../../src/gateways/payments/signature.ts'
import { testGateway } from '../../src/gateways/payments/test.ts'
import type { Order } from '../../src/gateways/payments.ts'
import { paths } from '../../src/paths.ts'
import { gatewaySecret, serveApp } from '../support/app.ts'
import { type Fault, faultyGateway } from '../support/faulty-gateway.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { visitor } from '../support/person.ts'
import { send } from '../support/raw.ts'

const app = serveApp()
const faulty = faultyGateway(app, 300)
const { api, decision } = paths.testGateway
const gateway = () => testGateway({ url: app.url, secret: gatewaySecret })

const order = (said: Partial<Order> = {}): Order => ({
  ...{ paymentId: randomUUID(), method: 'UPI', amountMinor: 4550, currency: 'EUR', description: 'Docket K7Q2-9XTD' },
  ...{ locale: 'en', returnPath: '/back', leftPath: '/back?left=yes', callbackPath: '/nobody-listens' },
  ...said
})
/** As a merchant does who is called back at this address. */
function opensFor(callbackUrl: string) {
  const { callbackPath: _, locale: __, ...wanted } = { ...order(), callbackUrl }
  const headers = { Authorization: `Bearer ${keyFrom(gatewaySecret)}`, 'Content-Type': 'application/json' }
  return send(app.url, { method: 'POST', path: api.checkouts(), headers, body: Buffer.from(JSON.stringify(wanted)) })
}
const pays = (id: string) => visitor(app).submits(decision(id), { outcome: 'PAY', callback: 'NEVER' })

async function paid() {
  const { reference } = await gateway().start(order())
  await pays(reference)
  const { transactionId, receivedMinor: amountMinor, currency } = await gateway().lookUp(reference)
  const ours = { paymentId: randomUUID(), key: randomUUID() }
  return { reference, transactionId: transactionId ?? '', amountMinor, currency, ...ours }
}

describe('the test gateway as its merchant knows it', () => {
  it('opens one checkout for one payment, however often and however fast it is asked', async () => {
    const wanted = order()
    const checkouts = await Promise.all([1, 2, 3, 4].map(() => gateway().start(wanted)))
    const [first] = checkouts
    expect(new Set(checkouts.map(({ reference }) => reference)).size).toBe(1)
    expect(first?.url).toBe(paths.testGateway.checkout(first?.reference ?? ''))
    expect(await gateway().lookUp(first?.reference ?? '')).toEqual({
      ...{ reference: first?.reference, paymentId: wanted.paymentId, state: 'OPEN', isDeclined: false },
      ...{ transactionId: null, receivedMinor: 0, refundedMinor: 0, currency: 'EUR' }
    })
    await expect(gateway().start({ ...wanted, amountMinor: 1 })).rejects.toThrow(
      new GatewayDown('the test gateway answered 409')
    )
  })

  it('gives back once what was paid, and never more', async () => {
    const wanted = await paid()
    const refunds = await Promise.all([1, 2, 3, 4].map(() => gateway().refund(wanted)))
    expect(new Set(refunds.map(({ reference }) => reference)).size).toBe(1)
    expect(await gateway().lookUp(wanted.reference)).toMatchObject({
      state: 'PAID',
      receivedMinor: 4550,
      refundedMinor: 4550
    })

    const other = await paid()
    const { reference: unpaid } = await gateway().start(order())
    const before = await fingerprint()
    for (const wrong of [
      { ...wanted, key: 'another' },
      { ...other, amountMinor: other.amountMinor + 1 },
      { ...other, currency: 'USD' },
      { ...other, transactionId: wanted.transactionId },
      { ...other, reference: unpaid }
    ])
      await expect(gateway().refund(wrong)).rejects.toThrow(GatewayDown)
    expect(await fingerprint()).toEqual(before)
  })

  it('gives back once under two keys at the same moment', async () => {
    const wanted = await paid()
    const answers = await Promise.allSettled(['a', 'b', 'c'].map(key => gateway().refund({ ...wanted, key })))
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBe(1)
    expect((await gateway().lookUp(wanted.reference)).refundedMinor).toBe(4550)
  })

  it('closes or is paid when both are tried at the same moment, never both', async () => {
    for (let turn = 0; turn < 8; turn++) {
      const { reference } = await gateway().start(order())
      const [closed, answer] = await Promise.all([
        gateway().close(reference),
        pays(reference),
        gateway().close(reference)
      ])
      const standing = await gateway().lookUp(reference)
      expect(standing).toEqual(closed)
      expect(answer.location).toBe(standing.state === 'PAID' ? '/back' : '/back?left=yes')
      expect([standing.receivedMinor, standing.isDeclined]).toEqual([standing.state === 'PAID' ? 4550 : 0, false])
    }
  })

  it('refuses a wrong key, and none', async () => {
    const { reference } = await gateway().start(order())
    const before = await fingerprint()
    const stranger = testGateway({ url: app.url, secret: 'another secret' })
    for (const ask of [
      () => stranger.start(order()),
      () => stranger.lookUp(reference),
      () => stranger.close(reference)
    ])
      await expect(ask()).rejects.toThrow(new GatewayDown('the test gateway answered 403'))
    expect((await send(app.url, { path: api.checkout(reference) })).status).toBe(403)
    expect(await fingerprint()).toEqual(before)
  })

  it('refuses what makes no sense, and what would lead people elsewhere', async () => {
    const before = await fingerprint()
    for (const wrong of [{ amountMinor: 0 }, { amountMinor: 1.5 }, { currency: 'pounds' }, { method: 'GOLD' as 'UPI' }])
      await expect(gateway().start(order(wrong))).rejects.toThrow('answered 400')
    for (const returnPath of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example', '/a\r\nb'])
      await expect(gateway().start(order({ returnPath }))).rejects.toThrow('answered 400')
    for (const callbackUrl of [
      'http://169.254.169.254/latest',
      'http://127.0.0.1.elsewhere.example/',
      'http://10.0.0.1:80/'
    ])
      expect((await opensFor(callbackUrl)).status).toBe(400)
    for (const unknown of [randomUUID(), 'none', '../../health/ready'])
      await expect(gateway().lookUp(unknown)).rejects.toThrow(GatewayDown)
    expect(await fingerprint()).toEqual(before)
  })

  it('has a secret that no other installation has', async () => {
    const secretWith = async (SESSION_SECRET: string) => {
      vi.resetModules()
      vi.stubEnv('SESSION_SECRET', SESSION_SECRET)
      return (await import('../../src/config.ts')).config.testGateway?.secret
    }
    const [mine, theirs] = [await secretWith('a'.repeat(32)), await secretWith('b'.repeat(32))]
    vi.unstubAllEnvs()
    expect(new Set([mine, theirs, gatewaySecret, undefined]).size).toBe(4)
  })

  it('believes only what the gateway signed, and not long ago', () => {
    const body = Buffer.from(JSON.stringify({ checkout: { id: 'c', paymentId: 'p' } }))
    const verify = (signature: string | undefined, said = body) =>
      gateway().verify(said, { [SIGNATURE_HEADER]: signature })
    const now = Date.now()
    expect(verify(sign(body, gatewaySecret))).toEqual({ reference: 'c', paymentId: 'p' })
    expect(verify(sign('{}', gatewaySecret), Buffer.from('{}'))).toBeNull()
    for (const forged of [
      ...[undefined, '', 't=1,v1=00', sign(body, 'another'), sign('{}', gatewaySecret)],
      ...[sign(body, gatewaySecret, now - 301_000), sign(body, gatewaySecret, now + 302_000)],
      sign(body, gatewaySecret).replace(/t=\d+/, `t=${Math.floor(now / 1000) - 1}`)
    ])
      expect(() => verify(forged), forged).toThrow(Forged)
  })
})

describe('the test gateway behind a bad line', () => {
  it.each<Fault>(['hang', 'error', 'garbage', 'drop', { lateBy: 1000 }])(
    'is down, and says no secret: %j',
    async fault => {
      faulty.set(fault)
      const failed = await faulty.gateway.lookUp((await gateway().start(order())).reference).catch(error => error)
      expect(failed).toBeInstanceOf(GatewayDown)
      for (const secret of [gatewaySecret, keyFrom(gatewaySecret)])
        expect(`${failed.stack} ${JSON.stringify(failed)}`).not.toContain(secret)
    }
  )

  it('has done what it was asked when only its answer was lost', async () => {
    const wanted = order()
    faulty.set('drop', 'start', 'refund')
    await expect(faulty.gateway.start(wanted)).rejects.toThrow(GatewayDown)
    expect(await db.testCheckout.count({ where: { idempotencyKey: wanted.paymentId } })).toBe(1)
    const refund = await paid()
    await expect(faulty.gateway.refund(refund)).rejects.toThrow(GatewayDown)
    expect((await faulty.gateway.lookUp(refund.reference)).refundedMinor).toBe(4550)
    faulty.set('pass')
    await Promise.all([faulty.gateway.start(wanted), faulty.gateway.refund(refund)])
    expect(faulty.asked.toSorted()).toEqual(['refund', 'start'])
    expect(await db.testCheckout.count({ where: { idempotencyKey: wanted.paymentId } })).toBe(1)
  })
})
