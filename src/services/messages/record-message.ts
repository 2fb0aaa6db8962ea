import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import { record } from '../audit/record.ts'

type Message = Pick<Prisma.NotificationGetPayload<object>, 'id' | 'kind' | 'channel' | 'clinicId' | 'appointmentId'>

/** Writes down what was done about a message: which kind it is, and which visit it is about; not whose, nor its words. */
export function recordMessage(
  tx: Tx,
  ctx: Ctx,
  event: 'message.resent' | 'message.settled',
  { id, kind, channel, clinicId, appointmentId }: Message,
  more: { copyId?: string } = {}
) {
  const data = { kind, channel, ...more, ...(appointmentId && { appointmentId }) }
  return record(tx, ctx, event, { type: 'message', id, ...(clinicId && { clinicId }), data })
}
