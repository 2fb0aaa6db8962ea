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
  const rows = await db.$queryRaw<{ clinicId: string; weekdays: number[] }[]>`
    SELECT c.id AS "clinicId",
      array_agg(DISTINCT extract(isodow FROM s.starts_at AT TIME ZONE c.time_zone)::int) AS weekdays
    FROM clinics c JOIN time_slots s ON s.clinic_id = c.id JOIN doctors d ON d.id = s.doctor_id
    WHERE c.id = ANY(${clinicIds}::uuid[])
      AND s.starts_at > ${now}::timestamptz AND s.starts_at < ${now}::timestamptz + interval '29 days'
      AND (s.starts_at AT TIME ZONE c.time_zone)::date < (${now}::timestamptz AT TIME ZONE c.time_zone)::date + 28
      AND (s.is_available AND NOT s.is_extra AND s.withdrawn_at IS NULL AND d.deactivated_at IS NULL
        OR EXISTS (SELECT 1 FROM appointments a
          WHERE a.timeslot_id = s.id AND ${isUpcoming}))
    GROUP BY c.id`
  return new Map(rows.map(({ clinicId, weekdays }) => [clinicId, weekdays]))
}
