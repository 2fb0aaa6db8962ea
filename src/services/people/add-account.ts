import { type Tx, violates } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'

/** Adds an account. Throws a Refusal of `email` when the address has one, also when it gets one at the same moment. */
export async function addAccount(tx: Tx, data: Prisma.UserCreateInput) {
  await refuseTaken(tx, data.email)
  try {
    return await tx.user.create({ data, select: { id: true } })
  } catch (error) {
    if (violates(error, 'users_email_key')) throw refuse('email', 'errors:email.taken')
    throw error
  }
}

/** Throws a Refusal of `email` when the address has an account. */
export async function refuseTaken(tx: Tx, email: string) {
  if (await isTaken(tx, email)) throw refuse('email', 'errors:email.taken')
}

/** Whether the address has an account, in whatever case. */
export const isTaken = async (tx: Tx, email: string) =>
  (await tx.user.findUnique({ where: { email }, select: { id: true } })) !== null
