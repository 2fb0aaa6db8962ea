import { z } from 'zod'
import { id } from './fields.ts'

/**
 * The sentence that waits for the next page: the key of its words and, when it is about money, which payment's. It
 * travels in a cookie that a browser could be made to send, so that it can hold nothing but what has these shapes, and
 * never a name.
 */
export interface Flash {
  key: string
  payment?: z.output<typeof payment>
}

const payment = z.strictObject({
  id,
  reference: z.string().regex(/^[\dA-Z-]{1,20}$/),
  amountMinor: z.coerce.number().int().min(0),
  currency: z.string().regex(/^[A-Z]{3}$/)
})

interface Payment {
  id: string
  reference: string
  amount: { amountMinor: number; currency: string }
  received: { amountMinor: number; currency: string } | null
}

/** A sentence about the money of a payment: how much, and its reference. */
export const ofPayment = (key: string, { id, reference, amount, received }: Payment): Flash => ({
  key,
  payment: { id, reference, ...(received ?? amount) }
})

export function writeFlash({ key, payment }: Flash) {
  const facts = payment && new URLSearchParams({ ...payment, amountMinor: String(payment.amountMinor) })
  return facts ? `${key}?${facts}` : key
}

/** Null when that is none; whether there are words for its key is for others to know. */
export function readFlash(cookie: string): Flash | null {
  const [key = '', facts] = cookie.split('?', 2)
  if (facts === undefined) return { key }
  const { data } = payment.safeParse(Object.fromEntries(new URLSearchParams(facts)))
  return data ? { key, payment: data } : null
}
