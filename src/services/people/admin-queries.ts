import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Forbidden, NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import type { Role } from '../../generated/enums.ts'
import { may } from '../../permissions.ts'
import { containing, pageOf, skipTo } from '../lists/pages.ts'

export interface UserSearch {
  q?: string
  role?: Role
  state?: 'active' | 'invited' | 'disabled'
  page: number
}

const fields = {
  id: true,
  name: true,
  email: true,
  phone: true,
  role: true,
  disabledAt: true,
  doctor: { select: { id: true } },
  staffClinics: { select: { clinic: { select: { id: true, name: true } } }, orderBy: { clinic: { name: 'asc' } } }
} satisfies Prisma.UserSelect

const states = {
  active: { disabledAt: null, passwordHash: { not: null } },
  invited: { disabledAt: null, passwordHash: null },
  disabled: { disabledAt: { not: null } }
} satisfies Record<string, Prisma.UserWhereInput>

/** Accounts by name, a page at a time. Throws Forbidden. */
export async function listUsers(ctx: Ctx, { q, role, state, page }: UserSearch) {
  if (!may(ctx.actor, 'users.manage')) throw new Forbidden()
  const where: Prisma.UserWhereInput = {
    AND: containing<Prisma.UserWhereInput>(q, text => [{ name: text }, { email: text }]),
    ...(role && { role }),
    ...(state && states[state])
  }
  const [total, rows] = await Promise.all([
    db.user.count({ where }),
    db.user.findMany({ where, select: fields, orderBy: [{ name: 'asc' }, { id: 'asc' }], ...skipTo(page) })
  ])
  const invited = await waiting(rows.map(({ id }) => id))
  return { users: rows.map(row => shown(row, invited)), ...pageOf(total, page) }
}

export type UserRecord = Awaited<ReturnType<typeof userFor>>

/** One account. Throws NotFound to anyone who doesn't run accounts. */
export async function userFor(ctx: Ctx, id: string) {
  if (!may(ctx.actor, 'users.manage')) throw new NotFound()
  const row = await db.user.findUnique({ where: { id }, select: fields })
  if (!row) throw new NotFound()
  return { ...shown(row, await waiting([id])), isSelf: id === ctx.actor.id }
}

function shown(
  { disabledAt, doctor, staffClinics, ...user }: Prisma.UserGetPayload<{ select: typeof fields }>,
  invited: Set<string>
) {
  return {
    ...user,
    state: disabledAt ? 'DISABLED' : invited.has(user.id) ? 'INVITED' : 'ACTIVE',
    doctorId: doctor?.id ?? null,
    clinics: staffClinics.map(({ clinic }) => clinic)
  }
}

/** Those of these accounts that nobody has opened yet. */
export async function waiting(ids: string[]) {
  const rows = await db.user.findMany({ where: { id: { in: ids }, passwordHash: null }, select: { id: true } })
  return new Set(rows.map(({ id }) => id))
}
