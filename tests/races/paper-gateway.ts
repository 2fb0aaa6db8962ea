import { Forged, GatewayDown } from '../../src/gateways/payments/errors.ts'
import type { Notice, Order, PaymentGateway, Refund, Standing } from '../../src/gateways/payments.ts'
import type { randomNumbers } from './customer.ts'

interface Entry extends Order {
  reference: string
  state: 'OPEN' | 'PAID' | 'DECLINED' | 'CLOSED'
  received: number
  refunded: number
}

/**
 * A gateway with books of paper, for tests that turn it every way: it may be out, or do what it was asked and lose the
 * answer, and banks may take their time over refunds or turn them down. It never gives back more than it took.
 */
export class PaperGateway implements PaymentGateway {
  readonly name = 'test'
  readonly origin = ''
  readonly books = new Map<string, Entry>()
  /** Callbacks that it owes, in no order. */
  readonly owed: Notice[] = []
  /** How often it is out, how often its answer is lost, and how often a bank doesn't take a refund at once. */
  faults = { out: 0, lost: 0, slow: 0 }
  readonly #random: ReturnType<typeof randomNumbers>

  constructor(random: ReturnType<typeof randomNumbers>) {
    this.#random = random
  }

  methodsFor() {
    return ['CARD', 'UPI'] as ('CARD' | 'UPI')[]
  }

  start(order: Order) {
    return this.#answer(() => {
      const reference = `paper-${order.paymentId}`
      if (!this.books.has(reference))
        this.books.set(reference, { ...order, reference, state: 'OPEN', received: 0, refunded: 0 })
      return { reference, url: `/${reference}` }
    })
  }

  lookUp(reference: string) {
    return this.#answer(() => this.#standing(reference))
  }

  close(reference: string) {
    return this.#answer(() => {
      const entry = this.#entry(reference)
      if (entry.state === 'OPEN') entry.state = 'CLOSED'
      return this.#standing(reference)
    })
  }

  refund({ reference, amountMinor }: Refund) {
    return this.#answer(() => {
      const entry = this.#entry(reference)
      if (amountMinor !== entry.received) throw new Error(`refund of ${amountMinor}, taken ${entry.received}`)
      if (!this.#random.chance(this.faults.slow)) entry.refunded = amountMinor
      return { reference: `back-${reference}`, isDone: entry.refunded === amountMinor }
    })
  }

  verify(body: Buffer): Notice {
    const { signature, ...notice } = JSON.parse(String(body))
    if (signature !== 'paper') throw new Forged()
    return notice
  }

  /** What a payer does on its page: pays, in full or not, or is declined. */
  decides(reference: string, state: 'PAID' | 'DECLINED', amount?: number) {
    const entry = this.#entry(reference)
    if (entry.state !== 'OPEN') return
    entry.state = state
    entry.received = state === 'PAID' ? (amount ?? entry.amountMinor) : 0
    this.owed.push({ reference, paymentId: entry.paymentId })
  }

  /** A bank turns down what went back to it. */
  bounces(reference: string) {
    const entry = this.#entry(reference)
    entry.refunded = 0
    this.owed.push({ reference, paymentId: entry.paymentId })
  }

  #entry(reference: string) {
    const entry = this.books.get(reference)
    if (!entry) throw new GatewayDown('no such checkout')
    return entry
  }

  #standing(reference: string): Standing {
    const { paymentId, state, received, refunded, currency } = this.#entry(reference)
    return {
      ...{ reference, paymentId, currency, receivedMinor: received, refundedMinor: refunded },
      state: state === 'OPEN' || state === 'PAID' ? state : 'FAILED',
      isDeclined: state === 'DECLINED',
      transactionId: state === 'PAID' ? `money-${reference}` : null
    }
  }

  async #answer<T>(work: () => T): Promise<T> {
    await new Promise(resolve => setTimeout(resolve, this.#random.pick([0, 0, 1, 4])))
    if (this.#random.chance(this.faults.out)) throw new GatewayDown('out')
    const answer = work()
    if (this.#random.chance(this.faults.lost)) throw new GatewayDown('answer lost')
    return answer
  }
}
