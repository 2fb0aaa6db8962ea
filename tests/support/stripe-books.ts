/**
 * What Stripe writes down, and what it refuses: https://docs.stripe.com/api, version 2026-10-28. Amounts as it counts.
 */
export interface Session {
  id: string
  object: 'checkout.session'
  status: 'open' | 'complete' | 'expired'
  payment_status: 'paid' | 'unpaid'
  client_reference_id: string | null
  amount_total: number
  currency: string
  payment_intent: string | null
  url: string | null
  created: number
  expires_at: number
  [key: string]: unknown
}

export interface Intent {
  id: string
  object: 'payment_intent'
  status: 'requires_payment_method' | 'processing' | 'succeeded' | 'canceled'
  amount: number
  amount_received: number
  currency: string
  metadata: Record<string, string>
  last_payment_error: object | null
  latest_charge: string | null
}

export interface Charge {
  id: string
  object: 'charge'
  amount: number
  amount_refunded: number
  refunded: boolean
  currency: string
  payment_intent: string
  metadata: Record<string, string>
}

export interface Refund {
  id: string
  object: 'refund'
  amount: number
  currency: string
  status: 'succeeded' | 'pending' | 'failed' | 'canceled'
  payment_intent: string
  charge: string
  created: number
  metadata: Record<string, string>
}

export const seconds = () => Math.floor(Date.now() / 1000)

const known =
  /^(mode|client_reference_id|metadata\[payment_id\]|payment_intent_data\[(metadata\]\[payment_id|description)\]|allowed_payment_method_types\[0\]|line_items\[0\]\[(quantity|price_data\]\[(currency|unit_amount|product_data\]\[name))\]|adaptive_pricing\[enabled\]|locale|expires_at|success_url|cancel_url)$/
const leastAmounts: Record<string, number> = { usd: 50, eur: 50, gbp: 30, inr: 50, jpy: 50, huf: 17500 }

export class Books {
  pages = ''
  /** How money is given back: some banks take their time, some say no. */
  refundStatus: Refund['status'] = 'succeeded'
  readonly sessions: Session[] = []
  readonly intents: Intent[] = []
  readonly charges: Charge[] = []
  readonly refunds: Refund[] = []

  begin(given: URLSearchParams) {
    const text = (name: string) => given.get(name) ?? ''
    const amount = Number(text('line_items[0][price_data][unit_amount]'))
    const currency = text('line_items[0][price_data][currency]')
    check(given, amount, currency)
    const number = this.sessions.length + 1
    const session: Session = {
      ...{ id: `cs_test_${number}`, object: 'checkout.session', status: 'open', payment_status: 'unpaid' },
      ...{
        mode: text('mode'),
        client_reference_id: text('client_reference_id') || null,
        amount_total: amount,
        currency
      },
      ...{ payment_intent: null, url: `${this.pages}cs_test_${number}`, created: seconds() },
      expires_at: Number(text('expires_at')),
      metadata: { payment_id: text('metadata[payment_id]') },
      asked: Object.fromEntries(given)
    }
    this.sessions.unshift(session)
    return session
  }

  session(id: string) {
    const session = this.sessions.find(each => each.id === id)
    if (!session) throw new Refused(`No such checkout.session: '${id}'`, { status: 404, code: 'resource_missing' })
    return session
  }

  /** The session of one of our orders. */
  of(paymentId: string) {
    const session = this.sessions.find(each => each.client_reference_id === paymentId)
    if (!session) throw new Error(`nothing was begun for ${paymentId}`)
    return session
  }

  expire(session: Session) {
    if (session.status !== 'open')
      throw new Refused(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`
      )
    const intent = this.intentOf(session)
    if (intent) intent.status = 'canceled'
    return Object.assign(session, { status: 'expired', url: null })
  }

  // What people do on Stripe's page, and their banks afterwards.

  pays(session: Session, amount = session.amount_total) {
    this.confirms(session, 'succeeded')
    this.arrives(session, amount)
  }

  /** Through a bank that says later whether it was done. */
  paysLater(session: Session) {
    this.confirms(session, 'processing')
  }

  arrives(session: Session, amount = session.amount_total) {
    const intent = this.confirms(session, 'succeeded')
    const charge: Charge = {
      ...{ id: `ch_${this.charges.length + 1}`, object: 'charge', amount, amount_refunded: 0, refunded: false },
      ...{ currency: session.currency, payment_intent: intent.id, metadata: intent.metadata }
    }
    this.charges.push(charge)
    Object.assign(intent, { amount_received: amount, latest_charge: charge.id, last_payment_error: null })
    session.payment_status = 'paid'
  }

  bounces(session: Session) {
    Object.assign(this.confirms(session, 'requires_payment_method'), { last_payment_error: declined })
  }

  /** A card that is no good: the page asks for another one. */
  isDeclined(session: Session) {
    if (session.status !== 'open') throw new Error('nobody can pay that any more')
    Object.assign(this.intentFor(session), { status: 'requires_payment_method', last_payment_error: declined })
  }

  private confirms(session: Session, status: Intent['status']) {
    if (session.status === 'expired') throw new Error('nobody can pay that any more')
    Object.assign(session, { status: 'complete', url: null })
    return Object.assign(this.intentFor(session), { status })
  }

  private intentFor(session: Session) {
    const there = this.intentOf(session)
    if (there) return there
    const { amount_total: amount, currency } = session
    const asked = session.asked as Record<string, string>
    const intent: Intent = {
      ...{ id: `pi_${this.intents.length + 1}`, object: 'payment_intent', status: 'processing', amount, currency },
      ...{ amount_received: 0, last_payment_error: null, latest_charge: null },
      metadata: { payment_id: asked['payment_intent_data[metadata][payment_id]'] ?? '' }
    }
    this.intents.push(intent)
    session.payment_intent = intent.id
    return intent
  }

  intentOf = (session: Session) => this.intents.find(each => each.id === session.payment_intent)
  chargeOf = (session: Session) => this.charges.find(each => each.payment_intent === session.payment_intent)

  // Money that goes back.

  refund(given: URLSearchParams) {
    const intent = this.intents.find(each => each.id === given.get('payment_intent'))
    if (!intent)
      throw new Refused(`No such payment_intent: '${given.get('payment_intent')}'`, {
        status: 404,
        code: 'resource_missing'
      })
    const charge = this.charges.find(each => each.id === intent.latest_charge)
    if (!charge) throw new Refused(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`)
    if (charge.refunded)
      throw new Refused(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
    const left = charge.amount - charge.amount_refunded
    const amount = given.has('amount') ? Number(given.get('amount')) : left
    if (amount > left)
      throw new Refused(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`)

    const refund: Refund = {
      ...{ id: `re_${this.refunds.length + 1}`, object: 'refund', amount, currency: charge.currency },
      ...{ status: this.refundStatus, payment_intent: intent.id, charge: charge.id, created: seconds() },
      metadata: Object.fromEntries(
        ['session', 'payment_id'].flatMap(name => {
          const said = given.get(`metadata[${name}]`)
          return said === null ? [] : [[name, said]]
        })
      )
    }
    this.refunds.unshift(refund)
    if (refund.status !== 'failed') charge.amount_refunded += amount
    charge.refunded = charge.amount_refunded === charge.amount
    return refund
  }

  /** A bank takes the money after all, or won't have it: then it is back with Stripe. `daysAgo` is when it was sent. */
  ends(refund: Refund, status: 'succeeded' | 'failed' | 'canceled', { daysAgo = 0 } = {}) {
    refund.created -= daysAgo * 24 * 60 * 60
    refund.status = status
    const charge = this.charges.find(({ id }) => id === refund.charge)
    if (!charge || status === 'succeeded') return
    charge.amount_refunded -= refund.amount
    charge.refunded = false
  }

  /** By hand, in Stripe's dashboard. */
  refundsByHand(session: Session, amount?: number) {
    const given = new URLSearchParams({ payment_intent: session.payment_intent ?? '' })
    if (amount !== undefined) given.set('amount', String(amount))
    return this.refund(given)
  }

  refundsOf = (intent: string | null) => this.refunds.filter(each => each.payment_intent === intent)

  /** What was taken and what of it went back, in all. */
  sums() {
    const sum = (amounts: number[]) => amounts.reduce((all, each) => all + each, 0)
    return {
      taken: sum(this.charges.map(({ amount }) => amount)),
      returned: sum(this.charges.map(({ amount_refunded }) => amount_refunded))
    }
  }

  // How it is shown.

  /** Other objects in a session are ids, unless they are asked for. */
  shown(session: Session, given = new URLSearchParams()) {
    const intent = this.intentOf(session)
    const isExpanded = given.get('expand[0]') === 'payment_intent.latest_charge'
    const charge = this.charges.find(each => each.id === intent?.latest_charge) ?? null
    const { asked: _asked, ...shown } = session
    return isExpanded && intent ? { ...shown, payment_intent: { ...intent, latest_charge: charge } } : shown
  }

  sessionsSince = (given: URLSearchParams) =>
    this.sessions.filter(each => each.created >= Number(given.get('created[gte]')))

  listed(url: string, all: { id: string }[], given: URLSearchParams) {
    const from = all.findIndex(each => each.id === given.get('starting_after')) + 1
    // Few to a page, so that pages are turned.
    const data = all.slice(from, from + 2)
    return { object: 'list', url, has_more: from + 2 < all.length, data }
  }
}

const declined = { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline' }

function check(given: URLSearchParams, amount: number, currency: string) {
  const type = given.get('allowed_payment_method_types[0]')
  const left = Number(given.get('expires_at')) - seconds()
  const unknown = [...given.keys()].find(name => !known.test(name))
  if (unknown)
    throw new Refused(`Received unknown parameter: ${unknown}`, { code: 'parameter_unknown', isMalformed: true })
  const problems: [boolean, string, string?][] = [
    [!Number.isInteger(amount) || amount < 1, 'Invalid integer'],
    [amount < (leastAmounts[currency] ?? 1), 'The amount is below what can be charged', 'amount_too_small'],
    [amount > 99_999_999_99, 'The amount is above what can be charged', 'amount_too_large'],
    [/^(isk|ugx)$/.test(currency) && amount % 100 > 0, 'Not whole', 'invalid_charge_amount_no_decimal_compatible'],
    [/^(bhd|jod|kwd|omr|tnd)$/.test(currency) && amount % 10 > 0, 'The last digit must be 0'],
    [currency !== currency.toLowerCase(), 'Invalid currency'],
    [!['card', 'upi'].includes(type ?? ''), `Invalid payment method type: ${type}`],
    [type === 'upi' && currency !== 'inr', 'No payment method can be offered'],
    [left < 30 * 60, 'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.'],
    [left > 24 * 60 * 60, 'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.'],
    [!/^https?:/.test(given.get('success_url') ?? ''), 'Not a valid URL', 'url_invalid'],
    [!/^https?:/.test(given.get('cancel_url') ?? ''), 'Not a valid URL', 'url_invalid'],
    [!/^(auto|[a-z]{2,3}(-[A-Z0-9]{2,3})?)$/.test(given.get('locale') ?? ''), 'Invalid locale']
  ]
  const [, message, code] = problems.find(([isWrong]) => isWrong) ?? []
  if (message) throw new Refused(message, { isMalformed: true, ...(code && { code }) })
}

interface Details {
  status?: number
  type?: string
  code?: string
  /** Refused before anything was begun: the same key may be used again. */
  isMalformed?: boolean
}

/** An error in the words of Stripe. */
export class Refused extends Error {
  readonly answer: { status: number; body: object; isMalformed: boolean }

  constructor(
    message: string,
    { status = 400, type = 'invalid_request_error', code, isMalformed = false }: Details = {}
  ) {
    super(message)
    this.answer = { status, body: { error: { type, message, ...(code && { code }) } }, isMalformed }
  }
}
