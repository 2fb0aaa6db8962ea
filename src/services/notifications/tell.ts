import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { EventName } from '../audit/events.ts'
import type { Subject } from '../audit/record.ts'
import type { MessageKind } from './kinds.ts'
import { planMessages } from './plan.ts'
import { tellOfAppointment } from './tell-of-appointment.ts'

/** What the owner of an account is told of what happened to it. */
const aboutAccounts: Partial<Record<EventName, MessageKind>> = {
  'invitation.created': 'account.invited',
  'user.registered': 'account.confirm',
  'user.reset-offered': 'account.reset',
  'user.password-changed': 'account.password-changed',
  'user.password-reset': 'account.password-changed'
}

/**
 * Plans the messages that an event makes necessary, in its transaction: nobody who changes something has to think of
 * who is to be told.
 */
export async function tell(tx: Tx, ctx: Ctx, event: EventName, subject: Subject) {
  if (event.startsWith('appointment.') && subject.id) return tellOfAppointment(tx, ctx, event, subject.id, subject.data)

  const kind = aboutAccounts[event]
  const { userId, invitationId = subject.type === 'invitation' ? subject.id : undefined } = subject.data ?? {}
  const recipientId = subject.type === 'user' ? subject.id : userId
  if (!kind || typeof recipientId !== 'string') return
  const data = typeof invitationId === 'string' ? { invitationId } : {}
  const about = data.invitationId ?? `${recipientId}:${ctx.now.epochMilliseconds}`
  await planMessages(tx, ctx, [{ kind, channel: 'EMAIL', recipientId, about, data }])
}
