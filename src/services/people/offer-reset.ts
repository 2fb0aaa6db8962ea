import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { record } from '../audit/record.ts'
import { livingUserFor } from './admin-queries.ts'
import { newLink } from './invitations.ts'

const HOURS = 24

/**
 * Lets the owner of an account choose a new password, by a link that is mailed. Returns the code, which is shown this
 * once and works once within 24 hours; older ones stop working, the password that is known works on until then. Throws NotFound, and a Refusal of
 * an account that is disabled, or that nobody has opened yet.
 */
export async function offerReset(ctx: Ctx, id: string): Promise<string> {
  const { state } = await livingUserFor(ctx, id)
  if (state === 'DISABLED') throw refuse(null, 'admin:errors.resetDisabled')
  if (state === 'INVITED') throw refuse(null, 'admin:errors.resetInvited')

  return transaction(async tx => {
    const { id: invitationId, code } = await newLink(tx, ctx, id, { purpose: 'RESET', hours: HOURS })
    await record(tx, ctx, 'user.reset-offered', { type: 'user', id, data: { invitationId } })
    return code
  })
}
