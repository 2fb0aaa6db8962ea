import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { afterAll, beforeAll } from 'vitest'
import { Books, type Charge, type Intent, type Refund, Refused, type Session, seconds } from './stripe-books.ts'

const secretKey = 'sk_test_a1b2c3d4e5f6'
const webhookSecret = 'whsec_a1b2c3d4e5f6'

/** How it answers while something is wrong with it. `lost` does what it is asked, once, but the answer is cut off. */
type Trouble = 'none' | 'hangs' | 'drips' | 'web page' | 'null' | 'half' | 'elsewhere' | 'breaks' | 'lost'

/** The part of Stripe that we use: its interface, its page and what it tells us, as its documentation describes them. */
export class StripeFake {
  readonly keys = { secretKey, webhookSecret }
  readonly books = new Books()
  readonly asked: string[] = []
  trouble: Trouble = 'none'
  url = ''
  private readonly remembered = new Map<string, { request: string; status: number; body: object }>()
  private readonly server = createServer((req, res) => void this.answer(req, res))

  async open() {
    await once(this.server.listen(0, '127.0.0.1'), 'listening')
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
    this.books.pages = `${this.url}/c/pay/`
  }

  close() {
    this.server.closeAllConnections()
    this.server.close()
  }

  /** Posts an event as Stripe does. Returns the status of the answer. */
  async tells(site: string, type: string, object: Session | Charge | Refund | Intent, how: Telling = {}) {
    const payload = JSON.stringify(how.payload ?? { id: 'evt_1', object: 'event', type, data: { object } })
    const { secret = webhookSecret, timestamp = seconds() } = how
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })
    const answer = await fetch(`${site}/callbacks/stripe`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature },
      body: how.sent ?? payload
    })
    return answer.status
  }

  private async answer(req: IncomingMessage, res: ServerResponse) {
    const { pathname, searchParams } = new URL(req.url ?? '', this.url)
    let body = ''
    for await (const chunk of req) body += chunk
    if (pathname.startsWith('/c/pay/')) return void res.end(this.page(pathname.slice('/c/pay/'.length)))

    this.asked.push(`${req.method} ${pathname}`)
    const given = req.method === 'GET' ? searchParams : new URLSearchParams(body)
    const { status, body: said } = this.respond(req, `${req.method} ${pathname}`, given)
    this.send(res, status, said)
  }

  /**
   * Idempotency as Stripe has it: what was begun with a key is answered again, also a refusal; anything else is
   * refused.
   */
  private respond(req: IncomingMessage, path: string, given: URLSearchParams) {
    if (req.headers.authorization !== `Bearer ${secretKey}`)
      return new Refused('Invalid API Key provided', { status: 401 }).answer
    const key = req.headers['idempotency-key']
    const known = typeof key === 'string' ? this.remembered.get(key) : undefined
    const request = `${path} ${given}`
    if (known && known.request !== request)
      return new Refused(
        'Keys for idempotent requests can only be used with the same parameters they were first used with.',
        {
          type: 'idempotency_error'
        }
      ).answer
    if (known) return known

    const answer = this.perform(path, given)
    if (typeof key === 'string' && !answer.isMalformed)
      this.remembered.set(key, structuredClone({ request, ...answer }))
    return answer
  }

  private perform(path: string, given: URLSearchParams): { status: number; body: object; isMalformed?: boolean } {
    const [, action = path, id = ''] = /^(\w+ \/v1\/checkout\/sessions)\/(\w+)/.exec(path) ?? []
    const { books } = this
    try {
      if (path === 'POST /v1/checkout/sessions') return ok(books.shown(books.begin(given)))
      if (path === 'GET /v1/checkout/sessions')
        return ok(books.listed('/v1/checkout/sessions', books.sessionsSince(given), given))
      if (path.endsWith('/expire')) return ok(books.shown(books.expire(books.session(id)), given))
      if (action === 'GET /v1/checkout/sessions') return ok(books.shown(books.session(id), given))
      if (path === 'POST /v1/refunds') return ok(books.refund(given))
      if (path === 'GET /v1/refunds')
        return ok(books.listed('/v1/refunds', books.refundsOf(given.get('payment_intent')), given))
      throw new Refused(`Unrecognized request URL (${path})`, { status: 404 })
    } catch (error) {
      if (error instanceof Refused) return error.answer
      throw error
    }
  }

  /** What somebody sees who is to pay; paying is what a test does. */
  private page(id: string) {
    const { success_url, cancel_url } = this.books.session(id).asked as Record<string, string>
    return `<!doctype html><title>Stripe</title><a href="${success_url}">Done</a> <a href="${cancel_url}">Back</a>`
  }

  private send(res: ServerResponse, status: number, body: object) {
    const { trouble } = this
    const json = (text: string) =>
      res.writeHead(status, { 'Content-Type': 'application/json', 'Request-Id': 'req_1' }).end(text)
    if (trouble === 'none') return json(JSON.stringify(body))
    if (trouble === 'hangs') return
    if (trouble === 'drips') return drip(res)
    if (trouble === 'web page') return res.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>')
    if (trouble === 'null') return json('null')
    if (trouble === 'half') return json(JSON.stringify(body).slice(0, 40))
    if (trouble === 'elsewhere') return json(JSON.stringify({ id: 'cs_test_0', ...somethingElse }))
    if (trouble === 'breaks') {
      const { answer } = new Refused('Something went wrong: sk_test_a1b2c3d4e5f6', { status: 500, type: 'api_error' })
      return res
        .writeHead(500, { 'Content-Type': 'application/json', 'Request-Id': 'req_1' })
        .end(JSON.stringify(answer.body))
    }
    this.trouble = 'none'
    res.destroy()
  }
}

interface Telling {
  /** Signed with another secret, at another time (Unix seconds); other words, or words that are not what was signed. */
  secret?: string
  timestamp?: number
  payload?: unknown
  sent?: string
}

/** Paid, but with nothing, and not what was asked for. */
const somethingElse = {
  ...{ object: 'checkout.session', status: 'complete', payment_status: 'paid', client_reference_id: 'shop-17' },
  ...{ currency: 'eur', payment_intent: null, url: null }
}

const ok = (body: object) => ({ status: 200, body })

/** An answer that never ends: a space now and then keeps the connection busy. */
function drip(res: ServerResponse) {
  res.writeHead(200, { 'Content-Type': 'application/json' })
  const timer = setInterval(() => res.write(' '), 20)
  res.on('close', () => clearInterval(timer))
}

/** Stripe for a test file. */
export function stripeFake() {
  const fake = new StripeFake()
  beforeAll(() => fake.open())
  afterAll(() => fake.close())
  return fake
}
