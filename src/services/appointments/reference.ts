import { randomInt } from 'node:crypto'

// No I, L, O, U, 0 or 1: nothing that sounds or looks like something else on the phone.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A short name for an appointment that can be said on the phone: `K7Q2-9XTD`, one of 30⁸ (about 6.6 × 10¹¹). */
export function newReference() {
  const drawn = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
  return `${drawn.slice(0, 4)}-${drawn.slice(4)}`
}
