import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import type { Settings } from '../settings/settings.ts'
import { upcoming } from './transitions.ts'

/**
 * Throws a Refusal when the patient has as many appointments to come as the settings allow. Whoever may book for
 * patients knows why somebody needs one more.
 */
export async function checkOpenAppointments(
  tx: Tx,
  ctx: Ctx,
  patientId: string,
  { openAppointmentsPerPatient }: Settings
) {
  if (may(ctx.actor, 'appointments.book-for-patients')) return

  const open = await tx.appointment.count({
    where: { patientId, status: { in: [...upcoming] }, startsAt: { gt: toDate(ctx.now) } }
  })
  if (open >= openAppointmentsPerPatient)
    throw refuse(null, 'booking:refusal.tooManyOpen', { count: openAppointmentsPerPatient })
}

/**
 * Until when a hold lasts that is taken or renewed now: some minutes more, and no less than before, but no longer in all
 * than the settings say.
 */
export function holdEnd(now: Temporal.Instant, allowed: Settings, hold?: Hold | null) {
  const renewed = now.add({ minutes: allowed.holdMinutes }).epochMilliseconds
  const longest = longestHold(allowed, hold?.createdAt ?? toDate(now)).valueOf()
  return new Date(Math.min(longest, Math.max(renewed, hold?.holdExpiresAt?.valueOf() ?? 0)))
}

interface Hold {
  createdAt: Date
  holdExpiresAt: Date | null
}

/** Until when a hold taken `since` can last at all: as long as somebody is paying. */
export const longestHold = ({ holdMinutesAtMost }: Settings, since: Date) =>
  toDate(instantOf(since).add({ minutes: holdMinutesAtMost }))
