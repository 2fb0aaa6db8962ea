import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { record } from '../audit/record.ts'
import { endAccess } from './end-access.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { refuseWeak } from './password-rules.ts'
import { ownId } from './queries.ts'

/**
 * Changes one's own password and signs the account out everywhere; whoever asks starts a new session. The calendar
 * address ends, too.
 */
export async function changePassword(ctx: Ctx, { current, password }: { current: string; password: string }) {
  const id = ownId(ctx)
  const user = await db.user.findUniqueOrThrow({
    where: { id },
    select: { email: true, name: true, passwordHash: true }
  })
  const known = user.passwordHash
  if (!known || !(await verifyPassword(known, current))) throw wrong()
  await refuseWeak(password, user)
  const passwordHash = await hashPassword(password)

  await transaction(async tx => {
    const changed = await tx.user.updateMany({ where: { id, passwordHash: known }, data: { passwordHash } })
    if (changed.count === 0) throw wrong()
    const sessions = await endAccess(tx, id)
    await record(tx, ctx, 'user.password-changed', { type: 'user', id, data: { sessions } })
  })
}

const wrong = () => refuse('current', 'errors:password.wrong')
