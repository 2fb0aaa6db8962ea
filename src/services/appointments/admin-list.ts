import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { boundsOf, dayAt, onTheClock, toDate } from '../../scheduling/zone.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import { containing, pageOf, skipTo } from '../clinics/lists.ts'
import { toCome, visibleTo } from './queries.ts'

export interface AppointmentSearch {
  /** A reference, or part of a patient's name. */
  q?: string
  clinicId?: string
  doctorId?: string
  status?: AppointmentStatus
  /** From today on, only what is still to come, or whatever the day. */
  when: 'today' | 'coming' | 'any'
  /** First and last day, `YYYY-MM-DD`, each by the clock of the appointment's own clinic. */
  from?: string
  to?: string
  sort?: 'soonest' | 'latest'
  page: number
}

const fields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  endsAt: true,
  patient: { select: { id: true, name: true } },
  doctor: { select: { id: true, user: { select: { name: true } } } },
  clinic: { select: { id: true, name: true, city: true, timeZone: true } },
  room: { select: { name: true } }
} satisfies Prisma.AppointmentSelect

type Row = Prisma.AppointmentGetPayload<{ select: typeof fields }>

/** Appointments of every patient this person may see, a page at a time. Holds are shown only when asked for. */
export async function listAppointments(ctx: Ctx, search: AppointmentSearch) {
  const { q, clinicId, doctorId, status, when, sort = 'soonest', page } = search
  const where: Prisma.AppointmentWhereInput = {
    AND: [
      visibleTo(ctx),
      ...containing<Prisma.AppointmentWhereInput>(q, text => [{ reference: text }, { patient: { name: text } }]),
      when === 'coming' ? toCome(ctx) : {},
      await between(ctx, search)
    ],
    status: status ?? { notIn: ['HELD', 'EXPIRED'] },
    ...(clinicId && { clinicId }),
    ...(doctorId && { doctorId })
  }
  const direction = sort === 'soonest' ? 'asc' : 'desc'
  const orderBy: Prisma.AppointmentOrderByWithRelationInput[] = [{ startsAt: direction }, { id: 'asc' }]
  const [total, rows] = await Promise.all([
    db.appointment.count({ where }),
    db.appointment.findMany({ where, select: fields, orderBy, ...skipTo(page) })
  ])
  return { appointments: rows.map(shown), ...pageOf(total, page) }
}

/** The next appointments that this person's clinics expect, soonest first. */
export async function nextAppointments(ctx: Ctx, most: number) {
  const rows = await db.appointment.findMany({
    where: { AND: [visibleTo(ctx)], status: { in: ['BOOKED', 'CONFIRMED'] }, startsAt: { gt: toDate(ctx.now) } },
    select: fields,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: most
  })
  return rows.map(shown)
}

/** A day, today too, begins at another instant in each zone. */
async function between(ctx: Ctx, { when, from, to }: AppointmentSearch): Promise<Prisma.AppointmentWhereInput> {
  if (when !== 'today' && !from && !to) return {}
  const clinics = await db.clinic.findMany({
    where: clinicsOf(ctx),
    select: { timeZone: true },
    distinct: ['timeZone']
  })
  const bounds = (timeZone: string) => {
    const first = from ? Temporal.PlainDate.from(from) : when === 'today' && dayAt(ctx.now, timeZone)
    return {
      ...(first && { gte: toDate(boundsOf(first, timeZone)[0]) }),
      ...(to && { lt: toDate(boundsOf(Temporal.PlainDate.from(to), timeZone)[1]) })
    }
  }
  return { OR: clinics.map(({ timeZone }) => ({ clinic: { timeZone }, startsAt: bounds(timeZone) })) }
}

function shown({ startsAt, endsAt, doctor, clinic: { timeZone, ...clinic }, room, ...row }: Row) {
  return {
    ...row,
    startsAt: onTheClock(startsAt, timeZone),
    endsAt: onTheClock(endsAt, timeZone),
    timeZone,
    doctor: { id: doctor.id, name: doctor.user.name },
    clinic,
    room: room?.name ?? null
  }
}
