import { randomInt } from 'node:crypto'

// No I, L, O, U, 0 or 1: nothing that sounds or looks like something else on the phone.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A short name for an appointment that can be said on the phone: `K7Q2-9XTD`, one of 30⁸ (about 6.6 × 10¹¹). */
export function newReference() {
  const drawn = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
  return hyphenated(drawn)
}

/** What a text may be of a reference, or begin one, however it is typed: `k7q2 9xtd`, `K7Q29X`. Null when it can't. */
export function asReference(typed: string): string | null {
  const bare = typed.replace(/[\s-]/g, '').toUpperCase()
  return /^[A-Z0-9]{5,8}$/.test(bare) ? hyphenated(bare) : null
}

const hyphenated = (bare: string) => `${bare.slice(0, 4)}-${bare.slice(4)}`
