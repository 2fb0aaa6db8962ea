import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { chosenTime } from '../availability/queries.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import { alreadyBooked } from './booked-before.ts'

/**
 * How a time stands that was chosen for somebody on the phone: `chosen` while it can be had, `booked` when this patient
 * has it already, else `gone`, with when and whose it was. All null without a time, and for one of another's clinic.
 */
export async function timeOnPhone(ctx: Ctx, { timeslotId, patientId }: { timeslotId?: string; patientId?: string }) {
  const nothing = { chosen: null, booked: null, gone: null }
  if (!timeslotId) return nothing
  const booked = patientId ? await alreadyBooked(ctx, { timeslotId, patientId }) : null
  if (booked) return { ...nothing, booked }
  const chosen = await chosenTime(ctx, timeslotId)
  return chosen ? { ...nothing, chosen } : { ...nothing, gone: await goneTime(ctx, timeslotId) }
}

async function goneTime(ctx: Ctx, id: string) {
  const slot = await db.timeSlot.findFirst({
    where: { id, isExtra: false, clinic: clinicsOf(ctx) },
    select: {
      startsAt: true,
      doctor: { select: { id: true, user: { select: { name: true } } } },
      clinic: { select: { timeZone: true } }
    }
  })
  if (!slot) return null
  const { startsAt, doctor, clinic } = slot
  return { startsAt: onTheClock(startsAt, clinic.timeZone), doctor: { id: doctor.id, name: doctor.user.name } }
}
