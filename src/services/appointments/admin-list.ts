import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { type Ask, asFarAsCounted, everyRow, type Order, type Place, slice } from '../lists/keyset.ts'
import { ordered } from '../lists/pages.ts'
import { type PaymentStanding, standingOf, withPaymentStanding } from '../payments/standing.ts'
import { presentPayment, presentView } from '../payments/view.ts'
import { phoneOf, reach, type Sought } from '../people/patient-queries.ts'
import { meant } from './meant.ts'
import { onDaysAsked } from './on-days-asked.ts'
import { toCome, visibleTo } from './queries.ts'

export interface AppointmentSearch extends Place {
  /** A reference, or what is known of a patient, which `sought` makes out. */
  q?: string
  sought?: Sought
  clinicId?: string
  doctorId?: string
  status?: AppointmentStatus
  /** How its payment stands. */
  payment?: PaymentStanding
  /** From today on, today alone, only what is still to come, or whatever the day. */
  when: 'today' | 'day' | 'coming' | 'any'
  /** First and last day, `YYYY-MM-DD`, each by the clock of the appointment's own clinic. */
  from?: string
  to?: string
  sort?: Column | `-${Column}`
}

type Column = 'startsAt' | 'createdAt'

const fields = {
  ...{ id: true, reference: true, status: true, startsAt: true, endsAt: true, createdAt: true },
  patient: { select: { id: true, name: true, ...reach } },
  doctor: { select: { id: true, user: { select: { name: true } } } },
  clinic: { select: { id: true, name: true, city: true, timeZone: true } },
  room: { select: { name: true } },
  timeslot: { select: { isExtra: true } },
  payments: presentPayment
} satisfies Prisma.AppointmentSelect

type Row = Prisma.AppointmentGetPayload<{ select: typeof fields }>

/** Appointments of every patient this person may see, a page at a time. Holds are shown only when asked for. */
export async function listAppointments(ctx: Ctx, search: AppointmentSearch) {
  const where = await narrowed(ctx, search)
  const [total, { rows, ...places }] = await Promise.all([
    db.appointment.count({ where, ...asFarAsCounted(orderOf(search)) }),
    slice(orderOf(search), search, found(where))
  ])
  return { appointments: rows.map(row => shown(ctx, row)), total, ...places }
}

/** All of them, in the same order, with a number to call. */
export async function* everyAppointment(ctx: Ctx, search: AppointmentSearch) {
  for await (const row of everyRow(orderOf(search), found(await narrowed(ctx, search)))) {
    const appointment = shown(ctx, row)
    const standing = appointment.payment && standingOf(appointment.payment.state)
    yield { ...appointment, paymentStanding: standing, phone: phoneOf(row.patient) }
  }
}

const found =
  (where: Prisma.AppointmentWhereInput) =>
  ({ where: beyond, ...rest }: Ask) =>
    db.appointment.findMany({ where: { AND: [where, beyond] }, select: fields, ...rest })

function orderOf({ sort = 'startsAt' }: AppointmentSearch): Order<Row, Column> {
  const order = ordered<Column>(sort)
  return { ...order, of: row => row[order.by], holds: 'date', ids: 'uuid' }
}

async function narrowed(ctx: Ctx, search: AppointmentSearch): Promise<Prisma.AppointmentWhereInput> {
  const { clinicId, doctorId, status, payment, when } = search
  return {
    AND: [
      visibleTo(ctx),
      await meant(ctx, search),
      when === 'coming' ? toCome(ctx) : {},
      payment ? await withPaymentStanding(payment) : {},
      await onDaysAsked(ctx, search)
    ],
    status: status ?? { notIn: ['HELD', 'EXPIRED'] },
    ...(clinicId && { clinicId }),
    ...(doctorId && { doctorId })
  }
}

/** The next appointments that this person's clinics expect, soonest first. */
export async function nextAppointments(ctx: Ctx, most: number) {
  const rows = await db.appointment.findMany({
    where: { AND: [visibleTo(ctx)], status: { in: ['BOOKED', 'CONFIRMED'] }, startsAt: { gt: toDate(ctx.now) } },
    select: fields,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: most
  })
  return rows.map(row => shown(ctx, row))
}

function shown(ctx: Ctx, { patient, doctor, clinic: { timeZone, ...clinic }, room, timeslot, payments, ...row }: Row) {
  const { startsAt, endsAt, createdAt, ...others } = row
  return {
    ...others,
    patient: { id: patient.id, name: patient.name },
    startsAt: onTheClock(startsAt, timeZone),
    endsAt: onTheClock(endsAt, timeZone),
    bookedAt: onTheClock(createdAt, timeZone),
    timeZone,
    doctor: { id: doctor.id, name: doctor.user.name },
    clinic,
    room: room?.name ?? null,
    isExtra: timeslot.isExtra,
    payment: presentView(ctx, payments, { status: row.status, timeZone })
  }
}
