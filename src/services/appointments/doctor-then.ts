import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { type Interval, overlaps } from '../../scheduling/intervals.ts'
import { type Away, awayThen, openingsOn } from '../../scheduling/openings.ts'
import { dayAt, daysFrom, toDate } from '../../scheduling/zone.ts'
import { awayOf, hoursOf } from '../availability/diary.ts'

type There = Interval & { clinicId: string }

/**
 * What somebody squeezed in with a doctor then costs, and the room that is meant. Throws Refusal when the doctor takes
 * no bookings there, is away or at another clinic, by a time that is there or by weekly hours, or the clinic is closed.
 */
export async function doctorThen(tx: Tx, ctx: Ctx, doctorId: string, time: There) {
  const fee = await feeThere(tx, doctorId, time.clinicId)
  const away = await awayOf(tx, ctx, doctorId)
  const found = awayThen(time, away)
  if (found) throw refuse('time', `desk:overbook.refusal.${found.by}`)
  await refuseElsewhere(tx, ctx, doctorId, away, time)
  return { ...fee, meant: await meantRoom(tx, doctorId, time) }
}

async function feeThere(tx: Tx, doctorId: string, clinicId: string) {
  const there = await tx.doctorClinic.findFirst({
    where: { doctorId, clinicId, doctor: { deactivatedAt: null }, clinic: { deactivatedAt: null } },
    select: { doctor: { select: { feeMinor: true } }, clinic: { select: { currency: true } } }
  })
  if (!there) throw refuse('doctorId', 'desk:overbook.refusal.inactive')
  return { feeMinor: there.doctor.feeMinor, currency: there.clinic.currency }
}

/** Nobody is squeezed in with a doctor whose weekly hours at another clinic ask for that time, published yet or not. */
async function refuseElsewhere(tx: Tx, ctx: Ctx, doctorId: string, away: Away[], time: There) {
  const others = (await hoursOf(tx, ctx, doctorId)).filter(({ clinicId }) => clinicId !== time.clinicId)
  const isThere = others.some(hours => {
    const day = dayAt(time.startsAt, hours.timeZone)
    const near = daysFrom(day.subtract({ days: 1 }), day.add({ days: 1 }))
    return near.some(each => openingsOn(each, hours, away).some(opening => overlaps(opening, time)))
  })
  if (isThere) throw refuse('time', 'desk:overbook.refusal.elsewhere')
}

/**
 * The doctor's other times then, taken or not: at another clinic the doctor can't be here; here is the room that is
 * meant.
 */
async function meantRoom(tx: Tx, doctorId: string, time: There) {
  const others = await tx.timeSlot.findMany({
    where: {
      ...{ doctorId, withdrawnAt: null, isExtra: false },
      ...{ startsAt: { lt: toDate(time.endsAt) }, endsAt: { gt: toDate(time.startsAt) } }
    },
    select: { clinicId: true, roomId: true, suspendedBy: true },
    orderBy: { startsAt: 'asc' }
  })
  if (others.some(({ clinicId }) => clinicId !== time.clinicId)) throw refuse('time', 'desk:overbook.refusal.elsewhere')
  return others.find(({ suspendedBy }) => !suspendedBy)?.roomId ?? roomAround(tx, doctorId, time)
}

const AROUND = { hours: 4 }

/** Between times, before or after them: the room of the nearest. */
async function roomAround(tx: Tx, doctorId: string, { clinicId, startsAt, endsAt }: There) {
  const around = { gte: toDate(startsAt.subtract(AROUND)), lte: toDate(endsAt.add(AROUND)) }
  const near = await tx.timeSlot.findMany({
    where: { doctorId, clinicId, withdrawnAt: null, isExtra: false, roomId: { not: null }, startsAt: around },
    select: { roomId: true, startsAt: true }
  })
  const away = (slot: { startsAt: Date }) => Math.abs(slot.startsAt.valueOf() - startsAt.epochMilliseconds)
  return near.toSorted((a, b) => away(a) - away(b))[0]?.roomId ?? null
}
