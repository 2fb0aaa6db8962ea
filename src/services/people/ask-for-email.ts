import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { noteMailRequest } from './mail-request.ts'
import { verifyPassword } from './password-hash.ts'
import { ownId } from './queries.ts'

const MOST_AN_HOUR = 3

/**
 * Notes that one wants another address for one's account. A link goes there, if it is free; whether it is, nobody finds
 * out from here. Throws a Refusal of a wrong password, of the address one has, and of the fourth wish within an hour.
 */
export async function askForEmail(ctx: Ctx, { email, current }: { email: string; current: string }) {
  const userId = ownId(ctx)
  const user = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, passwordHash: true } })
  if (user.email.toLowerCase() === email.toLowerCase()) throw refuse('email', 'errors:email.same')
  if (!user.passwordHash || !(await verifyPassword(user.passwordHash, current)))
    throw refuse('current', 'errors:password.wrong')

  await transaction(async tx => {
    const at = { gt: toDate(ctx.now.subtract({ hours: 1 })) }
    const asked = { event: 'user.email-change-asked', subjectType: 'user', subjectId: userId, at }
    if ((await tx.auditEvent.count({ where: asked })) >= MOST_AN_HOUR) throw refuse('email', 'errors:email.enough')
    await noteMailRequest(tx, ctx, { kind: 'CHANGE', email, userId })
    await record(tx, ctx, 'user.email-change-asked', { type: 'user', id: userId })
  })
}
