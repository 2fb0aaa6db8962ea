import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { doctorWeek } from '../availability/slots-queries.ts'
import { visitsOn } from './visits-on.ts'

/**
 * A doctor's visits and times from Monday to Sunday around a day, each clinic's by its own clock. Without a date it is
 * this week where the doctor works next.
 */
export async function visitsOfWeek(ctx: Ctx, on?: string) {
  const week = await doctorWeek(ctx, on)
  const [monday = week.date] = week.dates
  return {
    ...week,
    today: dayAt(ctx.now, week.timeZone).toString(),
    appointments: await visitsOn(ctx, week.clinics, Temporal.PlainDate.from(monday), week.dates.length)
  }
}
