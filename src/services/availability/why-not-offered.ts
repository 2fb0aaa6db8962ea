import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { refuse } from '../../errors.ts'
import { awayThen } from '../../scheduling/openings.ts'
import { whyNotBookable } from '../../scheduling/rules.ts'
import { clockTime, onTheClock, toDate } from '../../scheduling/zone.ts'
import { live } from '../appointments/transitions.ts'
import { awayOf } from './diary.ts'
import { anyRoomIsFree, patientIsBusy, type SlotThen, slotThen } from './slot-then.ts'
import { whoseTime } from './whose-time.ts'
import { whyNoSlot } from './why-no-slot.ts'

export interface Question {
  doctorId: string
  clinicId?: string
  date: string
  /** Minutes past midnight by the clinic's clock. */
  time: number
  /** Of any appointment of the patient who would like the time. */
  reference?: string
}

/** `NO_ROOM` is told of a time that is offered: it would be booked without one. */
export type Reason =
  | ('INACTIVE' | 'PAST' | 'TIME_OFF' | 'CLOSURE' | 'NO_HOURS' | 'OUTSIDE_HOURS' | 'BREAK' | 'NOT_A_START' | 'REMOVED')
  | ('BLOCKED' | 'HELD' | 'BOOKED' | 'ELSEWHERE' | 'NOTICE' | 'WINDOW' | 'PATIENT_BUSY' | 'NO_ROOM' | 'NOT_YET')

export interface Answer {
  isOffered: boolean
  reason: Reason | null
  startsAt: string
  timeZone: string
  /** What the reason is about, on the clinic's clock: the break, the leave, the hold's end, the slot around the time. */
  from: string | null
  until: string | null
  /** The minutes of notice, or the days of the booking window. */
  count: number | null
}

export type Found = { reason: Reason; from?: Temporal.Instant; until?: Temporal.Instant; count?: number }

/**
 * Says of a doctor's time at a clinic whether patients are offered it and, if not, the one reason: the first that
 * would have to be put right. Throws NotFound for a doctor who isn't this person's, and Refusal for a clinic that isn't
 * the doctor's, a time that the clock jumps over, and a reference nobody has.
 */
export async function whyNotOffered(ctx: Ctx, asked: Question): Promise<Answer> {
  const doctor = await whoseTime(ctx, asked.doctorId)
  const clinic = asked.clinicId ? doctor.clinics.find(({ id }) => id === asked.clinicId) : doctor.clinics[0]
  if (!clinic) throw refuse('clinicId', 'admin:errors.notTheirClinic')
  const day = Temporal.PlainDate.from(asked.date)
  const startsAt = clockTime(day, asked.time, clinic.timeZone)
  if (!startsAt) throw refuse('time', 'admin:errors.noSuchTime')

  const slot = await slotThen(doctor.id, startsAt)
  const found =
    (await whyAway(ctx, doctor.id, clinic.id, startsAt, slot)) ??
    (slot && !slot.isRemoved
      ? await whyNotThisSlot(ctx, slot, clinic.id, startsAt, asked.reference)
      : await whyNoSlot(ctx, doctor.id, clinic, startsAt, slot))
  const clock = (instant: Temporal.Instant | undefined) =>
    instant ? onTheClock(toDate(instant), clinic.timeZone) : null
  return {
    isOffered: !found || found.reason === 'NO_ROOM',
    reason: found?.reason ?? null,
    startsAt: onTheClock(toDate(startsAt), clinic.timeZone),
    timeZone: clinic.timeZone,
    from: clock(found?.from),
    until: clock(found?.until),
    count: found?.count ?? null
  }
}

async function whyAway(
  ctx: Ctx,
  doctorId: string,
  clinicId: string,
  startsAt: Temporal.Instant,
  slot: SlotThen | null
): Promise<Found | null> {
  const { deactivatedAt } = await db.doctor.findUniqueOrThrow({
    where: { id: doctorId },
    select: { deactivatedAt: true }
  })
  if (deactivatedAt) return { reason: 'INACTIVE' }
  if (startsAt.epochMilliseconds <= ctx.now.epochMilliseconds) return { reason: 'PAST' }

  const then = { startsAt, endsAt: slot?.endsAt ?? startsAt.add({ minutes: 1 }), clinicId }
  const away = awayThen(then, await awayOf(db, ctx, doctorId))
  return away && { reason: away.by, from: away.startsAt, until: away.endsAt }
}

async function whyNotThisSlot(
  ctx: Ctx,
  slot: SlotThen,
  clinicId: string,
  startsAt: Temporal.Instant,
  reference: string | undefined
): Promise<Found | null> {
  const around = { from: slot.startsAt, until: slot.endsAt }
  if (slot.clinicId !== clinicId) return { reason: 'ELSEWHERE', ...around }
  if (!slot.startsAt.equals(startsAt)) return { reason: 'NOT_A_START', ...around }
  if (slot.takenAs === 'HELD' && slot.heldUntil) {
    if (slot.heldUntil.epochMilliseconds > ctx.now.epochMilliseconds) return { reason: 'HELD', until: slot.heldUntil }
  } else if (slot.takenAs && live.some(status => status === slot.takenAs)) return { reason: 'BOOKED' }
  if (!slot.isAvailable) return { reason: 'BLOCKED' }
  if (slot.suspendedBy) return { reason: 'NO_HOURS' }

  const rule = whyNotBookable(startsAt, ctx.now, slot)
  if (rule === 'notice') return { reason: 'NOTICE', count: slot.minimumNoticeMinutes }
  if (rule === 'window') return { reason: 'WINDOW', count: slot.bookingWindowDays }
  if (reference && (await patientIsBusy(ctx, reference, slot))) return { reason: 'PATIENT_BUSY' }
  return (await anyRoomIsFree(slot)) ? null : { reason: 'NO_ROOM' }
}
