import type { Actor, Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Role } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { invitationFor, useUp } from './invitations.ts'
import { hashPassword } from './password-hash.ts'
import { refuseWeak } from './password-rules.ts'
import { accountFor } from './queries.ts'

export interface Acceptance {
  invitation: string
  password: string
  name: string
  phone?: string | undefined
  email?: string | undefined
  role?: Role | undefined
}

/** Opens the account an invitation is for, once: of two who try at the same moment, one is refused. */
export async function acceptInvitation(ctx: Ctx, { password, name, phone, ...given }: Acceptance): Promise<Actor> {
  const invitation = await invitationFor(ctx, given.invitation)
  if (!invitation) throw unusable()
  const { id, user } = invitation
  if (given.email && given.email.toLowerCase() !== user.email.toLowerCase())
    throw refuse('email', 'errors:invitation.email')
  if (given.role && given.role !== user.role) throw refuse('role', 'errors:invitation.role')
  await refuseWeak(password, { email: user.email, name })
  const passwordHash = await hashPassword(password)

  await transaction(async tx => {
    if (!(await useUp(tx, ctx, id, 'JOIN'))) throw unusable()

    await tx.user.update({
      where: { id: user.id },
      data: { passwordHash, name, locale: ctx.locale, emailConfirmedAt: toDate(ctx.now), ...(phone && { phone }) },
      select: { id: true }
    })
    const actor = { ...ctx.actor, id: user.id, role: user.role }
    await record(tx, { ...ctx, actor }, 'invitation.accepted', { type: 'invitation', id, data: { userId: user.id } })
  })
  const account = await accountFor(user.id)
  if (!account) throw unusable()
  return account
}

const unusable = () => refuse('invitation', 'errors:invitation.unusable')
