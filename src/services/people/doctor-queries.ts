import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { toCome, visibleTo } from '../appointments/queries.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import { containing, everyPart, inState, ordered, pageOf, skipTo } from '../lists/pages.ts'
import { waiting } from './admin-queries.ts'

/** Which doctors exist for this person: those of its clinics. */
export function doctorsOf(ctx: Ctx): Prisma.DoctorWhereInput {
  return ctx.actor.role === 'STAFF' ? { clinics: { some: { clinic: clinicsOf(ctx) } } } : {}
}

export interface DoctorSearch {
  q?: string
  clinicId?: string
  specializationId?: string
  state?: 'active' | 'inactive'
  sort?: Column | `-${Column}`
}

type Column = 'name' | 'specialization' | 'licenceNumber'

const fields = (ctx: Ctx) =>
  ({
    id: true,
    userId: true,
    licenceNumber: true,
    yearsOfExperience: true,
    languages: true,
    feeMinor: true,
    deactivatedAt: true,
    user: { select: { name: true, email: true, phone: true, disabledAt: true } },
    specialization: { select: { id: true, name: true } },
    clinics: {
      where: { clinic: clinicsOf(ctx) },
      select: { clinic: { select: { id: true, name: true, city: true, currency: true } } },
      orderBy: { clinic: { name: 'asc' } }
    }
  }) satisfies Prisma.DoctorSelect

type Row = Prisma.DoctorGetPayload<{ select: ReturnType<typeof fields> }>

/** Doctors by name or as asked for, a page at a time. */
export async function listDoctors(ctx: Ctx, { page, ...search }: DoctorSearch & { page: number }) {
  const [total, rows] = await Promise.all([
    db.doctor.count({ where: narrowed(ctx, search) }),
    found(ctx, search, skipTo(page))
  ])
  const invited = await waiting(rows.map(({ userId }) => userId))
  return { doctors: rows.map(row => shown(row, invited)), ...pageOf(total, page) }
}

/** All of them, in the same order. */
export async function* everyDoctor(ctx: Ctx, search: DoctorSearch) {
  yield* everyPart(async part => {
    const rows = await found(ctx, search, part)
    const invited = await waiting(rows.map(({ userId }) => userId))
    return rows.map(row => shown(row, invited))
  })
}

function found(ctx: Ctx, search: DoctorSearch, part: { skip: number; take: number }) {
  const { by, direction } = ordered<Column>(search.sort ?? 'name')
  const first = { name: { user: { name: direction } }, specialization: { specialization: { name: direction } } }
  const orderBy: Prisma.DoctorOrderByWithRelationInput[] = [
    by === 'licenceNumber' ? { [by]: direction } : first[by],
    { user: { name: 'asc' } },
    { id: 'asc' }
  ]
  return db.doctor.findMany({ where: narrowed(ctx, search), select: fields(ctx), orderBy, ...part })
}

function narrowed(ctx: Ctx, { q, clinicId, specializationId, state }: DoctorSearch): Prisma.DoctorWhereInput {
  return {
    AND: [
      doctorsOf(ctx),
      ...(clinicId ? [{ clinics: { some: { clinic: { AND: [{ id: clinicId }, clinicsOf(ctx)] } } } }] : []),
      ...containing<Prisma.DoctorWhereInput>(q, text => [
        { user: { name: text } },
        { specialization: { name: text } },
        { clinics: { some: { clinic: { AND: [clinicsOf(ctx), { OR: [{ name: text }, { city: text }] }] } } } }
      ])
    ],
    ...(specializationId && { specializationId }),
    ...inState(state)
  }
}

export type DoctorRecord = Awaited<ReturnType<typeof doctorFor>>

/**
 * One doctor and how much is to come at this person's clinics. Throws NotFound for one that works at none of this
 * person's clinics.
 */
export async function doctorFor(ctx: Ctx, id: string) {
  const isToCome = { AND: [visibleTo(ctx), toCome(ctx)] }
  const row = await db.doctor.findFirst({
    where: { AND: [{ id }, doctorsOf(ctx)] },
    select: { ...fields(ctx), biography: true, _count: { select: { appointments: { where: isToCome } } } }
  })
  if (!row) throw new NotFound()
  const { biography, _count } = row
  return { ...shown(row, await waiting([row.userId])), biography, upcomingCount: _count.appointments }
}

function shown({ user, specialization, clinics, feeMinor, deactivatedAt, ...row }: Row, invited: Set<string>) {
  return {
    id: row.id,
    userId: row.userId,
    name: user.name,
    email: user.email,
    phone: user.phone,
    specialization: specialization.name,
    specializationId: specialization.id,
    licenceNumber: row.licenceNumber,
    yearsOfExperience: row.yearsOfExperience,
    languages: row.languages,
    fee: { amountMinor: feeMinor, currency: clinics[0]?.clinic.currency ?? 'EUR' },
    clinics: clinics.map(({ clinic: { id, name, city } }) => ({ id, name, city })),
    isActive: !deactivatedAt,
    isInvited: invited.has(row.userId) && !user.disabledAt,
    isDisabled: Boolean(user.disabledAt)
  }
}

/** What a choice of specializations offers, by name: those in use and any named. */
export const specializations = (also: string[] = []) =>
  db.specialization.findMany({
    where: { OR: [{ deactivatedAt: null }, { id: { in: also } }] },
    select: { id: true, name: true },
    orderBy: { name: 'asc' }
  })

/** The doctors a list of appointments can be narrowed to. */
export async function doctorChoices(ctx: Ctx) {
  const rows = await db.doctor.findMany({
    where: doctorsOf(ctx),
    select: { id: true, user: { select: { name: true } } },
    orderBy: { user: { name: 'asc' } }
  })
  return rows.map(({ id, user }) => ({ id, name: user.name }))
}
