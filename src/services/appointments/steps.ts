import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { dayAt, instantOf } from '../../scheduling/zone.ts'
import { changeStatus, lockStatus } from './change-status.ts'
import { mayMove } from './transitions.ts'

/** What can be done with a visit, likeliest first. */
const leadsTo = {
  confirmation: 'CONFIRMED',
  arrival: 'CHECKED_IN',
  completion: 'COMPLETED',
  noShow: 'NO_SHOW',
  cancellation: 'CANCELLED'
} as const satisfies Record<string, AppointmentStatus>

export type Step = keyof typeof leadsTo

interface Visit {
  status: AppointmentStatus
  startsAt: Date
  clinic: { timeZone: string }
}

/** The steps that are possible now. The first one is the next; what has begun needs no confirming. */
export const stepsFor = (ctx: Ctx, visit: Visit) =>
  (Object.keys(leadsTo) as Step[]).filter(
    step =>
      mayMove(ctx.actor.role, visit.status, leadsTo[step]) &&
      !isTooEarly(step, visit, ctx.now) &&
      (step !== 'confirmation' || (visit.status === 'BOOKED' && !hasBegun(visit, ctx.now)))
  )

/** Nobody arrives before the day, by the clinic's clock, and nobody is missing before the start. */
function isTooEarly(step: Step, visit: Omit<Visit, 'status'>, now: Temporal.Instant) {
  const { timeZone } = visit.clinic
  if (step === 'arrival') return dayAt(now, timeZone).until(dayAt(instantOf(visit.startsAt), timeZone)).sign > 0
  return step === 'noShow' && !hasBegun(visit, now)
}

const hasBegun = ({ startsAt }: Pick<Visit, 'startsAt'>, now: Temporal.Instant) =>
  startsAt.valueOf() <= now.epochMilliseconds

const whyTooEarly: Partial<Record<Step, string>> = {
  arrival: 'doctor:refusal.notToday',
  noShow: 'doctor:refusal.notStarted'
}

/**
 * Takes a step, once: when it is so already nothing happens. Throws Refusal, saying how things stand, when the
 * appointment can't go there from where it is, or not yet.
 */
export const takeStep = (
  ctx: Ctx,
  visit: Omit<Visit, 'status'> & { id: string },
  step: Step,
  event: string,
  data: Data = {}
) =>
  transaction(async tx => {
    const now = await lockStatus(tx, visit.id)
    const to = leadsTo[step]
    if (!now || now.status === to) return

    if (!mayMove(ctx.actor.role, now.status, to)) throw notPossible(now.status)
    const early = isTooEarly(step, visit, ctx.now) && whyTooEarly[step]
    if (early) throw refuse(null, early)
    await changeStatus(tx, ctx, { id: visit.id, to, event, data }, now)
  })

type Data = Prisma.AppointmentUncheckedUpdateInput

export const notPossible = (status: AppointmentStatus) => refuse(null, `doctor:refusal.${status}`)
