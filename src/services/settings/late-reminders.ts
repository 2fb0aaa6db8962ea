import { db } from '../../database/client.ts'
import type { Settings } from './settings.ts'

/**
 * How many minutes before a visit patients can last cancel, at the clinic in use where that is shortest among those that
 * are past it when the last reminder comes; null when there is none, or nobody is reminded.
 */
export async function lateReminders({ firstReminderHours, lastReminderHours }: Settings) {
  const hours = lastReminderHours || firstReminderHours
  if (!hours) return null
  const clinic = await db.clinic.findFirst({
    where: { deactivatedAt: null, cancellationNoticeMinutes: { gte: hours * 60 } },
    select: { cancellationNoticeMinutes: true },
    orderBy: { cancellationNoticeMinutes: 'asc' }
  })
  return clinic && { hours, noticeMinutes: clinic.cancellationNoticeMinutes }
}
