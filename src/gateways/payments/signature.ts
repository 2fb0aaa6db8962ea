import { createHmac, timingSafeEqual } from 'node:crypto'
import { Forged } from './errors.ts'

/** How old what is told may be, and how far two clocks may be apart. */
const TOLERANCE_SECONDS = 300

export const SIGNATURE_HEADER = 'test-gateway-signature'

/** The key by which the test gateway knows its merchant. It tells nothing of the secret it is made from. */
export const keyFrom = (secret: string) => hmac(secret, 'key')

/**
 * `t=<unix seconds>,v1=<hex>`: an HMAC-SHA256 of `<unix seconds>.<body>`, so that nothing can be told again much later.
 */
export const sign = (body: string | Buffer, secret: string, at = Date.now()) => {
  const seconds = Math.floor(at / 1000)
  return `t=${seconds},v1=${hmac(secret, `${seconds}.`, body)}`
}

/** Throws Forged unless `signature` was made of this body with this secret, within five minutes of `at`. */
export function verifySignature(body: Buffer, signature: unknown, secret: string, at = Date.now()) {
  const [, seconds = '', said = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(String(signature)) ?? []
  const isRecent = Math.abs(at / 1000 - Number(seconds)) <= TOLERANCE_SECONDS
  if (!isRecent || !isSame(said, hmac(secret, `${seconds}.`, body))) throw new Forged('the signature is wrong or old')
}

/** Compares two secrets in a time that says nothing about them. */
export const isSame = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))

/** Both as long as each other, whatever was sent. */
const digest = (text: string) => createHmac('sha256', 'same length').update(text).digest()

function hmac(secret: string, ...pieces: (string | Buffer)[]) {
  const made = createHmac('sha256', secret)
  for (const piece of pieces) made.update(piece)
  return made.digest('hex')
}
