import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { isUpcoming } from '../appointments/transitions.ts'

const fields = {
  id: true,
  name: true,
  address: true,
  city: true,
  postcode: true,
  country: true,
  phone: true,
  email: true,
  timeZone: true,
  currency: true
} satisfies Prisma.ClinicSelect

const open = { deactivatedAt: null }

/** The clinics that take bookings, by city and name, with their weekdays (1 is Monday) and number of doctors. */
export async function openClinics(ctx: Ctx) {
  const clinics = await db.clinic.findMany({
    where: open,
    orderBy: [{ city: 'asc' }, { name: 'asc' }],
    select: { ...fields, _count: { select: { doctors: { where: { doctor: open } } } } }
  })
  const ids = clinics.map(({ id }) => id)
  const days = await weekdaysOf(ctx, ids)
  return clinics.map(({ _count, ...clinic }) => ({
    ...clinic,
    openDays: days.get(clinic.id) ?? [],
    doctorCount: _count.doctors
  }))
}

/** Whom patients call: the clinics that take bookings, by city and name. */
export const clinicPhones = () =>
  db.clinic.findMany({
    where: open,
    orderBy: [{ city: 'asc' }, { name: 'asc' }],
    select: { id: true, name: true, city: true, phone: true }
  })

/** One clinic that takes bookings, with its weekdays. Throws NotFound. */
export async function clinicProfile(ctx: Ctx, id: string) {
  const [clinic, days] = await Promise.all([
    db.clinic.findFirst({ where: { id, ...open }, select: fields }),
    weekdaysOf(ctx, [id])
  ])
  if (!clinic) throw new NotFound()
  return { ...clinic, openDays: days.get(id) ?? [] }
}

/** On which weekdays, by each clinic's clock, patients can come or will in the next four weeks. */
async function weekdaysOf(ctx: Ctx, clinicIds: string[]) {
  const now = toDate(ctx.now)
  // One time of each day is enough: a clinic has thousands in four weeks.
  const rows = await db.$queryRaw<{ clinicId: string; weekdays: number[] }[]>`
    SELECT c.id AS "clinicId", array_agg(DISTINCT extract(isodow FROM day)::int) AS weekdays
    FROM clinics c,
      LATERAL (SELECT (${now}::timestamptz AT TIME ZONE c.time_zone)::date + n AS day FROM generate_series(0, 27) n) days,
      LATERAL (
        SELECT 1 FROM time_slots s JOIN doctors d ON d.id = s.doctor_id
        WHERE s.clinic_id = c.id AND s.starts_at > ${now}::timestamptz
          AND s.starts_at >= day::timestamp AT TIME ZONE c.time_zone
          AND s.starts_at < (day + 1)::timestamp AT TIME ZONE c.time_zone
          AND (s.is_available AND NOT s.is_extra AND s.withdrawn_at IS NULL AND d.deactivated_at IS NULL
            OR EXISTS (SELECT 1 FROM appointments a
              WHERE a.timeslot_id = s.id AND ${isUpcoming}))
        LIMIT 1) one
    WHERE c.id = ANY(${clinicIds}::uuid[])
    GROUP BY c.id`
  return new Map(rows.map(({ clinicId, weekdays }) => [clinicId, weekdays]))
}
