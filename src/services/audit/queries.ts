import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Forbidden, NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { may } from '../../permissions.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { asReference } from '../appointments/reference.ts'
import { type Ask, everyRow, type Order, type Place, slice } from '../lists/keyset.ts'
import { COUNTED, containing, ordered } from '../lists/pages.ts'
import { eventsCalled } from './events.ts'
import { subjectTypes } from './record.ts'
import { subjectsOf } from './subjects.ts'

export interface AuditSearch extends Place {
  /** An appointment's reference, the id of a record, or that of a request. */
  q?: string
  /** Part of the name of whoever did it, the whole e-mail address, or the account's id. */
  who?: string
  /** `appointment.booked`, or `appointment` for all that befalls one. */
  event?: string
  subjectType?: string
  clinicId?: string
  /** First and last day, `YYYY-MM-DD`, in UTC: the log has one clock. */
  from?: string
  to?: string
  sort?: 'at' | '-at'
}

type Row = Prisma.AuditEventGetPayload<object>

/**
 * What happened, the latest first unless asked otherwise, a page at a time, by one clock: the clinic's where one is
 * asked for, otherwise UTC. Throws Forbidden.
 */
export async function listEvents(ctx: Ctx, search: AuditSearch) {
  const where = await narrowed(ctx, search)
  const [total, { rows, ...places }] = await Promise.all([
    db.auditEvent.count({ where, take: COUNTED + 1 }),
    slice(orderOf(search), search, found(where, namesIn(search), search.clinicId ? 'clinic' : 'UTC'))
  ])
  return { events: rows.map(({ id, shown }) => ({ id: String(id), ...shown })), total, ...places }
}

/** All of it, in the same order. Throws Forbidden. */
export async function* everyEvent(ctx: Ctx, search: AuditSearch) {
  const rows = everyRow(orderOf(search), found(await narrowed(ctx, search), namesIn(search)))
  for await (const { id, shown } of rows) yield { id: String(id), ...shown }
}

/** One of them. Throws Forbidden, and NotFound. */
export async function eventFor(ctx: Ctx, id: bigint) {
  if (!may(ctx.actor, 'audit.read')) throw new Forbidden()
  const [row] = await found({ id })({ where: {}, orderBy: [], take: 1 })
  if (!row) throw new NotFound()
  return { id: String(id), ...row.shown }
}

/**
 * The events of a topic are asked for one by one and put together: an index has those of one name in order, of many it
 * has not, and to look for a rare topic through everything takes a second on a million events.
 */
const found =
  (
    { event, ...where }: Prisma.AuditEventWhereInput,
    names: (string | undefined)[] = [undefined],
    clock: Clock = 'clinic'
  ) =>
  async ({ where: beyond, orderBy, take }: Ask) => {
    const each = names.map(name =>
      db.auditEvent.findMany({ where: { AND: [where, beyond], ...(name && { event: name }) }, orderBy, take })
    )
    const rows = (await Promise.all(each)).flat()
    return shown(names.length > 1 ? rows.sort(inOrder(orderBy)).slice(0, take) : rows, clock)
  }

/** By whose clock events are told: UTC, or each by that of its clinic. */
type Clock = 'UTC' | 'clinic'

type Direction = 'asc' | 'desc'

const inOrder = (orderBy: object[]) => (a: Row, b: Row) => {
  for (const [column, direction] of orderBy.flatMap(each => Object.entries(each)) as ['id' | 'at', Direction][])
    if (a[column] < b[column]) return direction === 'asc' ? -1 : 1
    else if (a[column] > b[column]) return direction === 'asc' ? 1 : -1
  return 0
}

/** Numbers rise with time, nearly; when days are asked for it is time itself that narrows the list and orders it. */
function orderOf({ sort = '-at', from, to }: AuditSearch): Order<{ id: bigint; at: Date }, 'id' | 'at'> {
  const { direction } = ordered<'at'>(sort)
  const by = from || to ? 'at' : 'id'
  return { by, direction, of: row => row[by], holds: by === 'at' ? 'date' : 'bigint', ids: 'bigint' }
}

const namesIn = ({ event }: AuditSearch) => (event ? eventsCalled(event) : [undefined])

async function narrowed(ctx: Ctx, search: AuditSearch): Promise<Prisma.AuditEventWhereInput> {
  if (!may(ctx.actor, 'audit.read')) throw new Forbidden()
  const { q, who, event, subjectType, clinicId, from, to } = search
  return {
    ...(event && { event: { in: eventsCalled(event) } }),
    ...(subjectType && { subjectType }),
    ...(clinicId && { clinicId }),
    ...(who && { actorId: { in: await accountsCalled(who) } }),
    ...((from || to) && { at: { ...(from && { gte: midnight(from) }), ...(to && { lt: midnight(to, 1) }) } }),
    ...(q && { OR: await meant(q) })
  }
}

const DAY = 86_400_000
const midnight = (day: string, daysAfter = 0) => new Date(Date.parse(`${day}T00:00:00Z`) + daysAfter * DAY)

const MOST_ACCOUNTS = 50

async function accountsCalled(who: string) {
  if (isId.test(who)) return [who]
  const where = { OR: [{ AND: containing<Prisma.UserWhereInput>(who, text => [{ name: text }]) }, { email: who }] }
  const rows = await db.user.findMany({ where, select: { id: true }, take: MOST_ACCOUNTS, orderBy: { name: 'asc' } })
  return rows.map(({ id }) => id)
}

const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The kinds are named, since the index of records begins with them. */
async function meant(q: string): Promise<Prisma.AuditEventWhereInput[]> {
  const appointment = await db.appointment.findFirst({
    where: { reference: { in: [q.toUpperCase(), asReference(q) ?? []].flat() } },
    select: { id: true }
  })
  const appointmentId = appointment?.id ?? (isId.test(q) ? q : undefined)
  return [
    { subjectType: { in: [...subjectTypes] }, subjectId: q },
    { requestId: q },
    ...(appointmentId ? [{ appointmentId }] : [])
  ]
}

async function shown(rows: Row[], clock: Clock) {
  const idsOf = (column: 'actorId' | 'clinicId') => [...new Set(rows.flatMap(row => row[column] ?? []))]
  const [people, clinics, subjects] = await Promise.all([
    db.user.findMany({ where: { id: { in: idsOf('actorId') } }, select: { id: true, name: true, erasedAt: true } }),
    db.clinic.findMany({
      where: { id: { in: idsOf('clinicId') } },
      select: { id: true, name: true, city: true, timeZone: true }
    }),
    subjectsOf(rows)
  ])
  /** As people are called now; whoever was erased has no name any more. */
  const person = new Map(people.map(({ id, name, erasedAt }) => [id, erasedAt ? null : name]))
  const place = new Map(clinics.map(each => [each.id, each]))
  return rows.map(({ id, at, ...row }) => {
    const clinic = row.clinicId ? place.get(row.clinicId) : undefined
    const timeZone = (clock === 'clinic' && clinic?.timeZone) || 'UTC'
    return { id, at, shown: { at: onTheClock(at, timeZone), timeZone, ...told(row) } }

    function told({
      event,
      actorId,
      actorRole,
      subjectType,
      subjectId,
      appointmentId,
      data,
      requestId,
      address
    }: Told) {
      const names = subjects.get(subjectType)
      const by = { id: actorId, name: (actorId && person.get(actorId)) || null, role: actorRole }
      const subject = {
        type: subjectType,
        id: subjectId,
        name: (subjectId && names?.get(subjectId)) || null,
        hasPage: subjectType === 'settings' || Boolean(subjectId && names?.has(subjectId))
      }
      const where = clinic ? { id: clinic.id, name: clinic.name, city: clinic.city } : null
      return { event, by, subject, appointmentId, clinic: where, ...dataOf(data), address, requestId }
    }
  })
}

type Told = Omit<Row, 'id' | 'at'>

/** What an event says of a change, field by field, and all else that it tells. */
function dataOf(data: Prisma.JsonValue) {
  const { changes = {}, changed = [], ...more } = (data ?? {}) as Prisma.JsonObject
  return { changes: changes as Record<string, [unknown, unknown]>, changed: changed as string[], data: more }
}
