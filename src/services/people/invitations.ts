import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import type { InvitationPurpose } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import { hashCode, newCode } from './invitation-code.ts'

/** The invitation a code opens and whom it is for; null when it is unknown, used, expired or its account disabled. */
export const invitationFor = (ctx: Ctx, code: string) => usable(ctx, code, 'JOIN')

/** The same for a code with which the owner of an account chooses a new password. */
export const resetFor = (ctx: Ctx, code: string) => usable(ctx, code, 'RESET')

const usable = (ctx: Ctx, code: string, purpose: InvitationPurpose) =>
  db.invitation.findUnique({
    where: {
      codeHash: hashCode(code),
      purpose,
      usedAt: null,
      expiresAt: { gt: toDate(ctx.now) },
      user: ownerOf[purpose]
    },
    select: { id: true, user: { select: { id: true, email: true, name: true, role: true } } }
  })

/** Who may use a link: somebody who has no password yet, or somebody who has one. */
const ownerOf = {
  JOIN: { disabledAt: null, passwordHash: null },
  RESET: { disabledAt: null, passwordHash: { not: null } }
} as const

/** Uses a link up. Says whether it still worked: of two who use it at the same moment, one is told no. */
export async function useUp(tx: Tx, ctx: Ctx, id: string, purpose: InvitationPurpose) {
  const now = toDate(ctx.now)
  const used = await tx.invitation.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now }, user: ownerOf[purpose] },
    data: { usedAt: now }
  })
  return used.count > 0
}

/** Makes a link of an account and ends its older ones. Returns the id and the code, which is known this once. */
export async function newLink(tx: Tx, ctx: Ctx, userId: string, purpose: InvitationPurpose, hours: number) {
  await endLinks(tx, ctx, userId)
  const code = newCode()
  const { id } = await tx.invitation.create({
    data: {
      userId,
      purpose,
      invitedById: ctx.actor.id,
      codeHash: hashCode(code),
      createdAt: toDate(ctx.now),
      expiresAt: toDate(ctx.now.add({ hours }))
    },
    select: { id: true }
  })
  return { id, code }
}

/** Lets every link of an account that still works expire. */
export async function endLinks(tx: Tx, ctx: Ctx, userId: string) {
  const now = toDate(ctx.now)
  await tx.invitation.updateMany({ where: { userId, usedAt: null, expiresAt: { gt: now } }, data: { expiresAt: now } })
}
