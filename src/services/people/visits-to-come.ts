import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { upcoming } from '../appointments/transitions.ts'

/** Throws a Refusal that says how many when there are any: whoever is expected can't be erased. */
export async function refuseExpected(tx: Tx, ctx: Ctx, patient: Prisma.PatientWhereInput) {
  const { length: count } = await visitsToCome(tx, ctx, patient)
  if (count) throw refuse(null, 'admin:errors.eraseVisits', { count })
}

/** The appointments that these patients still have before them, and the times they hold, soonest first. */
export async function visitsToCome(tx: Tx, ctx: Ctx, patient: Prisma.PatientWhereInput) {
  const now = toDate(ctx.now)
  const rows = await tx.appointment.findMany({
    where: {
      patient,
      endsAt: { gt: now },
      OR: [{ status: { in: [...upcoming] } }, { status: 'HELD', holdExpiresAt: { gt: now } }]
    },
    select: { id: true, reference: true, startsAt: true, clinic: { select: { timeZone: true } } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }]
  })
  return rows.map(({ startsAt, clinic: { timeZone }, ...row }) => ({
    ...row,
    startsAt: onTheClock(startsAt, timeZone),
    timeZone
  }))
}
