import { ICalCalendarMethod } from 'ical-generator'
import type { Actor, Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { translator } from '../../i18n.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { feedOwner } from '../people/feed.ts'
import { type CalendarVisit, entryForDoctor, entryForPatient } from './calendar-entry.ts'
import { addVisit, newCalendar } from './calendar-event.ts'
import { isCalledOff } from './transitions.ts'

const HOURS_BACK = 90 * 24
/** How often calendar programs are asked to look for changes (RFC 7986). */
const EVERY_SECONDS = 3600

interface Row extends CalendarVisit {
  status: AppointmentStatus
  sequence: number
  startsAt: Date
  endsAt: Date
  /** When it was booked or called off. */
  at: Date
}

/**
 * The calendar at a secret address: of a patient's account, the appointments of everybody it looks after; of a doctor,
 * the visits. From ninety days back to all that is to come, those called off marked as such; times that are only held
 * are left out. As long as nothing changes it is the same to the letter. Throws NotFound for any address that is good
 * for nothing.
 */
export async function feedFile(ctx: Ctx, token: string) {
  const owner = await feedOwner(token)
  if (!owner) throw new NotFound()

  const { actor, locale } = owner
  const t = translator(locale)
  const isDoctor = actor.role === 'DOCTOR'
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH)
  calendar.name(t(`auth:calendar.file.${isDoctor ? 'DOCTOR' : 'PATIENT'}`, { sender: t('common:product') }))
  calendar.ttl(EVERY_SECONDS)
  for (const row of await visitsOf(ctx, actor)) {
    const told = isDoctor ? entryForDoctor(row, locale) : entryForPatient(row, locale)
    addVisit(calendar, { ...row, isOff: isCalledOff(row.status), ...told }, instantOf(row.at))
  }
  return calendar.toString()
}

/** In one look, as a doctor may have thousands. What is to come ends by itself: times are published so far ahead. */
function visitsOf({ now }: Ctx, { role, id, doctorId }: Actor) {
  const areTheirs =
    role === 'DOCTOR' ? Prisma.sql`a.doctor_id = ${doctorId}::uuid` : Prisma.sql`p.account_id = ${id}::uuid`
  return db.$queryRaw<Row[]>`
    SELECT a.id, a.reference, a.status, a.sequence, a.starts_at AS "startsAt", a.ends_at AS "endsAt",
      coalesce(a.cancelled_at, a.created_at) AS at, p.name AS patient, p.relation = 'SELF' AS "isSelf", u.name AS doctor, r.name AS room,
      c.name AS clinic, c.address, c.city, c.phone
    FROM appointments a JOIN patients p ON p.id = a.patient_id JOIN clinics c ON c.id = a.clinic_id
    JOIN doctors d ON d.id = a.doctor_id JOIN users u ON u.id = d.user_id LEFT JOIN rooms r ON r.id = a.room_id
    WHERE ${areTheirs} AND a.status NOT IN ('HELD', 'EXPIRED')
      AND a.starts_at >= ${toDate(now.subtract({ hours: HOURS_BACK }))}
    ORDER BY a.starts_at, a.id`
}
