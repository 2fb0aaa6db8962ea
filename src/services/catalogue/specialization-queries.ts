import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { containing, everyPart, inState, ordered, pageOf, skipTo } from '../lists/pages.ts'
import { known } from './known.ts'

export interface SpecializationSearch {
  q?: string
  state?: 'active' | 'inactive'
  sort?: Column | `-${Column}`
}

type Column = 'name' | 'doctors' | 'symptoms'

const fields = {
  id: true,
  name: true,
  deactivatedAt: true,
  _count: { select: { doctors: true, symptoms: true } }
} satisfies Prisma.SpecializationSelect

/** Specializations by name or as asked for, a page at a time, each with how many doctors and symptoms refer to it. */
export async function listSpecializations(ctx: Ctx, { page, ...search }: SpecializationSearch & { page: number }) {
  const [total, rows] = await Promise.all([
    db.specialization.count({ where: narrowed(ctx, search) }),
    found(ctx, search, skipTo(page))
  ])
  return { specializations: rows.map(shown), ...pageOf(total, page) }
}

/** All of them, in the same order. */
export async function* everySpecialization(ctx: Ctx, search: SpecializationSearch) {
  for await (const row of everyPart(part => found(ctx, search, part))) yield shown(row)
}

function found(ctx: Ctx, search: SpecializationSearch, part: { skip: number; take: number }) {
  const { by, direction } = ordered<Column>(search.sort ?? 'name')
  const orderBy = [{ [by]: by === 'name' ? direction : { _count: direction } }, { name: 'asc' as const }]
  return db.specialization.findMany({ where: narrowed(ctx, search), select: fields, orderBy, ...part })
}

const narrowed = (ctx: Ctx, { q, state }: SpecializationSearch): Prisma.SpecializationWhereInput => ({
  AND: [known(ctx), ...containing(q, text => [{ name: text }])],
  ...inState(state)
})

/** One specialization. Throws NotFound to anyone who doesn't keep the catalogue. */
export async function specializationFor(ctx: Ctx, id: string) {
  const row = await db.specialization.findFirst({ where: { AND: [{ id }, known(ctx)] }, select: fields })
  if (!row) throw new NotFound()
  return shown(row)
}

const shown = ({ deactivatedAt, _count, ...row }: Prisma.SpecializationGetPayload<{ select: typeof fields }>) => ({
  ...row,
  isActive: !deactivatedAt,
  doctorCount: _count.doctors,
  symptomCount: _count.symptoms
})
