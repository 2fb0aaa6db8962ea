import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { isStanding } from '../appointments/transitions.ts'
import { bookable, onDay } from './bookable.ts'

export interface Wanted {
  clinicId?: string | undefined
  specializationId?: string | undefined
  doctorId?: string | undefined
  /** A day, `YYYY-MM-DD`, and a part of it, by the clock of the time's own clinic. */
  date?: string | undefined
  part?: 'morning' | 'afternoon' | 'evening' | undefined
  /** Nobody is offered a time at which they are with somebody else; but for this appointment, which would move. */
  patientId?: string | undefined
  exceptAppointmentId?: string
  /** Any doctor but this one. */
  notDoctorId?: string
  /** The times nearest to an instant, rather than the first. */
  near?: Date
}

interface Row {
  doctorId: string
  name: string
  specializationId: string
  specialization: string
  timeslotId: string
  startsAt: Date
  clinicId: string
  clinic: string
  city: string
  timeZone: string
}

const MOST_DOCTORS = 60

/**
 * Free times at this person's clinics, some of each doctor in order; the doctor who has the first, or nearest, comes
 * first. Doctors who have none are left out.
 */
export async function timesByDoctor(ctx: Ctx, wanted: Wanted, each: number) {
  const { near } = wanted
  // An index knows the first times, and those around an instant.
  const order = near ? Prisma.sql`abs(extract(epoch FROM s.starts_at - ${near}::timestamptz))` : Prisma.sql`s.starts_at`
  const around = near
    ? Prisma.sql`AND s.starts_at BETWEEN ${near}::timestamptz - interval '14 days' AND ${near}::timestamptz + interval '14 days'`
    : Prisma.empty
  const rows = await db.$queryRaw<Row[]>`
    SELECT d.id AS "doctorId", u.name, p.id AS "specializationId", p.name AS specialization, f.*
    FROM doctors d JOIN users u ON u.id = d.user_id JOIN specializations p ON p.id = d.specialization_id
    CROSS JOIN LATERAL (
      SELECT s.id AS "timeslotId", s.starts_at AS "startsAt", c.id AS "clinicId", c.name AS clinic, c.city,
        c.time_zone AS "timeZone", ${order} AS rank
      FROM time_slots s JOIN clinics c ON c.id = s.clinic_id
      WHERE s.doctor_id = d.id AND ${bookable(ctx)} AND ${atOwn(ctx)} AND ${suits(ctx, wanted)} ${around}
      ORDER BY ${order}, s.starts_at LIMIT ${each}) f
    WHERE d.deactivated_at IS NULL AND ${whom(ctx, wanted)}
    ORDER BY f.rank, u.name, f."startsAt"
    LIMIT ${MOST_DOCTORS * each}`
  return [...Map.groupBy(rows, row => row.doctorId).values()].flatMap(some => {
    const [{ doctorId, name, specializationId, specialization } = none] = some
    const times = some.map(time).sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
    return doctorId ? [{ doctor: { id: doctorId, name, specializationId, specialization }, times }] : []
  })
}

const none = { doctorId: '', name: '', specializationId: '', specialization: '' }

const time = ({ timeslotId, startsAt, timeZone, clinicId, clinic, city }: Row) => ({
  timeslotId,
  startsAt: onTheClock(startsAt, timeZone),
  timeZone,
  clinic: { id: clinicId, name: clinic, city }
})

const atOwn = ({ actor }: Ctx, clinic = Prisma.sql`c.id`) =>
  actor.role === 'STAFF' ? Prisma.sql`${clinic} = ANY(${actor.clinicIds}::uuid[])` : Prisma.sql`true`

/** Of those who have no times here, none are looked through. */
const whom = (ctx: Ctx, { clinicId, doctorId, notDoctorId, specializationId }: Wanted) => Prisma.sql`
  EXISTS (SELECT 1 FROM doctor_clinics c WHERE c.doctor_id = d.id AND ${atOwn(ctx, Prisma.sql`c.clinic_id`)}
    ${clinicId ? Prisma.sql`AND c.clinic_id = ${clinicId}::uuid` : Prisma.empty})
  ${doctorId ? Prisma.sql`AND d.id = ${doctorId}::uuid` : Prisma.empty}
  ${notDoctorId ? Prisma.sql`AND d.id <> ${notDoctorId}::uuid` : Prisma.empty}
  ${specializationId ? Prisma.sql`AND d.specialization_id = ${specializationId}::uuid` : Prisma.empty}`

const hours = { morning: [0, 12], afternoon: [12, 17], evening: [17, 24] } as const

function suits(ctx: Ctx, { clinicId, date, part, patientId, exceptAppointmentId }: Wanted) {
  const [from, to] = part ? hours[part] : []
  const hour = Prisma.sql`extract(hour FROM s.starts_at AT TIME ZONE c.time_zone)`
  return Prisma.sql`true
    ${clinicId ? Prisma.sql`AND c.id = ${clinicId}::uuid` : Prisma.empty}
    ${date ? Prisma.sql`AND ${onDay(date)}` : Prisma.empty}
    ${part ? Prisma.sql`AND ${hour} >= ${from} AND ${hour} < ${to}` : Prisma.empty}
    ${patientId ? Prisma.sql`AND ${isNowhereElse(ctx, patientId, exceptAppointmentId)}` : Prisma.empty}`
}

const isNowhereElse = (ctx: Ctx, patientId: string, exceptId: string | undefined) => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM appointments a
  WHERE a.patient_id = ${patientId}::uuid AND a.id IS DISTINCT FROM ${exceptId ?? null}::uuid AND ${isStanding(ctx)}
    AND tstzrange(a.starts_at, a.ends_at) && tstzrange(s.starts_at, s.ends_at))`
