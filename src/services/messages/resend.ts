import type { Ctx } from '../../context.ts'
import { type Tx, transaction, violates } from '../../database/transaction.ts'
import { NotFound, refuse } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { copiesOf, isReplaced, originalId } from './copies.ts'
import { recordMessage } from './record-message.ts'
import { seenToByCopy } from './see-to.ts'
import { visibleMessages } from './visible-messages.ts'
import { againRelations, whyNotAgain, workingLinks } from './why-not-again.ts'

/** How many copies there were when it was asked for: asked twice of the same number, it is sent once. */
interface Again {
  copies?: number | undefined
}

/**
 * Sends a message once more, now, as what is true now and to where whoever gets it is reached now; one that had failed is
 * made up for by that. Returns the copy. Throws NotFound, and a Refusal of what can't be sent again.
 */
export async function resendMessage(ctx: Ctx, id: string, { copies }: Again) {
  const isMadeMeanwhile = (error: unknown) => violates(error, 'notifications_dedupe_key_key')
  return transaction(async tx => {
    const where = { AND: [{ id }, visibleMessages(ctx)] }
    const message = await tx.notification.findFirst({ where, include: againRelations })
    if (!message) throw new NotFound()
    const made = (await copiesOf(tx, message, { id: true, status: true })).slice(1)
    const copy = made[copies ?? made.length]
    if (copy) return copy

    const links = await workingLinks(tx, ctx, [message])
    const why = isReplaced(message, made) ? 'COPIED' : whyNotAgain(ctx, message, links)
    if (why) throw refuse(null, `messages:again.${why}`)
    const { id: copyId } = await copyOf(tx, ctx, message, made.length + 1)
    if (message.status === 'FAILED') await seenToByCopy(tx, ctx, message)
    await recordMessage(tx, ctx, 'message.resent', message, { copyId })
    return { id: copyId }
  }, isMadeMeanwhile)
}

type Original = Prisma.NotificationGetPayload<object>

function copyOf(tx: Tx, { now }: Ctx, { recipientId, patientId, address, ...message }: Original, number: number) {
  const { appointmentId, clinicId, kind, channel } = message
  const copyOfId = originalId(message)
  return tx.notification.create({
    data: {
      ...{ recipientId, patientId, address, appointmentId, clinicId, kind, channel },
      ...{ copyOfId, dedupeKey: `again:${copyOfId}:${number}` },
      ...{ data: message.data ?? {}, createdAt: toDate(now), sendAfter: toDate(now) }
    },
    select: { id: true }
  })
}
