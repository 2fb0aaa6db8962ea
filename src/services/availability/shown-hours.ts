import { createHash } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Stretch } from '../../scheduling/openings.ts'
import { dayAt } from '../../scheduling/zone.ts'

/** Minutes past midnight as a clock shows them: `09:00`; the midnight that ends a day is `00:00`. */
export const clockOf = (minutes: number) =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map(part => String(part).padStart(2, '0')).join(':')

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

/** What says that hours are as somebody has seen them: it is another one after any change. */
export function versionOf(hours: Hours & { clinicId: string; roomId: string | null }) {
  const { clinicId, roomId, weekday, startMinutes, endMinutes, slotMinutes, validFrom, validUntil } = hours
  const breaks = hours.breaks.map(pause => [pause.startMinutes, pause.endMinutes])
  const all = [clinicId, roomId, weekday, startMinutes, endMinutes, breaks, slotMinutes, validFrom, validUntil]
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, 16)
}

/** When hours are, and no more: all that the front desk may know of those at a clinic that isn't its own. */
export function times({ now }: Ctx, { weekday, startMinutes, endMinutes, ...hours }: Hours, timeZone: string) {
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
