import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Forbidden, NotFound, refuse } from '../../errors.ts'
import { Prisma } from '../../generated/client.ts'
import type { Role } from '../../generated/enums.ts'
import { may } from '../../permissions.ts'
import { fewIds } from '../lists/few.ts'
import { type Ask, asFarAsCounted, everyRow, type Order, type Place, slice } from '../lists/keyset.ts'
import { containing, literal, ordered, wordsOf } from '../lists/pages.ts'

export interface UserSearch extends Place {
  /** Parts of the name or, three letters and more, the e-mail address. */
  q?: string
  role?: Role
  state?: keyof typeof states
  /** Who works there: the front desk and the doctors of a clinic. */
  clinicId?: string
  sort?: Column | `-${Column}`
}

type Column = 'name' | 'createdAt'

const clinics = {
  select: { clinic: { select: { id: true, name: true } } },
  orderBy: { clinic: { name: 'asc' } }
} as const

const fields = {
  id: true,
  name: true,
  email: true,
  phone: true,
  role: true,
  createdAt: true,
  disabledAt: true,
  erasedAt: true,
  erasureReason: true,
  doctor: { select: { id: true, clinics } },
  staffClinics: clinics
} satisfies Prisma.UserSelect

type Row = Awaited<ReturnType<typeof rows>>[number]

const states = {
  active: { disabledAt: null, passwordHash: { not: null } },
  invited: { disabledAt: null, passwordHash: null },
  disabled: { disabledAt: { not: null }, erasedAt: null },
  erased: { erasedAt: { not: null } }
} satisfies Record<string, Prisma.UserWhereInput>

/** Accounts, a page at a time. Throws Forbidden. */
export async function listUsers(ctx: Ctx, search: UserSearch) {
  const where = await narrowed(ctx, search)
  const [total, { rows: page, ...places }] = await Promise.all([
    db.user.count({ where, ...asFarAsCounted(orderOf(search)) }),
    slice(orderOf(search), search, found(where))
  ])
  return { users: page.map(shown), total, ...places }
}

/** All of them, in the same order. Throws Forbidden. */
export async function* everyUser(ctx: Ctx, search: UserSearch) {
  for await (const row of everyRow(orderOf(search), found(await narrowed(ctx, search)))) yield shown(row)
}

const found =
  (where: Prisma.UserWhereInput) =>
  ({ where: beyond, ...rest }: Ask) =>
    rows({ where: { AND: [where, beyond] }, ...rest })

/** Whether there is a password, never its hash. */
async function rows(ask: Pick<Prisma.UserFindManyArgs, 'where' | 'orderBy' | 'take'>) {
  const users = await db.user.findMany({ ...ask, select: { ...fields, passwordHash: true } })
  return users.map(({ passwordHash, ...user }) => ({ ...user, hasPassword: passwordHash !== null }))
}

function orderOf({ sort = 'name' }: UserSearch): Order<Row, Column> {
  const order = ordered<Column>(sort)
  return { ...order, of: row => row[order.by], holds: order.by === 'name' ? 'text' : 'date', ids: 'uuid' }
}

async function narrowed(ctx: Ctx, { q, role, state, clinicId }: UserSearch): Promise<Prisma.UserWhereInput> {
  if (!may(ctx.actor, 'users.manage')) throw new Forbidden()
  const there = { some: { clinicId } }
  const words = containing<Prisma.UserWhereInput>(q, text => [
    { name: text },
    ...(isInEmails(text.contains) ? [{ email: text }] : [])
  ])
  const few = await fewCalled(q)
  return {
    AND: [
      ...(few ? [{ id: { in: few } }] : words),
      clinicId ? { OR: [{ staffClinics: there }, { doctor: { clinics: there } }] } : {},
      state ? states[state] : {}
    ],
    ...(role && { role })
  }
}

/**
 * The ids of the accounts with these words in their name or e-mail address, when they are few: indexes know them. Null
 * when they are many, and soon come across in any order; or when nothing is looked for.
 */
async function fewCalled(q?: string) {
  const words = wordsOf(q)
  if (words.length === 0) return null
  const each = words.map(word => {
    const like = `%${literal(word)}%`
    return isInEmails(word)
      ? Prisma.sql`(name ILIKE ${like} OR email::text ILIKE ${like})`
      : Prisma.sql`name ILIKE ${like}`
  })
  return fewIds(Prisma.sql`SELECT id FROM users WHERE ${Prisma.join(each, ' AND ')}`)
}

/** Two letters are in many e-mail addresses and mean none, and no index knows them. */
const isInEmails = (word: string) => word.length > 2

export type UserRecord = Awaited<ReturnType<typeof userFor>>

/** One account. Throws NotFound to anyone who doesn't run accounts. */
export async function userFor(ctx: Ctx, id: string) {
  if (!may(ctx.actor, 'users.manage')) throw new NotFound()
  const [row] = await rows({ where: { id } })
  if (!row) throw new NotFound()
  return { ...shown(row), isSelf: id === ctx.actor.id }
}

/** One account that somebody still has. Throws NotFound, and a Refusal of one whose data was erased. */
export async function livingUserFor(ctx: Ctx, id: string) {
  const user = await userFor(ctx, id)
  if (user.state === 'ERASED') throw refuse(null, 'admin:errors.erased')
  return user
}

function shown({ hasPassword, disabledAt, erasedAt, createdAt, doctor, staffClinics, ...user }: Row) {
  return {
    ...user,
    email: erasedAt ? '' : user.email,
    state: erasedAt ? 'ERASED' : disabledAt ? 'DISABLED' : hasPassword ? 'ACTIVE' : 'INVITED',
    hasJoined: hasPassword,
    createdAt: createdAt.toISOString(),
    erasedAt: erasedAt?.toISOString() ?? null,
    doctorId: doctor?.id ?? null,
    clinics: (doctor?.clinics ?? staffClinics).map(({ clinic }) => clinic)
  }
}

/** Those of these accounts that nobody has opened yet. */
export async function waiting(ids: string[]) {
  const rows = await db.user.findMany({ where: { id: { in: ids }, passwordHash: null }, select: { id: true } })
  return new Set(rows.map(({ id }) => id))
}
