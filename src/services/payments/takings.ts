import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { majorUnits } from '../../helpers/money.ts'
import { boundsOf, dayAt, onTheClock, toDate, withNeighbours } from '../../scheduling/zone.ts'
import { clinicToShow } from '../clinics/clinic-to-show.ts'
import { isCollectable } from './possible.ts'
import { visiblePayments } from './queries.ts'
import { byWay, type Movement } from './takings-by-way.ts'
import { paymentFields, paymentView } from './view.ts'

const fields = {
  ...paymentFields,
  collectedBy: { select: { name: true } },
  refundedBy: { select: { name: true } },
  clinic: { select: { timeZone: true } },
  appointment: {
    select: {
      ...{ id: true, reference: true, status: true, startsAt: true, timeslotId: true },
      patient: { select: { id: true, name: true } },
      doctor: { select: { id: true, user: { select: { name: true } } } },
      clinic: { select: { id: true, timeZone: true } }
    }
  }
} satisfies Prisma.PaymentSelect

type Row = Prisma.PaymentGetPayload<{ select: typeof fields }>

/**
 * The money of one clinic's day by its own clock: today at the first of this person's clinics when nothing is asked
 * for; null when there is no clinic. `ways` sums up what came in and what went back that day, each currency by itself,
 * wherever the visits that were paid for went afterwards; `movements` are the same one by one; `owed` is what is still to
 * be paid at the clinic for that day's visits there, and `toHandBack` what waits for somebody who was promised money over
 * the desk, whatever the day. Throws NotFound for a clinic that isn't this person's.
 */
export async function takings(ctx: Ctx, { clinicId, date }: { clinicId?: string; date?: string }) {
  const clinic = await clinicToShow(ctx, clinicId)
  if (!clinic) return null
  const today = dayAt(ctx.now, clinic.timeZone)
  const day = date ? Temporal.PlainDate.from(date) : today
  const [start, end] = boundsOf(day, clinic.timeZone).map(toDate) as [Date, Date]
  const that = { gte: start, lt: end }
  const here = { clinicId: clinic.id }
  const find = (where: Prisma.PaymentWhereInput, orderBy: Prisma.PaymentOrderByWithRelationInput[]) =>
    db.payment.findMany({ where: { AND: [visiblePayments(ctx), where] }, select: fields, orderBy })
  const [moved, owed, toHandBack] = await Promise.all([
    find({ ...here, OR: [{ paidAt: that }, { refundedAt: that }] }, [{ paidAt: 'asc' }, { id: 'asc' }]),
    find({ ...atClinic, status: 'PENDING', isCurrent: true, appointment: { ...here, startsAt: that } }, bySoonest),
    find({ ...atClinic, status: 'SUCCESS', refundDueAt: { not: null }, ...here }, bySoonest)
  ])
  const movements = moved.flatMap(row => movementsOf(ctx, row, that))
  movements.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return {
    clinic,
    ...withNeighbours(day),
    today: today.toString(),
    ways: byWay(movements),
    owed: owed.filter(row => isCollectable(row, row.appointment.status)).map(row => shown(ctx, row)),
    toHandBack: toHandBack.map(row => shown(ctx, row)),
    movements
  }
}

const atClinic = { method: 'PAY_AT_CLINIC' } as const
const bySoonest: Prisma.PaymentOrderByWithRelationInput[] = [{ appointment: { startsAt: 'asc' } }, { id: 'asc' }]

/** What came in and what went back within a day: a payment that did both on one day stands there twice. */
function movementsOf(ctx: Ctx, row: Row, { gte, lt }: { gte: Date; lt: Date }): Moved[] {
  const { clinic, paidAt, refundedAt, currency } = row
  const amountMinor = row.receivedMinor ?? row.amountMinor
  const isThen = (at: Date | null): at is Date => at !== null && at >= gte && at < lt
  const moved = (at: Date, sign: 1 | -1) => ({
    ...{ at: onTheClock(at, clinic.timeZone), kind: sign > 0 ? ('IN' as const) : ('BACK' as const) },
    amount: { amountMinor: sign * amountMinor, currency },
    majorUnits: majorUnits({ amountMinor, currency }),
    way: row.paidWith ?? row.method,
    isAtDesk: row.method === 'PAY_AT_CLINIC',
    by: (sign > 0 ? row.collectedBy : row.refundedBy)?.name ?? null,
    ...shown(ctx, row)
  })
  return [...(isThen(paidAt) ? [moved(paidAt, 1)] : []), ...(isThen(refundedAt) ? [moved(refundedAt, -1)] : [])]
}

type Moved = Movement & ReturnType<typeof shown> & { at: string; majorUnits: string; by: string | null }

function shown(ctx: Ctx, row: Row) {
  const { patient, doctor, startsAt, status, clinic, ...visit } = row.appointment
  const { timeZone } = row.clinic
  return {
    payment: paymentView(ctx, row, { status, timeZone }),
    appointment: { ...visit, status, startsAt: onTheClock(startsAt, clinic.timeZone) },
    patient,
    doctor: { id: doctor.id, name: doctor.user.name }
  }
}
