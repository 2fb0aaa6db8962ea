import type { Actor, Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Role } from '../../generated/enums.ts'
import { record } from '../audit/record.ts'
import { addAccount, isTaken } from './add-account.ts'
import { confirmLink } from './invitations.ts'
import { hashPassword } from './password-hash.ts'
import { refuseWeak } from './password-rules.ts'
import { tellOwner } from './tell-owner.ts'

export interface Registration {
  email: string
  password: string
  name: string
  phone?: string | undefined
  role?: Role | undefined
}

/**
 * Opens an account for a patient, who is also the first person it looks after, and mails a link to confirm the address.
 * Every other role needs an invitation. Throws a Refusal when the address is taken, of which its owner is told, or the
 * password weak.
 */
export async function register(
  ctx: Ctx,
  { email, password, name, phone, role = 'PATIENT' }: Registration
): Promise<Actor> {
  if (role !== 'PATIENT') throw refuse('role', 'errors:role.invited')
  if (await isTaken(db, email)) {
    await transaction(tx => tellOwner(tx, ctx, email))
    throw refuse('email', 'errors:email.taken')
  }
  await refuseWeak(password, { email, name })
  const passwordHash = await hashPassword(password)

  return transaction(async tx => {
    const { id } = await addAccount(tx, { email, passwordHash, role, name, phone: phone ?? null, locale: ctx.locale })
    const account: Actor = { id, role, name, clinicIds: [], doctorId: null }
    await tx.patient.create({ data: { accountId: id, relation: 'SELF', name }, select: { id: true } })
    const { id: invitationId } = await confirmLink(tx, ctx, id)
    await record(tx, { ...ctx, actor: account }, 'user.registered', { type: 'user', id, data: { invitationId } })
    return account
  })
}
