import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import type { InvitationPurpose } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import { codeOf, hashCode } from './invitation-code.ts'

/** Who may use a link: somebody who has no password yet, or somebody who has one. */
const ownerOf = {
  JOIN: { disabledAt: null, passwordHash: null },
  RESET: { disabledAt: null, passwordHash: { not: null } },
  CONFIRM: { disabledAt: null, passwordHash: { not: null } },
  CHANGE: { disabledAt: null, passwordHash: { not: null } }
} as const

const purposes = Object.keys(ownerOf) as InvitationPurpose[]

/** The invitation a code opens and whom it is for; null when it is unknown, used, expired or its account disabled. */
export const invitationFor = (ctx: Ctx, code: string) => usable(ctx, code, ['JOIN'])

/** The same for a code with which the owner of an account chooses a new password. */
export const resetFor = (ctx: Ctx, code: string) => usable(ctx, code, ['RESET'])

/** The same for a code that shows whose an address is: the account's own (CONFIRM), or the one it is to get (CHANGE). */
export const confirmationFor = (ctx: Ctx, code: string) => usable(ctx, code, ['CONFIRM', 'CHANGE'])

/** A link by its id, for whoever writes to its owner, with its code; null when it is good for nothing any more. */
export async function mailable(ctx: Ctx, id = '') {
  const code = codeOf(id)
  const link = await usable(ctx, code, purposes)
  return link && { ...link, code }
}

/** The invitation by which somebody may still join. */
export const openInvitation = (tx: Tx, ctx: Ctx, userId: string) =>
  tx.invitation.findFirst({
    where: { userId, ...working(ctx), purpose: 'JOIN', user: ownerOf.JOIN },
    select: { id: true }
  })

const working = ({ now }: Ctx) => ({ usedAt: null, expiresAt: { gt: toDate(now) } })

const usable = (ctx: Ctx, code: string, purposes: InvitationPurpose[]) =>
  db.invitation.findUnique({
    where: {
      ...{ codeHash: hashCode(code), ...working(ctx) },
      OR: purposes.map(purpose => ({ purpose, user: ownerOf[purpose] }))
    },
    select: {
      ...{ id: true, purpose: true, email: true, invitedById: true, createdAt: true, expiresAt: true },
      user: { select: { id: true, email: true, name: true, role: true, emailConfirmedAt: true } }
    }
  })

/** Uses a link up. Says whether it still worked: of two who use it at the same moment, one is told no. */
export async function useUp(tx: Tx, ctx: Ctx, id: string, purpose: InvitationPurpose) {
  const used = await tx.invitation.updateMany({
    where: { id, purpose, ...working(ctx), user: ownerOf[purpose] },
    data: { usedAt: toDate(ctx.now) }
  })
  return used.count > 0
}

interface NewLink {
  purpose: InvitationPurpose
  /** How long it works. */
  minutes?: number
  hours?: number
  /** The address that the account is to get. */
  email?: string
  /** Links that somebody else offered work on: anybody can ask for this one. */
  keepsOffered?: boolean
}

/** Makes a link of an account and ends its older ones for the same purpose. Returns its id and code. */
export async function newLink(tx: Tx, ctx: Ctx, userId: string, { purpose, minutes, hours, email, ...how }: NewLink) {
  await endLinks(tx, userId, { purpose, ...how })
  const id = randomUUID()
  const code = codeOf(id)
  await tx.invitation.create({
    data: {
      ...{ id, userId, purpose, email: email ?? null, invitedById: ctx.actor.id, codeHash: hashCode(code) },
      createdAt: toDate(ctx.now),
      expiresAt: toDate(ctx.now.add({ minutes: minutes ?? 0, hours: hours ?? 0 }))
    },
    select: { id: true }
  })
  return { id, code }
}

/** Makes the link with which whoever opened an account shows that mail to its address arrives. */
export const confirmLink = (tx: Tx, ctx: Ctx, userId: string) =>
  newLink(tx, ctx, userId, { purpose: 'CONFIRM', hours: 3 * 24 })

/**
 * Ends every link of an account that nobody has used, or those for one purpose, also those whose time is up: they last
 * no time at all then, by which they are told from those whose mail was late.
 */
export async function endLinks(tx: Tx, userId: string, { purpose, keepsOffered = false }: Partial<NewLink> = {}) {
  await tx.$executeRaw`
    UPDATE invitations SET expires_at = created_at
    WHERE user_id = ${userId}::uuid AND used_at IS NULL AND expires_at > created_at
      ${purpose ? Prisma.sql`AND purpose = ${purpose}::"InvitationPurpose"` : Prisma.empty}
      AND NOT (${keepsOffered} AND invited_by_id IS NOT NULL)`
}
