import { createHash } from 'node:crypto'
import { secretBytes } from '../../signatures.ts'

// Crockford's base32: no I, L, O or U, so a code survives being read out and typed.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 28

/**
 * The code of a link, from the link's id: 140 bits in seven groups of four that only this installation can work out, so
 * that a mail can be written anew for each attempt and no code is kept. Changes with SESSION_SECRET.
 */
export function codeOf(id: string) {
  const letters = [...secretBytes('link', id).subarray(0, LENGTH)].map(byte => LETTERS[byte % LETTERS.length])
  return letters.join('').replace(/.{4}(?=.)/g, '$&-')
}

/** What is kept of a code. However it is typed (case, spaces, O for 0), the same code has the same hash. */
export function hashCode(code: string) {
  const typed = code
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  return createHash('sha256').update(typed).digest('hex')
}
