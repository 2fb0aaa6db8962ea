import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { dates } from '../../helpers/dates.ts'
import { firstClash } from '../../scheduling/openings.ts'
import type { PublishedHours } from '../../scheduling/publishing.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { isOwnClinic } from '../clinics/own-clinic.ts'
import { hoursOf } from './diary.ts'
import type { HoursPlan } from './plan-working-hours.ts'
import { clockOf } from './shown-hours.ts'
import type { WhoseTime } from './whose-time.ts'

/**
 * Throws Refusal when a plan would have the doctor in two places at once, at the same clinic or another, on any day to
 * come: it names the place, for those who may know it, and the first such day.
 */
export async function refuseClash(
  tx: Tx,
  ctx: Ctx,
  doctor: WhoseTime,
  { hours, presentUntil }: HoursPlan,
  present?: PublishedHours
) {
  const others = (await hoursOf(tx, ctx, doctor.id)).flatMap(other => {
    if (other.id !== present?.id) return [other]
    return presentUntil ? [{ ...other, validUntil: presentUntil }] : []
  })
  const clashes = hours.flatMap(each =>
    others.flatMap(other => {
      const day = firstClash(each, other, dayAt(ctx.now, each.timeZone))
      return day ? [{ each, other, day }] : []
    })
  )
  const [first] = clashes.sort((a, b) => (a.day.toString() < b.day.toString() ? -1 : 1))
  if (first) throw await clash(tx, ctx, doctor, first)
}

interface Clash {
  each: PublishedHours
  other: PublishedHours
  day: Temporal.PlainDate
}

async function clash(tx: Tx, ctx: Ctx, doctor: WhoseTime, { each, other, day }: Clash) {
  const clinic = await tx.clinic.findUniqueOrThrow({
    where: { id: other.clinicId },
    select: { name: true, deactivatedAt: true }
  })
  const words = dates(ctx.locale)
  const zone = other.timeZone === each.timeZone ? '' : ` (${words.zone(ctx.now.toString(), other.timeZone)})`
  const who = ctx.actor.doctorId === doctor.id ? 'you' : 'they'
  const known = clinic.deactivatedAt ? (`${who}AtDeactivated` as const) : who
  const key = who === 'they' && !isOwnClinic(ctx, other.clinicId) ? 'elsewhere' : known
  return refuse('startTime', `team:hours.errors.clash.${key}`, {
    doctor: doctor.name,
    clinic: clinic.name,
    weekday: other.weekday,
    hours: `${clockOf(other.startMinutes)}–${clockOf(other.endMinutes)}${zone}`,
    day: words.fullDay(day.toString())
  })
}
