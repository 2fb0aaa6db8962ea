import { createHash } from 'node:crypto'
import type { Chance } from './chance.ts'

/** Every account of the demo has an address here; `.example` reaches nobody (RFC 2606). */
export const DEMO_DOMAIN = '@demo.example'

/** A UUID made from what it names (RFC 9562, version 5), so that the same thing has the same id every time. */
export function idOf(...what: (string | number)[]) {
  const bytes = createHash('sha1')
    .update(`docket demo/${what.join('/')}`)
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** `Dr Sofía Lindqvist-Aramburu` is `sofia.lindqvist-aramburu`. */
export const mailboxOf = (name: string) =>
  name
    .replace(/^Dr /, '')
    .normalize('NFD')
    .replace(/[^\w\s-]/g, '')
    .toLowerCase()
    .replace(/\s+/g, '.')

const LETTERS = [...'23456789ABCDEFGHJKMNPQRSTVWXYZ']

/** Eight sayable letters as `K7Q2-9XTD`, never the same twice. */
export function newReference(chance: Chance, given: Set<string>) {
  for (;;) {
    const drawn = Array.from({ length: 8 }, () => chance.pick(LETTERS)).join('')
    const reference = `${drawn.slice(0, 4)}-${drawn.slice(4)}`
    if (given.has(reference)) continue

    given.add(reference)
    return reference
  }
}
