import { createHash, randomBytes } from 'node:crypto'

// Crockford's base32: no I, L, O or U, so a code survives being read out and typed.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 28

/** 140 random bits in seven groups of four. */
export function newCode() {
  const letters = [...randomBytes(LENGTH)].map(byte => LETTERS[byte % LETTERS.length])
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
