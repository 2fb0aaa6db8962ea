import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { paths } from '../../paths.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { PER_PAGE, pageOf, skipTo } from '../lists/pages.ts'
import { ownId } from '../people/queries.ts'
import type { MessageData, MessageKind } from './kinds.ts'

/** More are not counted: a page says that there are more than 99. */
const COUNTED = 100

const fields = {
  ...{ id: true, kind: true, data: true, createdAt: true, readAt: true },
  appointment: {
    select: {
      ...{ id: true, startsAt: true, doctorId: true },
      doctor: { select: { user: { select: { name: true } } } },
      patient: { select: { name: true, relation: true, accountId: true } },
      clinic: { select: { name: true, timeZone: true } }
    }
  }
} satisfies Prisma.NotificationSelect

type Row = Prisma.NotificationGetPayload<{ select: typeof fields }>
type Visit = NonNullable<Row['appointment']>

/** The notices of whoever asks. */
const ownNotices = (ctx: Ctx) =>
  ({ recipientId: ownId(ctx), channel: 'IN_APP' }) satisfies Prisma.NotificationWhereInput

/** How many notices somebody has not read yet, up to a hundred. */
export async function unreadNotices(ctx: Ctx) {
  const [{ count } = { count: 0 }] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM notifications
      WHERE recipient_id = ${ownId(ctx)}::uuid AND channel = 'IN_APP' AND read_at IS NULL LIMIT ${COUNTED}) unread`
  return count
}

/**
 * What whoever asks was told of on a page, the newest first, a page at a time: what happened, when by the clinic's clock,
 * to whose appointment, and where it leads.
 */
export async function noticesOf(ctx: Ctx, page: number) {
  const where = ownNotices(ctx)
  const [rows, total, unread] = await Promise.all([
    db.notification.findMany({
      ...{ where, select: fields, ...skipTo(page) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }]
    }),
    db.notification.count({ where }),
    unreadNotices(ctx)
  ])
  const amounts = await amountsOf(ctx, rows)
  const notices = rows.flatMap(row => (row.appointment ? shown(ctx, row, row.appointment, amounts) : []))
  return { notices, unread, ...pageOf(total, page), ...(page * PER_PAGE < total && { nextPage: page + 1 }) }
}

/** One of them. Throws NotFound for anybody else's. */
export async function noticeFor(ctx: Ctx, id: string) {
  const row = await db.notification.findFirst({ where: { ...ownNotices(ctx), id }, select: fields })
  if (!row?.appointment) throw new NotFound()
  return shown(ctx, row, row.appointment, await amountsOf(ctx, [row]))
}

type Amounts = Map<string, { amountMinor: number; currency: string }>

function shown(ctx: Ctx, row: Row, visit: Visit, amounts: Amounts) {
  const { timeZone, name } = visit.clinic
  const data = row.data as MessageData
  return {
    ...{ id: row.id, kind: row.kind as MessageKind, isRead: row.readAt !== null, timeZone },
    at: onTheClock(row.createdAt, timeZone),
    startsAt: data.startsAt ?? onTheClock(visit.startsAt, timeZone),
    from: data.from ?? null,
    wentToAnother: data.formerDoctorId !== undefined,
    doctor: { name: visit.doctor.user.name },
    patient: { name: visit.patient.name, isSelf: visit.patient.relation === 'SELF' },
    clinic: { name },
    amount: amounts.get(data.paymentId ?? '') ?? null,
    to: leadsTo(ctx, row, visit)
  }
}

/** The page where one goes on: of the visit while it is one's own, of the day it was on, of the money. */
function leadsTo({ actor }: Ctx, { data }: Row, visit: Visit) {
  const { paymentId, startsAt } = data as MessageData
  const { appointments, payments } = paths.booking
  if (actor.role === 'DOCTOR' && visit.doctorId === actor.doctorId) return paths.doctor.appointments.show(visit.id)
  if (actor.role === 'DOCTOR') return paths.doctor.schedule.index({ date: startsAt?.slice(0, 10) })
  if (visit.patient.accountId !== actor.id) return appointments.index()
  return paymentId ? payments.show(paymentId) : appointments.show(visit.id)
}

/** Of the payments that are told of, what was paid. */
async function amountsOf(ctx: Ctx, rows: Row[]): Promise<Amounts> {
  const ids = rows.flatMap(({ data }) => (data as MessageData).paymentId ?? [])
  if (ids.length === 0) return new Map()
  const payments = await db.payment.findMany({
    where: { id: { in: ids }, appointment: { patient: { accountId: ownId(ctx) } } },
    select: { id: true, amountMinor: true, receivedMinor: true, currency: true }
  })
  return new Map(
    payments.map(({ id, amountMinor, receivedMinor, currency }) => [
      id,
      { amountMinor: receivedMinor ?? amountMinor, currency }
    ])
  )
}
