import Stripe from 'stripe'
import { log } from '../../log.ts'
import type { OnlineMethod, Order, PaymentGateway } from '../payments.ts'
import { Forged, GatewayDown } from './errors.ts'
import { isPayable, isTaken, toStripe } from './stripe-amounts.ts'
import {
  begun,
  expand,
  isBack,
  isLost,
  noticeOf,
  refund,
  type StripeRefund,
  standingOf,
  sumOf
} from './stripe-answers.ts'

interface Options {
  secretKey: string
  webhookSecret: string
  /** The public address of this site. */
  baseUrl: string
  /** Where Stripe's interface is, if not where it is for everybody. */
  api?: string
  /** How long one request may take; whatever takes several, or is tried again, may take twice that. */
  timeoutMs?: number
}

/** Stripe closes a session after half an hour at the earliest; some minutes more, since clocks differ. */
const OPEN_SECONDS = 35 * 60
const DAY_SECONDS = 24 * 60 * 60

/** Payments on Stripe's own page (Checkout), so that no card number ever comes near us. */
export function stripeGateway({ secretKey, webhookSecret, baseUrl, api, timeoutMs = 5000 }: Options): PaymentGateway {
  const stripe = new Stripe(secretKey, {
    ...addressOf(api),
    timeout: timeoutMs,
    maxNetworkRetries: 1,
    telemetry: false
  })
  const { sessions } = stripe.checkout
  const ask = <T>(verb: string, work: () => Promise<T>) => asked(verb, within(2 * timeoutMs, work()))

  async function lookUp(reference: string) {
    const standing = standingOf(await sessions.retrieve(reference, { expand }))
    const { transactionId, refundedMinor, currency } = standing
    if (!transactionId || refundedMinor === 0) return standing
    return { ...standing, refundedMinor: sumOf((await refundsOf(transactionId)).filter(isBack), currency) }
  }

  /** What its key was used for, when the same order is to be begun again and other things have changed since. */
  async function begunBefore(paymentId: string) {
    for await (const session of sessions.list({ created: { gte: now() - DAY_SECONDS }, limit: 100 }))
      if (session.client_reference_id === paymentId) return session
    throw new Error('a session that is not there')
  }

  /** The latest first. */
  async function refundsOf(intent: string) {
    const all: StripeRefund[] = []
    for await (const each of stripe.refunds.list({ payment_intent: intent, limit: 100 })) all.push(refund.parse(each))
    return all
  }

  return {
    name: 'stripe',
    origin: api ? new URL(api).origin : 'https://checkout.stripe.com',
    methodsFor: (currency, amountMinor) =>
      methods.filter(
        method =>
          isTaken(currency) &&
          typeFor(method, currency) &&
          (amountMinor === undefined || isPayable(amountMinor, currency))
      ),

    start: order =>
      ask('start', async () => {
        const session = await sessions
          .create(sessionFor(order, baseUrl), { idempotencyKey: order.paymentId })
          .catch(error => {
            if (error instanceof Stripe.errors.StripeIdempotencyError) return begunBefore(order.paymentId)
            throw error
          })
        const { id, client_reference_id, url } = begun.parse(session)
        if (client_reference_id !== order.paymentId) throw new Error('a session of something else')
        return { reference: id, url: url ?? baseUrl + order.returnPath }
      }),

    lookUp: reference => ask('lookUp', () => lookUp(reference)),

    close: reference =>
      ask('close', () =>
        sessions.expire(reference, { expand }).then(standingOf, error => {
          // Only what is open can be closed: it has just been paid, or is closed already.
          if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 400)
            return lookUp(reference)
          throw error
        })
      ),

    refund: ({ reference, paymentId, transactionId, amountMinor, currency, key }) =>
      ask('refund', async () => {
        const all = await refundsOf(transactionId)
        const [lost] = all.filter(isLost)
        const sent = all.filter(each => !isLost(each))
        const [latest] = sent
        if (latest && sumOf(sent, currency) >= amountMinor) return { reference: latest.id, isDone: sent.every(isBack) }
        if (lost) log.warn({ gateway: 'stripe', paymentId, refund: lost.id }, 'a refund came to nothing')
        if (lost && lost.created > now() - DAY_SECONDS) return { reference: lost.id, isDone: false }

        // Asked for again with the same key, what came to nothing would only be said again.
        const idempotencyKey = ['refund', key, ...(lost ? [lost.id] : [])].join(':')
        const metadata = { session: reference, payment_id: paymentId }
        const made = refund.parse(
          await stripe.refunds.create({ payment_intent: transactionId, metadata }, { idempotencyKey })
        )
        return { reference: made.id, isDone: isBack(made) && sent.every(isBack) }
      }),

    verify(body, { 'stripe-signature': signature = '' }) {
      let event: unknown
      try {
        event = stripe.webhooks.constructEvent(body, signature, webhookSecret)
      } catch {
        throw new Forged('stripe')
      }
      return noticeOf(event)
    }
  }
}

const methods: OnlineMethod[] = ['UPI', 'CARD', 'WALLET']

/**
 * What Stripe calls a method; nothing where it has none. Apple Pay and Google Pay stand on its page of cards, but not in
 * India. Paying through a bank's own site in rupees is not to be had on its page.
 */
function typeFor(method: OnlineMethod, currency: string) {
  if (method === 'UPI') return currency === 'INR' ? 'upi' : null
  if (method === 'WALLET') return currency === 'INR' ? null : 'card'
  return method === 'CARD' ? 'card' : null
}

function sessionFor({ paymentId, method, currency, description, ...order }: Order, baseUrl: string) {
  const amount = toStripe(order.amountMinor, currency)
  const type = typeFor(method, currency)
  if (amount === null || type === null) throw new NotPayable()

  const metadata = { payment_id: paymentId }
  return {
    mode: 'payment',
    client_reference_id: paymentId,
    metadata,
    payment_intent_data: { metadata, description },
    allowed_payment_method_types: [type],
    line_items: [
      {
        quantity: 1,
        price_data: { currency: currency.toLowerCase(), unit_amount: amount, product_data: { name: description } }
      }
    ],
    // The price that was shown is the price that is charged, in its own currency.
    adaptive_pricing: { enabled: false },
    locale: localeFor(order.locale),
    expires_at: now() + OPEN_SECONDS,
    success_url: baseUrl + order.returnPath,
    cancel_url: baseUrl + order.leftPath
  } satisfies Stripe.Checkout.SessionCreateParams
}

// biome-ignore format: a list of words
const locales = [
  'bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'es-419', 'et', 'fi', 'fil', 'fr', 'fr-CA', 'hi-IN', 'hr', 'hu', 'id',
  'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi',
  'zh', 'zh-HK', 'zh-TW'
]

/** The nearest language that Stripe's page speaks, or what the browser asks for. */
function localeFor(locale: string) {
  const [language = ''] = locale.split('-')
  return (
    [locale, language].find(each => locales.includes(each)) ??
    locales.find(each => each.startsWith(`${language}-`)) ??
    'auto'
  )
}

const now = () => Math.floor(Date.now() / 1000)

function addressOf(api?: string): { host?: string; port?: string; protocol?: 'http' | 'https' } {
  if (!api) return {}
  const { hostname: host, port, protocol } = new URL(api)
  return { host, port, protocol: protocol === 'http:' ? 'http' : 'https' }
}

/** The SDK begins to count again with every byte that comes, and whenever it tries again. */
async function within<T>(milliseconds: number, work: Promise<T>) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), milliseconds)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** What Stripe would refuse for good. */
class NotPayable extends Error {}

/** What won't be any better by asking again: somebody has to look at what was asked, or at the keys. */
const refusals = [
  Stripe.errors.StripeInvalidRequestError,
  Stripe.errors.StripeAuthenticationError,
  Stripe.errors.StripePermissionError,
  NotPayable
]

/** Of what went wrong the log gets what Stripe's support asks for; its own words may quote what was sent. */
async function asked<T>(verb: string, work: Promise<T>) {
  return work.catch((error: unknown) => {
    const { type, code, statusCode, requestId } =
      error instanceof Stripe.errors.StripeError ? error : { type: nameOf(error) }
    const what = { gateway: 'stripe', verb, type, code, statusCode, requestId }
    if (refusals.some(each => error instanceof each)) log.error(what, 'the gateway refuses what it was asked')
    else log.warn(what, 'the gateway did not answer as agreed')
    throw new GatewayDown(`stripe: ${verb}`)
  })
}

const nameOf = (error: unknown) => (error instanceof Error ? error.constructor.name : typeof error)
