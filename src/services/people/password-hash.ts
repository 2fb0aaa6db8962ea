import { randomUUID } from 'node:crypto'
import { argon2id, hash, needsRehash, verify } from 'argon2'
import { refuse } from '../../errors.ts'
import { turns } from '../../turns.ts'

/** One of the equivalent minimums of OWASP's Password Storage Cheat Sheet; 19 MiB and about 20 ms each. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const MOST_BYTES = 1024

// Memory times concurrency is how hashing brings a server down.
const inTurn = turns(4, 400)

/** Throws a Refusal of a password over 1,024 bytes, Busy when four hundred others wait. */
export async function hashPassword(password: string) {
  refuseHuge(password)
  return inTurn(() => hash(password, { type: argon2id, ...COST }))
}

/** Whether this password made that hash. Throws as `hashPassword` does. */
export async function verifyPassword(passwordHash: string, password: string) {
  refuseHuge(password)
  return inTurn(() => verify(passwordHash, password))
}

/** Whether the hash was made at another cost than today's. */
export const isOutdated = (passwordHash: string) => needsRehash(passwordHash, COST)

/** Nobody's: verified when there is no account, so that the answer takes as long as if there were one. */
export const dummyHash = await hashPassword(randomUUID())

function refuseHuge(password: string) {
  if (Buffer.byteLength(password) > MOST_BYTES) throw refuse('password', 'errors:password.tooLong')
}
