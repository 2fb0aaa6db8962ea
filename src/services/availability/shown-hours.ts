import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Stretch } from '../../scheduling/openings.ts'
import { dayAt } from '../../scheduling/zone.ts'

/** Minutes past midnight as a clock shows them: `09:00`; the midnight that ends a day is `00:00`. */
export const clockOf = (minutes: number) =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map(part => String(part).padStart(2, '0')).join(':')

/** Whether this person may know that a doctor is at a clinic: the front desk knows of its own. */
export const mayKnowPlace = ({ actor }: Ctx, clinicId: string) =>
  actor.role !== 'STAFF' || actor.clinicIds.includes(clinicId)

interface Hours extends Stretch {
  id: string
  weekday: number
  breaks: Stretch[]
  slotMinutes: number
  validFrom: Temporal.PlainDate
  validUntil: Temporal.PlainDate | null
}

interface Place {
  clinic: { id: string; name: string; city: string; timeZone: string }
  room: { id: string; name: string } | null
}

/** Hours as their page and their JSON show them, and as a form takes them: times on the clinic's clock. */
export const shownHours = (ctx: Ctx, hours: Hours, { clinic, room }: Place) => ({
  id: hours.id,
  ...times(ctx, hours, clinic.timeZone),
  breaks: hours.breaks.map(({ startMinutes, endMinutes }) => ({
    startTime: clockOf(startMinutes),
    endTime: clockOf(endMinutes)
  })),
  slotMinutes: hours.slotMinutes,
  clinic,
  room
})

/** All that the front desk may know of hours at a clinic that isn't its own. */
export const hoursElsewhere = (ctx: Ctx, hours: Hours, timeZone: string) => times(ctx, hours, timeZone)

function times({ now }: Ctx, { weekday, startMinutes, endMinutes, ...hours }: Hours, timeZone: string) {
  const today = dayAt(now, timeZone).toString()
  const [validFrom, validUntil] = [hours.validFrom.toString(), hours.validUntil?.toString() ?? null]
  return {
    weekday,
    startTime: clockOf(startMinutes),
    endTime: clockOf(endMinutes),
    validFrom,
    validUntil,
    isToCome: validFrom > today,
    isOver: validUntil !== null && validUntil < today
  }
}
