import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { containing, everyPart, inState, ordered, pageOf, skipTo } from '../lists/pages.ts'
import { known } from './known.ts'

export interface SymptomSearch {
  q?: string
  specializationId?: string
  urgency?: 'emergency' | 'other'
  state?: 'active' | 'inactive'
  sort?: Column | `-${Column}`
}

type Column = 'name' | 'isEmergency'

const fields = {
  id: true,
  name: true,
  advice: true,
  isEmergency: true,
  deactivatedAt: true,
  specializations: {
    select: { specialization: { select: { id: true, name: true } } },
    orderBy: { specialization: { name: 'asc' } }
  }
} satisfies Prisma.SymptomSelect

/** Symptoms by name or as asked for, a page at a time, each with the specializations it leads to. */
export async function listSymptoms(ctx: Ctx, { page, ...search }: SymptomSearch & { page: number }) {
  const [total, rows] = await Promise.all([
    db.symptom.count({ where: narrowed(ctx, search) }),
    found(ctx, search, skipTo(page))
  ])
  return { symptoms: rows.map(shown), ...pageOf(total, page) }
}

/** All of them, in the same order. */
export async function* everySymptom(ctx: Ctx, search: SymptomSearch) {
  for await (const row of everyPart(part => found(ctx, search, part))) yield shown(row)
}

function found(ctx: Ctx, search: SymptomSearch, part: { skip: number; take: number }) {
  const { by, direction } = ordered<Column>(search.sort ?? 'name')
  const orderBy = [{ [by]: direction }, { name: 'asc' as const }]
  return db.symptom.findMany({ where: narrowed(ctx, search), select: fields, orderBy, ...part })
}

const narrowed = (ctx: Ctx, { q, specializationId, urgency, state }: SymptomSearch): Prisma.SymptomWhereInput => ({
  AND: [known(ctx), ...containing<Prisma.SymptomWhereInput>(q, text => [{ name: text }, { advice: text }])],
  ...(specializationId && { specializations: { some: { specializationId } } }),
  ...(urgency && { isEmergency: urgency === 'emergency' }),
  ...inState(state)
})

export type SymptomRecord = Awaited<ReturnType<typeof symptomFor>>

/** One symptom. Throws NotFound to anyone who doesn't keep the catalogue. */
export async function symptomFor(ctx: Ctx, id: string) {
  const row = await db.symptom.findFirst({ where: { AND: [{ id }, known(ctx)] }, select: fields })
  if (!row) throw new NotFound()
  return shown(row)
}

const shown = ({ deactivatedAt, specializations, ...row }: Prisma.SymptomGetPayload<{ select: typeof fields }>) => ({
  ...row,
  isActive: !deactivatedAt,
  specializations: specializations.map(({ specialization }) => specialization)
})
