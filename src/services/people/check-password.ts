import type { Actor } from '../../context.ts'
import { db } from '../../database/client.ts'
import { dummyHash, hashPassword, isOutdated, verifyPassword } from './password-hash.ts'
import { accountFor } from './queries.ts'

/**
 * Whose e-mail address and password these are. Null, after the same work, for an unknown address, a wrong password, a
 * disabled account and one that waits for its invitation to be accepted. Throws Busy.
 */
export async function checkPassword(email: string, password: string): Promise<Actor | null> {
  const user = await db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } })
  const isRight = await verifyPassword(user?.passwordHash ?? dummyHash, password)
  if (!user?.passwordHash || !isRight) return null

  const account = await accountFor(user.id)
  if (account && isOutdated(user.passwordHash)) await rehash(user.id, user.passwordHash, password)
  return account
}

async function rehash(id: string, passwordHash: string, password: string) {
  const renewed = await hashPassword(password)
  await db.user.updateMany({ where: { id, passwordHash }, data: { passwordHash: renewed } })
}
