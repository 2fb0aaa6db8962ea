import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { ownId } from '../people/queries.ts'
import { isMailed } from './is-mailed.ts'
import type { MessageData } from './kinds.ts'

interface Visit {
  id: string
  sequence: number
  clinic: { timeZone: string }
}

const news = ['appointment.booked', 'appointment.moved', 'appointment.confirmed']

/**
 * What whoever looks after a patient can count on: whether an appointment as it is now was told by e-mail, or is about
 * to be, and on which days reminders come, by the clinic's clock. Null where no mails are sent.
 */
export async function whatComes(ctx: Ctx, { id, sequence, clinic: { timeZone } }: Visit) {
  if (!isMailed()) return null
  const rows = await db.notification.findMany({
    where: { appointmentId: id, recipientId: ownId(ctx), channel: { in: ['EMAIL', 'SMS'] } },
    orderBy: { sendAfter: 'asc' },
    select: { kind: true, channel: true, status: true, sendAfter: true, data: true }
  })
  const told = rows.filter(
    ({ kind, channel, data }) =>
      channel === 'EMAIL' && news.includes(kind) && (data as MessageData).sequence === sequence
  )
  const waiting = rows.filter(({ kind, status }) => kind === 'appointment.reminder' && status === 'PLANNED')
  const days = waiting.map(({ sendAfter }) => onTheClock(sendAfter, timeZone).slice(0, 10))
  return { said: saidOf(told.map(({ status }) => status)), reminders: [...new Set(days)] }
}

const saidOf = (all: string[]) => (all.includes('SENT') ? 'told' : all.includes('PLANNED') ? 'onItsWay' : null)
