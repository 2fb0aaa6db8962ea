import { config } from '../config.ts'
import { stripeGateway } from './payments/stripe.ts'
import { testGateway } from './payments/test.ts'

/** How somebody can pay from afar. */
export type OnlineMethod = 'UPI' | 'CARD' | 'NET_BANKING' | 'WALLET'

/**
 * What is to be paid, in the minor unit of its currency (by which `Intl` counts it, which is ISO 4217's in most), and
 * where people and news come back to.
 */
export interface Order {
  /** Ours, and the key by which the gateway knows the order again: the same one twice is one checkout. */
  paymentId: string
  method: OnlineMethod
  amountMinor: number
  currency: string
  /** A line for the gateway's page and the bank's statement. Never anything about health. */
  description: string
  /** BCP 47 */
  locale: string
  /** Paths of ours: for whoever paid or tried to, for whoever turned back, and for what the gateway tells us. */
  returnPath: string
  leftPath: string
  callbackPath: string
}

/** A page of the gateway's on which one order can be paid. */
export interface Checkout {
  /** What the gateway calls it. */
  reference: string
  /** Where to send the payer; of this site when it begins with a slash. */
  url: string
}

/**
 * How a checkout stands, as its gateway says. FAILED is for good: nobody can pay it any more. PAID stays PAID when the
 * money went back.
 */
export interface Standing {
  reference: string
  /** Ours. */
  paymentId: string
  state: 'OPEN' | 'PAID' | 'FAILED'
  /** Whether it failed because it was declined, rather than left or closed. */
  isDeclined: boolean
  /** What the gateway calls the money, once it is paid. */
  transactionId: string | null
  /**
   * What was really taken, and what of it went back and is there by now, not on its way; in the minor unit of
   * `currency`.
   */
  receivedMinor: number
  refundedMinor: number
  currency: string
}

/** All of what was taken, on its way back. */
export interface Refund {
  reference: string
  /** Ours. */
  paymentId: string
  transactionId: string
  amountMinor: number
  currency: string
  /** The same key twice is one refund. What came to nothing is tried anew, after a while. */
  key: string
}

/** What the gateway calls a refund, and whether the money is back: a bank may take its time, and may say no. */
export interface SentRefund {
  reference: string
  isDone: boolean
}

/** What a callback is about. It is only a hint to look: what counts is what the gateway answers when it is asked. */
export interface Notice {
  /** Empty when the gateway said only ours. */
  reference: string
  /** Ours, if the gateway said it. */
  paymentId: string | null
}

/**
 * A payment gateway in our words. Everything it does over the network ends within a few seconds: in an answer, or in
 * GatewayDown.
 */
export interface PaymentGateway {
  name: 'test' | 'stripe'
  /** How it can take this amount in a currency (ISO 4217), in minor units; any amount at all when none is said. */
  methodsFor(currency: string, amountMinor?: number): OnlineMethod[]
  /** Where its pages are, for the Content-Security-Policy; '' when they are on this site. */
  origin: string
  start(order: Order): Promise<Checkout>
  /** Throws GatewayDown, also when it knows no such checkout. */
  lookUp(reference: string): Promise<Standing>
  /** Makes sure that nobody can pay it any more, and says how it stands then: it may just have been paid. */
  close(reference: string): Promise<Standing>
  /** Sends the money back, once however often it is asked, and again only when that came to nothing. */
  refund(refund: Refund): Promise<SentRefund>
  /** Throws Forged unless the gateway wrote it, and not long ago. Null for what is about no checkout of ours. */
  verify(body: Buffer, headers: Record<string, string | string[] | undefined>): Notice | null
}

let inForce: PaymentGateway | null | undefined

/** Where new payments are made; null when this operator takes money only at the clinic. */
export function paymentGateway(): PaymentGateway | null {
  const now = inForce === undefined ? chosen() : inForce
  inForce = now
  return now
}

/** The gateway that a payment was made with, even if new ones are made elsewhere; null when it is no longer set up. */
export function gatewayCalled(name: string): PaymentGateway | null {
  if (paymentGateway()?.name === name) return paymentGateway()
  return name === 'stripe' || name === 'test' ? called(name) : null
}

/** Puts another in force: tests serve on ports of their own. */
export function useGateway(gateway: PaymentGateway | null) {
  inForce = gateway
}

const chosen = () => (config.paymentGateway === 'none' ? null : called(config.paymentGateway))

function called(name: 'test' | 'stripe') {
  if (name === 'stripe') return config.stripe ? stripeGateway(config.stripe) : null
  return config.testGateway ? testGateway(config.testGateway) : null
}
