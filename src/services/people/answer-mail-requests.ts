import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import type { MailRequestKind } from '../../generated/enums.ts'
import { log } from '../../log.ts'
import { record } from '../audit/record.ts'
import { isEnough } from '../notifications/enough.ts'
import { planMessages } from '../notifications/plan.ts'
import { isTaken } from './add-account.ts'
import { confirmLink, newLink } from './invitations.ts'
import { inviteAgain, tellOwner } from './tell-owner.ts'

interface Asked {
  kind: MailRequestKind
  email: string
  userId: string | null
}

type Answer = (tx: Tx, ctx: Ctx, asked: Asked) => Promise<void>

const MOST = 500

/**
 * Plans the mails that somebody asked for, whoever they turn out to be for: whoever asked was answered before anybody
 * looked. Each request once, by however many workers; one that fails keeps no other from being answered and is tried
 * again the next time. Returns how many were answered.
 */
export async function answerMailRequests(ctx: Ctx) {
  const waiting = await db.mailRequest.findMany({ orderBy: { id: 'asc' }, take: MOST, select: { id: true } })
  let answered = 0
  for (const { id } of waiting) {
    try {
      if (await answerOne(ctx, id)) answered++
    } catch (error) {
      log.error({ mailRequestId: String(id), err: error as Error }, 'mail request not answered')
    }
  }
  return answered
}

const answerOne = (ctx: Ctx, id: bigint) =>
  transaction(async tx => {
    const [asked] = await tx.$queryRaw<Asked[]>`
      DELETE FROM mail_requests WHERE id = (SELECT id FROM mail_requests WHERE id = ${id} FOR UPDATE SKIP LOCKED)
      RETURNING kind, email, user_id AS "userId"`
    if (asked) await answers[asked.kind](tx, ctx, asked)
    return asked !== undefined
  })

/** A link to choose a new password; the invitation again for whoever has none yet; nothing for anybody else. */
const reset: Answer = async (tx, ctx, { email }) => {
  const user = await tx.user.findUnique({
    where: { email, disabledAt: null },
    select: { id: true, passwordHash: true }
  })
  if (!user) return
  if (!user.passwordHash) return inviteAgain(tx, ctx, user.id)
  if (await isEnough(tx, ctx, 'account.reset', { recipientId: user.id })) return

  const { id: invitationId } = await newLink(tx, ctx, user.id, {
    ...{ purpose: 'RESET', minutes: 30, keepsOffered: true }
  })
  await record(tx, ctx, 'user.reset-offered', { type: 'user', id: user.id, data: { invitationId } })
}

/** The link to confirm an account's address, as long as that has not been done. */
const confirm: Answer = async (tx, ctx, { email }) => {
  const kind = 'account.confirm'
  const user = await tx.user.findUnique({
    where: { email, disabledAt: null, passwordHash: { not: null }, emailConfirmedAt: null },
    select: { id: true }
  })
  if (!user || (await isEnough(tx, ctx, kind, { recipientId: user.id }))) return

  const { id: about } = await confirmLink(tx, ctx, user.id)
  const data = { invitationId: about }
  await planMessages(tx, ctx, [{ kind, channel: 'EMAIL', recipientId: user.id, about, data }])
}

/** A link to the address that an account is to get; word to its owner when it has an account already. */
const change: Answer = async (tx, ctx, { email, userId }) => {
  const kind = 'account.email-change'
  const user = await tx.user.findUnique({
    where: { id: userId ?? '', disabledAt: null, passwordHash: { not: null } },
    select: { id: true }
  })
  if (!user) return
  if (await isTaken(tx, email)) return tellOwner(tx, ctx, email)
  if (await isEnough(tx, ctx, kind, { recipientId: user.id })) return
  if (await isEnough(tx, ctx, kind, { address: email })) return

  const { id: about } = await newLink(tx, ctx, user.id, { purpose: 'CHANGE', hours: 24, email })
  const data = { invitationId: about }
  await planMessages(tx, ctx, [{ kind, channel: 'EMAIL', recipientId: user.id, address: email, about, data }])
}

const answers: Record<MailRequestKind, Answer> = { RESET: reset, CONFIRM: confirm, CHANGE: change }
