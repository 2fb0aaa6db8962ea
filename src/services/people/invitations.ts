import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { hashCode } from './invitation-code.ts'

/** The invitation a code opens and whom it is for; null when it is unknown, used, expired or its account disabled. */
export const invitationFor = (ctx: Ctx, code: string) =>
  db.invitation.findUnique({
    where: {
      codeHash: hashCode(code),
      usedAt: null,
      expiresAt: { gt: toDate(ctx.now) },
      user: { disabledAt: null, passwordHash: null }
    },
    select: { id: true, user: { select: { id: true, email: true, name: true, role: true } } }
  })
