import { z } from 'zod'
import type { OnlineMethod, PaymentGateway, Standing } from '../payments.ts'
import { GatewayDown } from './errors.ts'
import { keyFrom, SIGNATURE_HEADER, verifySignature } from './signature.ts'

/** Its interface, and where its pages are, on the server that it is asked at. */
const CHECKOUTS = '/test-gateway/api/checkouts'
const PAGES = '/test-gateway/checkouts/'

const PATIENCE_MS = 5_000
/** What is given up too soon may have begun all the same. */
const PATIENCE_TO_START = 1.6

const methods: OnlineMethod[] = ['UPI', 'CARD', 'NET_BANKING', 'WALLET']

const name = z.string().min(1)
const minor = z.number().int().min(0)
const started = z.object({ id: name, url: z.string().startsWith(PAGES) })
const refunded = z.object({ reference: name })
const stands = z.object({
  id: name,
  paymentId: name,
  state: z.enum(['OPEN', 'PAID', 'DECLINED', 'CLOSED']),
  transactionId: name.nullable(),
  receivedMinor: minor,
  refundedMinor: minor,
  currency: z.string().length(3)
})
const told = z.object({ checkout: z.object({ id: name, paymentId: name }) })

interface Setup {
  /** Where its server is asked, and tells us what happened. */
  url: string
  secret: string
  /** How long it may take to answer, in milliseconds; a little longer to start a checkout. */
  patience?: number
}

/** The built-in gateway, asked over the network as if it were another company's. It takes every method and no money. */
export function testGateway({ url, secret, patience = PATIENCE_MS }: Setup): PaymentGateway {
  const headers = { Authorization: `Bearer ${keyFrom(secret)}`, Accept: 'application/json' }

  async function ask<T>(answers: z.ZodType<T>, path: string, said?: object, patient = patience): Promise<T> {
    const sent = said && { method: 'POST', body: JSON.stringify(said) }
    const answer = await answerTo(url + path, {
      ...sent,
      headers: { ...headers, ...(sent && { 'Content-Type': 'application/json' }) },
      redirect: 'manual',
      signal: AbortSignal.timeout(patient)
    })
    const parsed = answers.safeParse(answer)
    if (!parsed.success) throw new GatewayDown('the test gateway did not answer as agreed')
    return parsed.data
  }

  return {
    name: 'test',
    origin: '',
    methodsFor: () => methods,
    async start({ returnPath, leftPath, callbackPath, locale: _, ...order }) {
      const wanted = { ...order, returnPath, leftPath, callbackUrl: url + callbackPath }
      const checkout = await ask(started, CHECKOUTS, wanted, patience * PATIENCE_TO_START)
      return { reference: checkout.id, url: checkout.url }
    },
    lookUp: async reference => standing(await ask(stands, pathOf(reference))),
    close: async reference => standing(await ask(stands, `${pathOf(reference)}/closing`, {})),
    refund: async ({ reference, paymentId: _, ...wanted }) => ({
      ...(await ask(refunded, `${pathOf(reference)}/refund`, wanted)),
      isDone: true
    }),
    verify(body, sent) {
      verifySignature(body, sent[SIGNATURE_HEADER], secret)
      const { data } = told.safeParse(asJson(body))
      return data ? { reference: data.checkout.id, paymentId: data.checkout.paymentId } : null
    }
  }
}

const pathOf = (reference: string) => `${CHECKOUTS}/${encodeURIComponent(reference)}`

/** Nothing of what was sent or answered goes into what is thrown: it may be logged. */
async function answerTo(address: string, request: RequestInit): Promise<unknown> {
  const answer = await fetch(address, request).catch(() => null)
  if (!answer) throw new GatewayDown('the test gateway did not answer')
  const text = await answer.text().catch(() => '')
  if (!answer.ok) throw new GatewayDown(`the test gateway answered ${answer.status}`)
  return asJson(text)
}

function asJson(text: string | Buffer): unknown {
  try {
    return JSON.parse(text.toString())
  } catch {
    return null
  }
}

const standing = ({ id, state, ...rest }: z.output<typeof stands>): Standing => ({
  ...rest,
  reference: id,
  state: state === 'OPEN' || state === 'PAID' ? state : 'FAILED',
  isDeclined: state === 'DECLINED'
})
