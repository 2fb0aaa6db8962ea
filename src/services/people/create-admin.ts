import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { addAccount } from './add-account.ts'
import { inviteIn } from './invite.ts'

/**
 * Adds an admin who chooses a password by the invitation whose code this returns. Throws a Refusal if the address is
 * taken.
 */
export const createAdmin = (ctx: Ctx, { email, name }: { email: string; name: string }) =>
  transaction(async tx => {
    const { id } = await addAccount(tx, { email, name, role: 'ADMIN' })
    await record(tx, ctx, 'user.added', { type: 'user', id, data: { role: 'ADMIN' } })
    return inviteIn(tx, ctx, id)
  })
