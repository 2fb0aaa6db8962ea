import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import type { Interval } from '../../scheduling/intervals.ts'
import { LONGEST_SLOT } from '../../scheduling/slots.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { visibleTo } from './queries.ts'
import { whereToBeSeen } from './to-be-seen.ts'

const fields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  patient: { select: { id: true, name: true } },
  doctor: { select: { id: true, user: { select: { name: true } } } },
  clinic: { select: { id: true, name: true, timeZone: true } }
} satisfies Prisma.AppointmentSelect

/** Time that is taken away from a doctor, or from everyone at a clinic. */
export type Taken = Interval & ({ doctorId: string } | { clinicId: string })

/** Slots or appointments that have a moment in common with some time; none is longer than four hours. */
export const touching = ({ startsAt, endsAt }: Interval) => ({
  startsAt: { gt: toDate(startsAt.subtract(LONGEST_SLOT)), lt: toDate(endsAt) },
  endsAt: { gt: toDate(startsAt) }
})

/**
 * The visits that nobody can keep when some time is taken away, those that have begun and were not seen yet included;
 * when a doctor's time off has begun, also whoever waits already, however long ago their time was. See `hitsAmong`.
 */
export const hitsOf = (ctx: Ctx, taken: Taken[]) =>
  hitsAmong(ctx, {
    OR: taken.flatMap(({ startsAt, endsAt, ...whose }): Prisma.AppointmentWhereInput[] => {
      const waits = { ...whose, status: 'CHECKED_IN' as const, startsAt: { lte: toDate(ctx.now) } }
      const hasBegun = 'doctorId' in whose && startsAt.epochMilliseconds <= ctx.now.epochMilliseconds
      return [{ ...whose, ...touching({ startsAt, endsAt }) }, ...(hasBegun ? [waits] : [])]
    })
  })

/**
 * Of some appointments those of today and later that are still to be seen: what this person may see of them, soonest
 * first, and how many more.
 */
export async function hitsAmong(ctx: Ctx, some: Prisma.AppointmentWhereInput) {
  const where = { AND: [some, await whereToBeSeen(ctx)] }
  const [rows, total] = await Promise.all([
    db.appointment.findMany({
      where: { AND: [visibleTo(ctx), where] },
      select: fields,
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }]
    }),
    db.appointment.count({ where })
  ])
  const hits = rows.map(({ startsAt, doctor, clinic: { timeZone, ...clinic }, ...row }) => ({
    ...row,
    startsAt: onTheClock(startsAt, timeZone),
    timeZone,
    doctor: { id: doctor.id, name: doctor.user.name },
    clinic
  }))
  return { hits, hitsElsewhere: total - hits.length }
}
