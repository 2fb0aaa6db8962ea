import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { toCome } from '../appointments/queries.ts'
import { containing, everyPart, inState, ordered, pageOf, skipTo } from '../lists/pages.ts'

/** Which clinics exist for this person: the front desk has its own, an admin all. */
export function clinicsOf({ actor }: Ctx): Prisma.ClinicWhereInput {
  if (actor.role === 'ADMIN' || actor.role === 'SYSTEM') return {}
  return { id: { in: actor.role === 'STAFF' ? actor.clinicIds : [] } }
}

export interface ClinicSearch {
  q?: string
  state?: 'active' | 'inactive'
  sort?: Column | `-${Column}`
}

type Column = 'name' | 'city'

const listed = {
  id: true,
  name: true,
  city: true,
  country: true,
  timeZone: true,
  address: true,
  postcode: true,
  phone: true,
  email: true,
  currency: true,
  deactivatedAt: true,
  _count: {
    select: { doctors: { where: { doctor: { deactivatedAt: null } } }, rooms: { where: { deactivatedAt: null } } }
  }
} satisfies Prisma.ClinicSelect

/** Clinics by name or as asked for, a page at a time. */
export async function listClinics(ctx: Ctx, { page, ...search }: ClinicSearch & { page: number }) {
  const [total, rows] = await Promise.all([
    db.clinic.count({ where: narrowed(ctx, search) }),
    found(ctx, search, skipTo(page))
  ])
  return { clinics: rows.map(shown), ...pageOf(total, page) }
}

/** All of them, in the same order. */
export async function* everyClinic(ctx: Ctx, search: ClinicSearch) {
  for await (const row of everyPart(part => found(ctx, search, part))) yield shown(row)
}

function found(ctx: Ctx, search: ClinicSearch, part: { skip: number; take: number }) {
  const { by, direction } = ordered<Column>(search.sort ?? 'name')
  const orderBy = [{ [by]: direction }, { name: 'asc' as const }, { id: 'asc' as const }]
  return db.clinic.findMany({ where: narrowed(ctx, search), select: listed, orderBy, ...part })
}

const narrowed = (ctx: Ctx, { q, state }: ClinicSearch): Prisma.ClinicWhereInput => ({
  AND: [clinicsOf(ctx), ...containing(q, text => [{ name: text }, { city: text }, { address: text }])],
  ...inState(state)
})

const shown = ({ deactivatedAt, _count, ...clinic }: Prisma.ClinicGetPayload<{ select: typeof listed }>) => ({
  ...clinic,
  isActive: !deactivatedAt,
  doctorCount: _count.doctors,
  roomCount: _count.rooms
})

export type ClinicRecord = Awaited<ReturnType<typeof clinicFor>>

/**
 * One clinic with its rooms, its doctors and what is still to come. Throws NotFound for one that isn't this person's.
 */
export async function clinicFor(ctx: Ctx, id: string) {
  const row = await db.clinic.findFirst({
    where: { AND: [{ id }, clinicsOf(ctx)] },
    select: {
      ...listed,
      bookingWindowDays: true,
      minimumNoticeMinutes: true,
      cancellationNoticeMinutes: true,
      rooms: { where: { deactivatedAt: null }, select: { id: true, name: true }, orderBy: { name: 'asc' } },
      doctors: {
        where: { doctor: { deactivatedAt: null } },
        select: {
          doctor: { select: { id: true, user: { select: { name: true } }, specialization: { select: { name: true } } } }
        },
        orderBy: { doctor: { user: { name: 'asc' } } }
      },
      _count: { select: { appointments: { where: toCome(ctx) } } }
    }
  })
  if (!row) throw new NotFound()
  const { deactivatedAt, doctors, _count, ...clinic } = row
  return {
    ...clinic,
    isActive: !deactivatedAt,
    deactivatedAt: deactivatedAt && onTheClock(deactivatedAt, clinic.timeZone),
    doctors: doctors.map(({ doctor }) => ({
      id: doctor.id,
      name: doctor.user.name,
      specialization: doctor.specialization.name
    })),
    upcomingCount: _count.appointments
  }
}

/** What a choice of clinics offers: those in use and any named. */
export const clinicChoices = (ctx: Ctx, also: string[] = []) =>
  db.clinic.findMany({
    where: { AND: [clinicsOf(ctx), { OR: [{ deactivatedAt: null }, { id: { in: also } }] }] },
    select: { id: true, name: true, city: true, currency: true },
    orderBy: [{ name: 'asc' }, { city: 'asc' }]
  })
