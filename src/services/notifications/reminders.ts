import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { smsGateway } from '../../gateways/sms.ts'
import { Prisma } from '../../generated/client.ts'
import { type Reminder, remindersOf } from '../../scheduling/reminders.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { type Settings, settings } from '../settings/settings.ts'
import { keyOf, type Message, planMessages } from './plan.ts'
import { whenToText } from './when-to-text.ts'
import { type ToldOf, toldOf } from './who-is-told.ts'

const AT_ONCE = 200

/** How many hours before a visit people are reminded of it, the longest first; none when there are to be no reminders. */
export const hoursBefore = ({ firstReminderHours, lastReminderHours }: Settings) =>
  [...new Set([firstReminderHours, lastReminderHours])].filter(hours => hours > 0).sort((a, b) => b - a)

/** SQL over `a` (appointments): whoever comes then may be reminded of it. */
export const isToBeReminded = ({ now }: Ctx) =>
  Prisma.sql`a.status IN ('BOOKED', 'CONFIRMED') AND a.starts_at > ${toDate(now)}`

/**
 * The reminders of a visit that are still to come: by mail to whoever wants them, the last one by text as well to whoever
 * wants texts; to a patient without an account each by text, outside quiet hours. They belong to that time of the visit:
 * another one has its own.
 */
export function reminderMessages(ctx: Ctx, of: ToldOf, allowed: Settings): Message[] {
  const hours = hoursBefore(allowed)
  const due = remindersOf(instantOf(of.startsAt), of.timeZone, hours, ctx.now)
  return due.flatMap(reminder => {
    const isLast = reminder.hours === hours.at(-1)
    const texts = smsGateway() !== null
    const atDay = { ...reminder, at: whenToText(ctx.now, reminder.at, of, allowed) }
    if (!of.accountId) return texts ? [message(of, atDay, { channel: 'SMS', patientId: of.patientId })] : []
    const to = { recipientId: of.accountId }
    const isTexted = texts && isLast && of.accountPhone && of.wantsTexts
    return [
      ...(of.wantsReminders ? [message(of, reminder, { channel: 'EMAIL', ...to })] : []),
      ...(isTexted ? [message(of, atDay, { channel: 'SMS', ...to })] : [])
    ]
  })
}

type Way = { channel: 'EMAIL' | 'SMS' } & ({ recipientId: string } | { patientId: string })

const message = (of: ToldOf, { hours, at }: Reminder, way: Way): Message => ({
  ...way,
  ...{ kind: 'appointment.reminder', appointmentId: of.id, clinicId: of.clinicId, sendAfter: at },
  about: `${of.id}:${of.startsAt.toISOString()}:${hours}`,
  data: { sequence: of.sequence, hours }
})

/**
 * Plans what reminders are missing of visits soon to come: the settings may have changed since they were booked, or
 * they came from elsewhere. The same ones are never planned twice. Returns of how many visits it looked.
 */
export async function planReminders(ctx: Ctx) {
  const allowed = await settings()
  const [longest = 0] = hoursBefore(allowed)
  const until = ctx.now.add({ hours: longest + 26 })
  let seen = 0
  for (let after = ''; ; ) {
    const some = await visitsAfter(ctx, after, toDate(until))
    const missing = await withoutKnown(some.flatMap(of => reminderMessages(ctx, of, allowed)))
    if (missing.length) await transaction(tx => planMessages(tx, ctx, missing))
    seen += some.length
    const last = some.at(-1)
    if (!last || some.length < AT_ONCE) return seen
    after = `${last.startsAt.toISOString()}/${last.id}`
  }
}

async function withoutKnown(messages: Message[]) {
  const rows = await db.notification.findMany({
    where: { dedupeKey: { in: messages.map(keyOf) } },
    select: { dedupeKey: true }
  })
  const known = new Set(rows.map(({ dedupeKey }) => dedupeKey))
  return messages.filter(message => !known.has(keyOf(message)))
}

function visitsAfter(ctx: Ctx, after: string, until: Date) {
  const [time = '', id = ''] = after.split('/')
  const from = after ? Prisma.sql`(a.starts_at, a.id) > (${new Date(time)}, ${id}::uuid)` : Prisma.sql`true`
  return db.$queryRaw<ToldOf[]>`
    ${toldOf} WHERE ${isToBeReminded(ctx)} AND a.starts_at <= ${until} AND ${from}
    ORDER BY a.starts_at, a.id LIMIT ${AT_ONCE}`
}
