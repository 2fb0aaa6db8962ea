import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { boundsOf, toDate } from '../../scheduling/zone.ts'
import { isUpcoming } from '../appointments/transitions.ts'
import { type Message, planMessages } from './plan.ts'

/** By the clinic's clock: before, it is too early to be mailed; after, the day is half over. */
const FROM_HOUR = 6
const UNTIL_HOUR = 12

interface Asked {
  doctorId: string
  userId: string
  clinicId: string
}

/**
 * Plans the list of the day's visits, one for each clinic, to doctors who want it and have visits there that are not
 * over: in the morning by that clinic's clock, once a day however often it is asked. Returns how many doctors' days it
 * found.
 */
export async function planAgendas(ctx: Ctx) {
  const clinics = await db.clinic.findMany({ select: { id: true, timeZone: true } })
  let found = 0
  for (const [timeZone, there] of Map.groupBy(clinics, clinic => clinic.timeZone)) {
    const { hour, day } = clockIn(timeZone, ctx.now)
    if (hour < FROM_HOUR || hour >= UNTIL_HOUR) continue
    const ids = there.map(({ id }) => id)
    const asked = await doctorsWith(ctx, ids, boundsOf(day, timeZone))
    await transaction(tx =>
      planMessages(
        tx,
        ctx,
        asked.map(each => message(each, day))
      )
    )
    found += asked.length
  }
  return found
}

function clockIn(timeZone: string, now: Temporal.Instant) {
  const clock = now.toZonedDateTimeISO(timeZone)
  return { hour: clock.hour, day: clock.toPlainDate() }
}

type Day = [Temporal.Instant, Temporal.Instant]

/** Whoever wants to know, and has visits of the day at these clinics that are not over. */
const doctorsWith = ({ now }: Ctx, clinicIds: string[], [from, until]: Day) => db.$queryRaw<Asked[]>`
  SELECT DISTINCT d.id AS "doctorId", u.id AS "userId", a.clinic_id AS "clinicId"
  FROM users u JOIN doctors d ON d.user_id = u.id JOIN appointments a ON a.doctor_id = d.id
  WHERE u.wants_agenda AND u.disabled_at IS NULL AND u.erased_at IS NULL AND a.clinic_id = ANY(${clinicIds}::uuid[])
    AND ${isUpcoming} AND a.ends_at > ${toDate(now)} AND a.starts_at >= ${toDate(from)} AND a.starts_at < ${toDate(until)}`

const message = ({ doctorId, userId, clinicId }: Asked, on: Temporal.PlainDate): Message => {
  const day = on.toString()
  return {
    ...{ kind: 'doctor.agenda', channel: 'EMAIL', recipientId: userId, clinicId },
    about: `${doctorId}:${clinicId}:${day}`,
    data: { day, clinicId }
  }
}
