import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { isOpenTo } from '../availability/own-slot.ts'
import { pageOf, skipTo } from '../lists/pages.ts'
import { phoneOf } from '../people/patient-queries.ts'
import { choosable, type Proposal, proposalsFor } from './proposals.ts'
import { sentTimes } from './proposed.ts'
import { visibleTo } from './queries.ts'
import { isToBeSeenSql } from './to-be-seen.ts'
import { afterMove, mayMove, upcoming } from './transitions.ts'
import { whyAway } from './why-away.ts'

const PROPOSED = 3

const fields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  endsAt: true,
  sequence: true,
  patient: { select: { id: true, name: true, phone: true, account: { select: { phone: true, disabledAt: true } } } },
  doctor: { select: { id: true, deactivatedAt: true, user: { select: { name: true } } } },
  clinic: { select: { id: true, name: true, city: true, timeZone: true, deactivatedAt: true } },
  timeslot: { select: { suspendedBy: true } }
} satisfies Prisma.AppointmentSelect

type Row = Prisma.AppointmentGetPayload<{ select: typeof fields }>

/**
 * The worklist: visits of today and later that can't take place at their time, soonest first, a page at a time. Each
 * with the reason, for the team alone, three free times it could move to, and what was sent to the patient. It is empty
 * when nobody is left.
 */
export async function conflicts(ctx: Ctx, { doctorId, page }: { doctorId?: string; page: number }) {
  const { skip, take } = skipTo(page)
  const [total, listed] = await Promise.all([
    conflictCount(ctx, doctorId),
    db.$queryRaw<{ id: string }[]>`
      SELECT a.id FROM ${unsolved(ctx, doctorId)} ORDER BY a.starts_at, a.id LIMIT ${take} OFFSET ${skip}`
  ])
  const ids = listed.map(({ id }) => id)
  const found = await db.appointment.findMany({
    where: { AND: [visibleTo(ctx), { id: { in: ids } }] },
    select: fields,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }]
  })
  const movable = found.filter(row => isMovable(ctx, row))
  const [proposals, why] = await Promise.all([proposalsFor(ctx, movable, PROPOSED), whyAway(found)])
  const told = await telling(ctx, found, proposals)
  const appointments = found.map(row => ({
    ...shown(ctx, row),
    ...{ why: why(row), proposals: proposals.get(row.id) ?? [], ...told(row) }
  }))
  return { appointments, ...pageOf(total, page) }
}

/** Which of the times can be sent to the patient, who then chooses, and which were sent: `timesToSend`, `timesSent`. */
async function telling(ctx: Ctx, rows: Row[], proposals: Map<string, Proposal[]>) {
  const times = new Map(
    rows
      .filter(row => isReached(ctx, row))
      .map(({ id }) => [id, (proposals.get(id) ?? []).map(each => each.timeslotId)])
  )
  const [sent, toSend] = await Promise.all([sentTimes(rows), choosable(ctx, times)])
  return ({ id, patient }: Row) => ({
    hasAccount: patient.account?.disabledAt === null,
    timesToSend: (toSend.get(id) ?? []).map(({ timeslotId }) => timeslotId),
    timesSent: sent.get(id) ?? null
  })
}

const isReached = ({ now }: Ctx, { patient, status, startsAt }: Row) =>
  patient.account?.disabledAt === null && afterMove('PATIENT', status) !== null && startsAt > toDate(now)

/** A visit that has just been moved, when it is this person's: whom to ring, and what to say. */
export async function movedVisit(ctx: Ctx, id: string) {
  const still = { status: { in: [...upcoming] } }
  const row = await db.appointment.findFirst({ where: { AND: [visibleTo(ctx), { id }, still] }, select: fields })
  return row && shown(ctx, row)
}

/** How many visits stand on the worklist. */
export async function conflictCount(ctx: Ctx, doctorId?: string) {
  const [counted] = await db.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM ${unsolved(ctx, doctorId)}`
  return counted?.count ?? 0
}

/** Few times are suspended, and an index knows them: this is asked for every page of the team. */
const unsolved = (ctx: Ctx, doctorId?: string) => Prisma.sql`
  time_slots s JOIN clinics c ON c.id = s.clinic_id
  JOIN appointments a ON a.timeslot_id = s.id AND ${isToBeSeenSql(ctx)}
  WHERE s.suspended_by IS NOT NULL AND s.starts_at > ${toDate(ctx.now)}::timestamptz - interval '26 hours'
    AND ${isOpenTo(ctx)} AND ${doctorId ? Prisma.sql`s.doctor_id = ${doctorId}::uuid` : Prisma.sql`true`}`

const isMovable = ({ actor }: Ctx, { status, doctor, clinic }: Row) =>
  afterMove(actor.role, status) !== null && !doctor.deactivatedAt && !clinic.deactivatedAt

function shown(ctx: Ctx, row: Row) {
  const { id, reference, status, startsAt, endsAt, patient, doctor, clinic } = row
  return {
    id,
    reference,
    status,
    startsAt: onTheClock(startsAt, clinic.timeZone),
    endsAt: onTheClock(endsAt, clinic.timeZone),
    timeZone: clinic.timeZone,
    minutes: (endsAt.valueOf() - startsAt.valueOf()) / 60_000,
    patient: { id: patient.id, name: patient.name, phone: phoneOf(patient) },
    doctor: { id: doctor.id, name: doctor.user.name },
    clinic: { id: clinic.id, name: clinic.name, city: clinic.city },
    canMove: isMovable(ctx, row),
    canCancel: mayMove(ctx.actor.role, status, 'CANCELLED')
  }
}
