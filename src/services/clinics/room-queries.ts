import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { toCome } from '../appointments/queries.ts'
import { containing, inState, ordered, pageOf, skipTo } from '../lists/pages.ts'
import { clinicsOf } from './admin-queries.ts'

export interface RoomSearch {
  /** A room, a clinic or a city. */
  q?: string
  clinicId?: string
  state?: 'active' | 'inactive'
  sort?: Column | `-${Column}`
}

type Column = 'name' | 'clinic'

const fields = {
  id: true,
  name: true,
  deactivatedAt: true,
  clinic: { select: { id: true, name: true, city: true } }
} satisfies Prisma.RoomSelect

type Row = Prisma.RoomGetPayload<{ select: typeof fields }>

/** Rooms of this person's clinics, by clinic or as asked for, a page at a time, each with the visits to come. */
export async function listRooms(ctx: Ctx, { page, ...search }: RoomSearch & { page: number }) {
  const all = await everyRoom(ctx, search)
  const { skip, take } = skipTo(page)
  const here = all.slice(skip, skip + take)
  const counted = await db.room.findMany({
    where: { id: { in: here.map(({ id }) => id) } },
    select: { id: true, _count: { select: { appointments: { where: toCome(ctx) } } } }
  })
  const visits = new Map(counted.map(({ id, _count }) => [id, _count.appointments]))
  const rooms = here.map(room => ({ ...room, upcomingCount: visits.get(room.id) ?? 0 }))
  return { rooms, ...pageOf(all.length, page) }
}

/** All of them, in the same order: as people count, Room 2 before Room 10. */
export async function everyRoom(ctx: Ctx, { q, clinicId, state, sort }: RoomSearch) {
  const rows = await db.room.findMany({
    where: {
      AND: [
        { clinic: clinicsOf(ctx) },
        clinicId ? { clinicId } : {},
        ...containing<Prisma.RoomWhereInput>(q, text => [
          { name: text },
          { clinic: { name: text } },
          { clinic: { city: text } }
        ])
      ],
      ...inState(state)
    },
    select: fields
  })
  const { by, direction } = ordered<Column>(sort ?? 'clinic')
  const { compare } = new Intl.Collator(ctx.locale, { numeric: true })
  const clinicOf = ({ clinic }: Row) => `${clinic.name}, ${clinic.city}`
  const way = direction === 'asc' ? 1 : -1
  const byClinic = (a: Row, b: Row) => compare(clinicOf(a), clinicOf(b))
  const byName = (a: Row, b: Row) => compare(a.name, b.name)
  const [first, second] = by === 'clinic' ? [byClinic, byName] : [byName, byClinic]
  return rows.toSorted((a, b) => way * first(a, b) || second(a, b)).map(shown)
}

/** One room, its clinic, and how much is to come in it. Throws NotFound for one of somebody else's clinic. */
export async function roomFor(ctx: Ctx, id: string) {
  const row = await db.room.findFirst({
    where: { AND: [{ id, clinic: clinicsOf(ctx) }] },
    select: { ...fields, _count: { select: { workingHours: true, appointments: { where: toCome(ctx) } } } }
  })
  if (!row) throw new NotFound()
  const { _count, ...room } = row
  return { ...shown(room), hoursCount: _count.workingHours, upcomingCount: _count.appointments }
}

const shown = ({ deactivatedAt, ...room }: Row) => ({ ...room, isActive: !deactivatedAt })
