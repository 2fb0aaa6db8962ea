import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { Refusal } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { visibleTo } from './queries.ts'
import { upcoming } from './transitions.ts'

interface Wish {
  timeslotId?: string
  patientId?: string
  idempotencyKey?: string | undefined
}

type Booking = { id: string }

const select = { id: true }

/** A double click, a retry or a Back: the booking that this very form made before, or that the desk would make again. */
export async function bookedBefore(tx: Tx, ctx: Ctx, wish: Wish): Promise<Booking | null> {
  const { timeslotId, patientId, idempotencyKey } = wish
  const bookedById = ctx.actor.id
  if (bookedById && idempotencyKey) {
    const key = { bookedById, idempotencyKey }
    const same = await tx.appointment.findUnique({ where: { bookedById_idempotencyKey: key }, select })
    if (same) return same
  }
  if (!timeslotId || !patientId || !may(ctx.actor, 'appointments.book-for-patients')) return null
  const theirs = { timeslotId, patientId, status: { in: [...upcoming] } }
  return tx.appointment.findFirst({ where: { AND: [theirs, visibleTo(ctx)] }, select })
}

/** The booking that the desk would make again, if there is one. */
export const alreadyBooked = (ctx: Ctx, wish: { timeslotId: string; patientId: string }) => bookedBefore(db, ctx, wish)

/** What becomes of a booking when a rival was faster who may have been this very form. */
export const unlessBookedBefore = (ctx: Ctx, wish: Wish, booking: Promise<Booking>) =>
  booking.catch(async error => {
    const before = error instanceof Refusal && (await bookedBefore(db, ctx, wish))
    if (before) return before
    throw error
  })
