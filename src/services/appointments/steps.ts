import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { dayAt, instantOf } from '../../scheduling/zone.ts'
import type { EventName } from '../audit/events.ts'
import { changeStatus, lockStatus } from './change-status.ts'
import { mayMove } from './transitions.ts'

/** What can be done with a visit, likeliest first. Without `from`, wherever the table of transitions allows it. */
const steps = {
  confirmation: { to: 'CONFIRMED', from: 'BOOKED' },
  rejection: { to: 'REJECTED' },
  arrival: { to: 'CHECKED_IN' },
  completion: { to: 'COMPLETED' },
  noShow: { to: 'NO_SHOW' },
  arrivalRemoval: { to: 'CONFIRMED', from: 'CHECKED_IN' },
  cancellation: { to: 'CANCELLED' }
} as const satisfies Record<string, { to: AppointmentStatus; from?: AppointmentStatus }>

export type Step = keyof typeof steps

interface Visit {
  status: AppointmentStatus
  startsAt: Date
  clinic: { timeZone: string }
}

/**
 * The steps that are possible now. The first one is the next; what has begun needs no confirming, and what is not
 * confirmed yet is turned down rather than cancelled.
 */
export function stepsFor(ctx: Ctx, visit: Visit) {
  const possible = (Object.keys(steps) as Step[]).filter(
    step =>
      leadsOn(ctx, step, visit.status) &&
      !whyNotNow(step, visit, ctx.now) &&
      (step !== 'confirmation' || !hasBegun(visit, ctx.now))
  )
  return possible.filter(step => step !== 'cancellation' || !possible.includes('rejection'))
}

function leadsOn({ actor }: Ctx, step: Step, status: AppointmentStatus) {
  const { to, from = status }: { to: AppointmentStatus; from?: AppointmentStatus } = steps[step]
  return status === from && mayMove(actor.role, status, to)
}

/** What to say when it is too early or too late. By the clinic's clock nobody arrives before the day. */
function whyNotNow(step: Step, visit: Omit<Visit, 'status'>, now: Temporal.Instant) {
  const { timeZone } = visit.clinic
  const isAhead = () => dayAt(now, timeZone).until(dayAt(instantOf(visit.startsAt), timeZone)).sign > 0
  if (step === 'arrival' && isAhead()) return 'team:refusal.notToday'
  if (step === 'noShow' && !hasBegun(visit, now)) return 'team:refusal.notStarted'
  if (step === 'rejection' && hasBegun(visit, now)) return 'team:refusal.begun'
  return null
}

const hasBegun = ({ startsAt }: Pick<Visit, 'startsAt'>, now: Temporal.Instant) =>
  startsAt.valueOf() <= now.epochMilliseconds

/**
 * Takes a step, once: when it is so already nothing happens. Throws Refusal, saying how things stand, when the
 * appointment can't go there from where it is, or not at this hour. Both are asked of what it is by then: it may just
 * have been moved.
 */
export const takeStep = (ctx: Ctx, { id }: { id: string }, step: Step, event: EventName, data: Data = {}) =>
  transaction(async tx => {
    const now = await lockStatus(tx, id)
    const { to } = steps[step]
    if (!now || now.status === to) return

    if (!leadsOn(ctx, step, now.status)) throw notPossible(now.status, step)
    const why = whyNotNow(step, { startsAt: now.startsAt, clinic: now }, ctx.now)
    if (why) throw refuse(null, why)
    await changeStatus(tx, ctx, { id, to, event, data }, now)
  })

type Data = Prisma.AppointmentUncheckedUpdateInput

/** A Refusal that says how the appointment stands. */
export const notPossible = (status: AppointmentStatus, step?: Step) =>
  refuse(null, step === 'rejection' && status === 'CONFIRMED' ? 'team:refusal.confirmed' : `team:refusal.${status}`)
