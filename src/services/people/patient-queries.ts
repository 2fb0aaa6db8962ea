import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import { Prisma } from '../../generated/client.ts'
import { dayOf, onTheClock } from '../../scheduling/zone.ts'
import { toCome, visibleTo } from '../appointments/queries.ts'
import { isOwnClinic } from '../clinics/own-clinic.ts'
import { filledUp } from '../lists/few.ts'
import { type Ask, asFarAsCounted, everyRow, type Order, type Place, slice } from '../lists/keyset.ts'
import { containing, ordered } from '../lists/pages.ts'

/**
 * The front desk's patients: whoever has or had an appointment at its clinics, and whoever it added itself. An admin's
 * are all.
 */
export function patientsSeen({ actor }: Ctx): Prisma.PatientWhereInput {
  if (actor.role === 'ADMIN') return { archivedAt: null }
  return actor.role === 'STAFF' ? { archivedAt: null, ...seenAt(actor.clinicIds) } : { id: { in: [] } }
}

const seenAt = (clinicIds: string[]): Prisma.PatientWhereInput => ({
  OR: [
    { clinicId: { in: clinicIds } },
    { appointments: { some: { clinicId: { in: clinicIds }, status: { notIn: ['HELD', 'EXPIRED'] } } } }
  ]
})

export interface PatientSearch extends Place {
  sought: Sought
  clinicId?: string | undefined
  sort?: Column | `-${Column}` | undefined
}

/** Parts of a name, digits of a phone number, a date of birth (`YYYY-MM-DD`): all that are given must fit. */
export interface Sought {
  words: string[]
  digits?: string
  bornOn?: string
}

type Column = 'name' | 'createdAt'

const fields = {
  id: true,
  name: true,
  relation: true,
  dateOfBirth: true,
  phone: true,
  createdAt: true,
  account: { select: { name: true, phone: true, email: true } },
  clinic: { select: { id: true, name: true, city: true } }
} satisfies Prisma.PatientSelect

/** Their next visit too, of those that this person knows of. */
const listed = (ctx: Ctx) =>
  ({
    ...fields,
    appointments: {
      where: { AND: [visibleTo(ctx), toCome(ctx)] },
      select: { id: true, startsAt: true, clinic: { select: { timeZone: true } } },
      orderBy: { startsAt: 'asc' },
      take: 1
    }
  }) satisfies Prisma.PatientSelect

type Row = Prisma.PatientGetPayload<{ select: typeof fields }>
type Listed = Prisma.PatientGetPayload<{ select: ReturnType<typeof listed> }>

/** Patients this person may see, a page at a time. */
export async function listPatients(ctx: Ctx, search: PatientSearch) {
  const where = await narrowed(ctx, search)
  const [total, { rows, ...places }] = await Promise.all([
    db.patient.count({ where, ...asFarAsCounted(orderOf(search)) }),
    slice(orderOf(search), search, found(ctx, where))
  ])
  return { patients: rows.map(inList), total, ...places }
}

/** All of them, in the same order. */
export async function* everyPatient(ctx: Ctx, search: PatientSearch) {
  for await (const row of everyRow(orderOf(search), found(ctx, await narrowed(ctx, search)))) yield inList(row)
}

/** The first of those whom somebody on the phone may be, by name, and whether there are more. */
export async function patientsLike(ctx: Ctx, sought: Sought, most: number) {
  const where = await narrowed(ctx, { sought })
  const rows = await db.patient.findMany({
    where,
    select: fields,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: most + 1
  })
  return { found: rows.slice(0, most).map(shown), isMore: rows.length > most }
}

/** One patient. Throws NotFound for one whom this person may not see. */
export async function patientSeen(ctx: Ctx, id: string) {
  const row = await db.patient.findFirst({ where: { AND: [{ id }, patientsSeen(ctx)] }, select: fields })
  if (!row) throw new NotFound()
  return shown(row)
}

/**
 * Others of the same name and date of birth (`YYYY-MM-DD`), among those this person may see: perhaps the same person.
 */
export async function namesakes(
  ctx: Ctx,
  { name, dateOfBirth }: { name: string; dateOfBirth: string },
  client = db as Pick<typeof db, 'patient'>
) {
  const same = { name: { equals: name, mode: 'insensitive' }, dateOfBirth: new Date(dateOfBirth) } as const
  const rows = await client.patient.findMany({ where: { AND: [patientsSeen(ctx), same] }, select: fields, take: 5 })
  return rows.map(shown)
}

const found =
  (ctx: Ctx, where: Prisma.PatientWhereInput) =>
  ({ where: beyond, ...rest }: Ask) =>
    db.patient.findMany({ where: { AND: [where, beyond] }, select: listed(ctx), ...rest })

function orderOf({ sort = 'name' }: PatientSearch): Order<Listed, Column> {
  const order = ordered<Column>(sort)
  return { ...order, of: row => row[order.by], holds: order.by === 'name' ? 'text' : 'date', ids: 'uuid' }
}

async function narrowed(ctx: Ctx, { sought, clinicId }: PatientSearch): Promise<Prisma.PatientWhereInput> {
  const { words, digits, bornOn } = sought
  const named = containing<Prisma.PatientWhereInput>(words.join(' '), text => [{ name: text }])
  return {
    AND: [
      patientsSeen(ctx),
      clinicId ? seenAt(isOwnClinic(ctx, clinicId) ? [clinicId] : []) : {},
      ...named,
      digits ? { id: { in: await reachedBy(ctx, digits) } } : {}
    ],
    ...(bornOn && { dateOfBirth: new Date(bornOn) })
  }
}

/** The ids of those of this person's patients who have this number or date of birth, or both; the first thousand. */
export async function patientsKnownBy(ctx: Ctx, known: Omit<Sought, 'words'>) {
  const where = await narrowed(ctx, { sought: { words: [], ...known } })
  const rows = await db.patient.findMany({ where, select: { id: true }, take: MOST_OF_A_NUMBER })
  return filledUp(rows.map(({ id }) => id))
}

/** More than anybody pages through: fewer digits than that tell nobody from anybody. */
const MOST_OF_A_NUMBER = 1000

/** Patients with these digits in their number or their account's. Indexes know the digits of both. */
async function reachedBy(ctx: Ctx, digits: string) {
  const like = `%${digits}%`
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM patients p WHERE regexp_replace(p.phone, '\\D', '', 'g') LIKE ${like} AND ${isSeen(ctx)}
    UNION
    SELECT p.id FROM users u JOIN patients p ON p.account_id = u.id
    WHERE regexp_replace(u.phone, '\\D', '', 'g') LIKE ${like} AND ${isSeen(ctx)}
    LIMIT ${MOST_OF_A_NUMBER}`
  return filledUp(rows.map(({ id }) => id))
}

/** What `patientsSeen` says, of `p`: the limit must not be used up by those whom this person may not see. */
const isSeen = ({ actor }: Ctx) =>
  actor.role === 'ADMIN'
    ? Prisma.sql`p.archived_at IS NULL`
    : Prisma.sql`p.archived_at IS NULL AND (p.clinic_id = ANY(${actor.clinicIds}::uuid[]) OR EXISTS (
        SELECT 1 FROM appointments a WHERE a.patient_id = p.id AND a.clinic_id = ANY(${actor.clinicIds}::uuid[])
          AND a.status NOT IN ('HELD', 'EXPIRED')))`

/** What `phoneOf` needs to know of a patient. */
export const reach = { phone: true, account: { select: { phone: true } } } satisfies Prisma.PatientSelect

/** One's own number, else that of whoever looks after one. */
export const phoneOf = ({ phone, account }: { phone: string | null; account: { phone: string | null } | null }) =>
  phone ?? account?.phone ?? null

const shown = ({ relation, dateOfBirth, account, ...row }: Row) => ({
  id: row.id,
  name: row.name,
  dateOfBirth: dateOfBirth && dayOf(dateOfBirth),
  phone: phoneOf({ ...row, account }),
  email: account?.email ?? null,
  hasAccount: account !== null,
  /** Who looks after this patient, when that is somebody else. */
  guardian: account && relation !== 'SELF' ? { name: account.name, relation } : null,
  addedBy: row.clinic
})

const inList = ({ appointments: [next], createdAt, ...row }: Listed) => ({
  ...shown({ ...row, createdAt }),
  next: next
    ? { id: next.id, startsAt: onTheClock(next.startsAt, next.clinic.timeZone), timeZone: next.clinic.timeZone }
    : null
})
