import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import type { PaymentMethod } from '../../generated/enums.ts'
import { majorUnits } from '../../helpers/money.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { daysAsked } from '../appointments/on-days-asked.ts'
import { type Ask, asFarAsCounted, everyRow, type Order, type Place, slice } from '../lists/keyset.ts'
import { ordered } from '../lists/pages.ts'
import type { Sought } from '../people/patient-queries.ts'
import { paymentsMeant } from './meant.ts'
import { listedPayments, visiblePayments } from './queries.ts'
import { type PaymentStanding, paymentsStanding, standingOf } from './standing.ts'
import { paymentFields, paymentView } from './view.ts'

export interface PaymentSearch extends Place {
  /** A payment's or an appointment's reference, a gateway's transaction, or what is known of a patient (`sought`). */
  q?: string
  sought?: Sought
  clinicId?: string
  doctorId?: string
  status?: PaymentStanding
  method?: PaymentMethod
  /** Also those that failed or were replaced by another one; otherwise what stands for an appointment, and money. */
  tries?: 'all'
  /** First and last day, `YYYY-MM-DD`, on which it was begun, each by the clock of the clinic whose money it is. */
  from?: string
  to?: string
  sort?: 'createdAt' | '-createdAt'
}

const fields = {
  ...paymentFields,
  clinic: { select: { id: true, name: true, city: true, timeZone: true } },
  appointment: {
    select: {
      ...{ id: true, reference: true, status: true, startsAt: true },
      patient: { select: { id: true, name: true } },
      doctor: { select: { id: true, user: { select: { name: true } } } },
      clinic: { select: { timeZone: true } }
    }
  }
} satisfies Prisma.PaymentSelect

type Row = Prisma.PaymentGetPayload<{ select: typeof fields }>

/** Payments this person may see, the latest begun first unless asked otherwise, a page at a time. */
export async function listPayments(ctx: Ctx, search: PaymentSearch) {
  const where = await narrowed(ctx, search)
  const [total, { rows, ...places }] = await Promise.all([
    db.payment.count({ where, ...asFarAsCounted(orderOf(search)) }),
    slice(orderOf(search), search, found(where))
  ])
  return { payments: rows.map(row => shown(ctx, row)), total, ...places }
}

/** All of them, in the same order, with the amounts as a spreadsheet counts them. */
export async function* everyPayment(ctx: Ctx, search: PaymentSearch) {
  for await (const row of everyRow(orderOf(search), found(await narrowed(ctx, search)))) {
    const payment = shown(ctx, row)
    const { amount, received, refunded } = payment
    const units = {
      asked: majorUnits(amount),
      received: received && majorUnits(received),
      refunded: refunded && majorUnits(refunded)
    }
    yield { ...payment, standing: standingOf(payment.state), units }
  }
}

const found =
  (where: Prisma.PaymentWhereInput) =>
  ({ where: beyond, ...rest }: Ask) =>
    db.payment.findMany({ where: { AND: [where, beyond] }, select: fields, ...rest })

function orderOf({ sort = '-createdAt' }: PaymentSearch): Order<Row, 'createdAt'> {
  return { ...ordered<'createdAt'>(sort), of: row => row.createdAt, holds: 'date', ids: 'uuid' }
}

async function narrowed(ctx: Ctx, search: PaymentSearch): Promise<Prisma.PaymentWhereInput> {
  const { q, clinicId, doctorId, status, method, tries } = search
  return {
    AND: [
      q ? visiblePayments(ctx) : listedPayments(ctx),
      tries === 'all' ? {} : { OR: [{ isCurrent: true }, { paidAt: { not: null } }] },
      status ? await paymentsStanding(status) : {},
      await paymentsMeant(ctx, search),
      await begunOnDaysAsked(ctx, search)
    ],
    ...(method && { method }),
    ...(clinicId && { clinicId }),
    ...(doctorId && { appointment: { doctorId } })
  }
}

async function begunOnDaysAsked(ctx: Ctx, search: PaymentSearch): Promise<Prisma.PaymentWhereInput> {
  const asked = await daysAsked(ctx, search)
  if (!asked) return {}
  const { whole, zones } = asked
  return { createdAt: whole, OR: zones.map(({ clinicIds, between }) => ({ clinicId: clinicIds, createdAt: between })) }
}

function shown(ctx: Ctx, { appointment, clinic: { timeZone, ...clinic }, ...row }: Row) {
  const { patient, doctor, startsAt, status, clinic: place, ...visit } = appointment
  return {
    ...paymentView(ctx, row, { status, timeZone }),
    timeZone,
    appointment: { ...visit, status, startsAt: onTheClock(startsAt, place.timeZone) },
    patient,
    doctor: { id: doctor.id, name: doctor.user.name },
    clinic
  }
}
