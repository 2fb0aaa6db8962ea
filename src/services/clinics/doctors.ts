import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import { Prisma } from '../../generated/client.ts'
import { paths } from '../../paths.ts'
import { bookable } from '../availability/bookable.ts'
import { type NextTime, nextTimes } from '../availability/queries.ts'
import { literal } from '../lists/pages.ts'

const PER_PAGE = 20
const TIMES_EACH = 3

export interface Search {
  /** Name or specialization; a slip of typing is forgiven. */
  q?: string
  /** Clinic or city, as forgivingly. */
  place?: string
  language?: string
  /** Free on or before this day, `YYYY-MM-DD`. */
  date?: string
  clinicId?: string
  page: number
}

interface Found {
  id: string
  startsAt: Date | null
  total: number
}

/** Doctors that match, those who are free soonest first, a page at a time. Throws NotFound for a page past the last. */
export async function searchDoctors(ctx: Ctx, search: Search) {
  const found = await db.$queryRaw<Found[]>`
    SELECT d.id, f.starts_at AS "startsAt", count(*) OVER ()::int AS total
    FROM doctors d JOIN users u ON u.id = d.user_id JOIN specializations sp ON sp.id = d.specialization_id
    ${search.date ? Prisma.sql`JOIN` : Prisma.sql`LEFT JOIN`} LATERAL (
      SELECT s.starts_at FROM time_slots s JOIN clinics c ON c.id = s.clinic_id
      WHERE s.doctor_id = d.id AND ${bookable(ctx)} ${until(search.date)} ${inClinic(search.clinicId)}
      ORDER BY s.starts_at LIMIT 1) f ON true
    WHERE d.deactivated_at IS NULL AND ${matches(search)}
    ORDER BY f.starts_at NULLS LAST, u.name
    LIMIT ${PER_PAGE} OFFSET ${(search.page - 1) * PER_PAGE}`
  if (found.length === 0 && search.page > 1) throw new NotFound()
  const ids = found.map(({ id }) => id)
  const doctors = await doctorCards(ctx, ids, search.clinicId)

  const total = found[0]?.total ?? 0
  return { total, doctors, nextPage: search.page * PER_PAGE < total ? search.page + 1 : null }
}

/**
 * Doctors as their cards show them, in the order of the ids, with their next free times at one clinic or at all of
 * theirs.
 */
export async function doctorCards(ctx: Ctx, ids: string[], clinicId?: string) {
  const [doctors, times] = await Promise.all([cards(ids), nextTimes(ctx, ids, TIMES_EACH, clinicId)])
  return doctors.map(doctor => ({ ...doctor, ...nextOf(times.get(doctor.id)) }))
}

const nextOf = (times: NextTime[] | undefined) => ({
  nextFreeAt: times?.[0]?.startsAt ?? null,
  nextTimes: times ?? []
})

/** A day ends somewhere in the world up to twelve hours after it does in Greenwich: an index knows what is later. */
const until = (date: string | undefined) =>
  date
    ? Prisma.sql`AND (s.starts_at AT TIME ZONE c.time_zone)::date <= ${date}::date
        AND s.starts_at < (${date}::date + interval '36 hours') AT TIME ZONE 'UTC'`
    : Prisma.empty

const inClinic = (id: string | undefined) => (id ? Prisma.sql`AND s.clinic_id = ${id}::uuid` : Prisma.empty)

function matches({ q, place, language, clinicId }: Search) {
  const clinic = Prisma.sql`doctor_clinics dc JOIN clinics c ON c.id = dc.clinic_id
    WHERE dc.doctor_id = d.id AND c.deactivated_at IS NULL`
  return Prisma.join(
    [
      Prisma.sql`EXISTS (SELECT 1 FROM ${clinic} ${clinicId ? Prisma.sql`AND c.id = ${clinicId}::uuid` : Prisma.empty})`,
      ...(q ? [Prisma.sql`(${like('u.name', q)} OR ${like('sp.name', q)})`] : []),
      ...(place
        ? [Prisma.sql`EXISTS (SELECT 1 FROM ${clinic} AND (${like('c.name', place)} OR ${like('c.city', place)}))`]
        : []),
      ...(language
        ? [Prisma.sql`EXISTS (SELECT 1 FROM unnest(d.languages) l WHERE lower(l) = lower(${language}))`]
        : [])
    ],
    ' AND '
  )
}

/** Contains it, or has a word much like it (pg_trgm), without regard to case and accents. */
function like(column: 'u.name' | 'sp.name' | 'c.name' | 'c.city', typed: string) {
  const text = Prisma.raw(`unaccent(lower(${column}::text))`)
  const part = `%${literal(typed)}%`
  return Prisma.sql`(${text} LIKE unaccent(lower(${part})) OR word_similarity(unaccent(lower(${typed})), ${text}) > 0.53)`
}

const fields = {
  id: true,
  yearsOfExperience: true,
  languages: true,
  feeMinor: true,
  photo: { select: { hash: true } },
  user: { select: { name: true } },
  specialization: { select: { name: true } },
  clinics: {
    where: { clinic: { deactivatedAt: null } },
    select: { clinic: { select: { id: true, name: true, address: true, city: true, timeZone: true, currency: true } } },
    orderBy: { clinic: { name: 'asc' } }
  }
} satisfies Prisma.DoctorSelect

/** In the order of the ids. */
async function cards(ids: string[]) {
  const rows = await db.doctor.findMany({ where: { id: { in: ids } }, select: fields })
  const byId = new Map(rows.map(row => [row.id, card(row)]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

function card({
  user,
  specialization,
  clinics,
  feeMinor,
  photo,
  ...rest
}: Prisma.DoctorGetPayload<{ select: typeof fields }>) {
  return {
    ...rest,
    name: user.name,
    photo: photo && paths.booking.doctors.photo(rest.id, photo.hash),
    specialization: specialization.name,
    clinics: clinics.map(({ clinic }) => clinic),
    fee: { amountMinor: feeMinor, currency: clinics[0]?.clinic.currency ?? 'EUR' }
  }
}

/** A doctor patients can book with. Throws NotFound. */
export async function doctorProfile(id: string) {
  const row = await db.doctor.findFirst({
    where: { id, deactivatedAt: null },
    select: { ...fields, biography: true, licenceNumber: true }
  })
  if (!row || row.clinics.length === 0) throw new NotFound()
  return { ...card(row), biography: row.biography, licenceNumber: row.licenceNumber }
}

/** How many clinics and doctors there are, and the languages spoken: what a search can hope for. */
export async function supply() {
  const [clinics, doctors, spoken] = await Promise.all([
    db.clinic.count({ where: { deactivatedAt: null } }),
    db.doctor.count({ where: { deactivatedAt: null } }),
    db.$queryRaw<{ language: string }[]>`SELECT DISTINCT unnest(languages) AS language FROM doctors ORDER BY 1`
  ])
  return { clinics, doctors, languages: spoken.map(({ language }) => language) }
}
