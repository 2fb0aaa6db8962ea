import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { NotFound, refuse } from '../../errors.ts'
import { recordMessage } from './record-message.ts'
import { seenToByCall } from './see-to.ts'
import { visibleMessages } from './visible-messages.ts'

/**
 * Notes that somebody was told in another way what a message could not tell them; done already, it stays done. Throws
 * NotFound, and a Refusal of a message that has not failed.
 */
export async function settleMessage(ctx: Ctx, id: string) {
  await transaction(async tx => {
    const message = await tx.notification.findFirst({ where: { AND: [{ id }, visibleMessages(ctx)] } })
    if (!message) throw new NotFound()
    if (message.status !== 'FAILED') throw refuse(null, 'messages:errors.notFailed')
    if (message.seenToAt) return

    await seenToByCall(tx, ctx, message)
    await recordMessage(tx, ctx, 'message.settled', message)
  })
}
