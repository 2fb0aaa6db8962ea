import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { MailRequestKind } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'

interface Asked {
  kind: MailRequestKind
  email: string
  /** Whose account is to have the address. */
  userId?: string
}

/** Notes that somebody wants something mailed to an address; `answerMailRequests` finds out to whom it belongs. */
export const noteMailRequest = (tx: Pick<Tx, 'mailRequest'>, { now, locale }: Ctx, asked: Asked) =>
  tx.mailRequest.create({ data: { ...asked, locale, createdAt: toDate(now) }, select: { id: true } })
