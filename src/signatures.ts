import { createHmac, timingSafeEqual } from 'node:crypto'
import { config } from './config.ts'

/** 128 bits, in letters that an address may hold. */
const BYTES = 16

/**
 * What only this installation can have written beside `text`, and only for this purpose: without keeping anything, what
 * comes back can be told from what was made up. Changes with SESSION_SECRET.
 */
export const sign = (purpose: string, text: string) => digest(purpose, text).toString('base64url')

/**
 * Whether that is what `sign` gave, letter by letter: other letters can stand for the same bytes. Takes as long whether
 * it nearly is or not at all.
 */
export function isSigned(purpose: string, text: string, signature: string) {
  const [given, meant] = [Buffer.from(signature), Buffer.from(sign(purpose, text))]
  return given.length === meant.length && timingSafeEqual(given, meant)
}

/** So many bytes that nobody else can guess, the same ones each time. */
export const secretBytes = (purpose: string, text: string) => digestOf(purpose, text)

const digest = (purpose: string, text: string) => digestOf(purpose, text).subarray(0, BYTES)
const digestOf = (purpose: string, text: string) =>
  createHmac('sha256', config.linkSecret).update(`${purpose}\0${text}`).digest()
