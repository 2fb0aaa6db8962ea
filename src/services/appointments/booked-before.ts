import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { Refusal } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { visibleTo } from './queries.ts'
import { upcoming } from './transitions.ts'

interface Wish {
  patientId?: string
  idempotencyKey?: string | undefined
  /** Where, by the slot or, when it is yet to be made, by the time itself. */
  timeslotId?: string
  doctorId?: string
  clinicId?: string
  startsAt?: Date
  endsAt?: Date
}

type Booking = { id: string }

const select = { id: true }
const place = { timeslotId: true, doctorId: true, clinicId: true, startsAt: true, endsAt: true } as const
const wished = { patientId: true, ...place } as const

/**
 * A double click, a retry or a Back: the booking that this very form made before, or that the desk would make again.
 * Throws Refusal (409) when the form was sent before for somebody else, or another time, unless the booking was moved
 * since.
 */
export async function bookedBefore(tx: Tx, ctx: Ctx, wish: Wish): Promise<Booking | null> {
  const { timeslotId, patientId, idempotencyKey } = wish
  const bookedById = ctx.actor.id
  if (bookedById && idempotencyKey) {
    const key = { bookedById, idempotencyKey }
    const same = await tx.appointment.findUnique({
      where: { bookedById_idempotencyKey: key },
      select: { ...select, ...wished }
    })
    if (same && !(await isMeant(tx, wish, same)))
      throw new Refusal([{ field: null, key: 'booking:refusal.otherForm' }], { status: 409 })
    if (same) return { id: same.id }
  }
  if (!timeslotId || !patientId || !may(ctx.actor, 'appointments.book-for-patients')) return null
  const theirs = { timeslotId, patientId, status: { in: [...upcoming] } }
  return tx.appointment.findFirst({ where: { AND: [theirs, visibleTo(ctx)] }, select })
}

type Wished = Required<Pick<Wish, keyof typeof wished>>

/**
 * Whether a booking is what the wish says, as far as it says anything. Of one that was moved since, where it was is not
 * asked.
 */
async function isMeant(tx: Tx, wish: Wish, booking: Booking & Wished) {
  const isSame = (field: keyof Wished) => {
    const asked = wish[field]
    return asked === undefined || plain(asked) === plain(booking[field])
  }
  if (!isSame('patientId')) return false
  if ((Object.keys(place) as (keyof typeof place)[]).every(isSame)) return true
  const isMoved = { appointmentId: booking.id, event: { in: ['appointment.moved', 'appointment.reassigned'] } }
  return Boolean(await tx.auditEvent.findFirst({ where: isMoved, select }))
}

const plain = (value: string | Date) => (typeof value === 'string' ? value.toLowerCase() : value.toISOString())

/** The booking that the desk would make again, if there is one. */
export const alreadyBooked = (ctx: Ctx, wish: { timeslotId: string; patientId: string }) => bookedBefore(db, ctx, wish)

/** What becomes of a booking when a rival was faster who may have been this very form. */
export const unlessBookedBefore = (ctx: Ctx, wish: Wish, booking: Promise<Booking>) =>
  booking.catch(async error => {
    const before = error instanceof Refusal && (await bookedBefore(db, ctx, wish))
    if (before) return before
    throw error
  })
