import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { overlaps } from '../../scheduling/intervals.ts'
import { publication } from '../../scheduling/publishing.ts'
import { daysOfStretch } from '../../scheduling/time-off.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import { pageOf, skipTo } from '../lists/pages.ts'
import { diaryOf } from './diary.ts'
import { shownStretch } from './preview-time-off.ts'
import { whoseTimeIsOpenTo } from './whose-time.ts'

const MOST_PAST = 10

const fields = (ctx: Ctx) =>
  ({
    id: true,
    startsAt: true,
    endsAt: true,
    reason: true,
    doctor: {
      select: {
        id: true,
        user: { select: { name: true } },
        clinics: {
          where: { clinic: { AND: [{ deactivatedAt: null }, ctx.actor.role === 'DOCTOR' ? {} : clinicsOf(ctx)] } },
          select: { clinic: { select: { timeZone: true } } },
          orderBy: { clinic: { name: 'asc' } }
        }
      }
    }
  }) satisfies Prisma.TimeOffSelect

type Row = Prisma.TimeOffGetPayload<{ select: ReturnType<typeof fields> }>

/**
 * Time off of the doctors whose time this person may change, or of one: what is to come, a page at a time, and the
 * latest that is over.
 */
export async function listTimeOff(ctx: Ctx, { doctorId, page }: { doctorId?: string; page: number }) {
  const now = toDate(ctx.now)
  const whose: Prisma.TimeOffWhereInput = { doctor: whoseTimeIsOpenTo(ctx), ...(doctorId && { doctorId }) }
  const isToCome = { ...whose, endsAt: { gt: now } }
  const select = fields(ctx)
  const [total, coming, past] = await Promise.all([
    db.timeOff.count({ where: isToCome }),
    db.timeOff.findMany({ where: isToCome, select, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }], ...skipTo(page) }),
    db.timeOff.findMany({
      where: { ...whose, endsAt: { lte: now } },
      select,
      orderBy: { endsAt: 'desc' },
      take: MOST_PAST
    })
  ])
  const shownNow = (row: Row) => shown(ctx, row)
  return { coming: coming.map(shownNow), past: page === 1 ? past.map(shownNow) : [], ...pageOf(total, page) }
}

/** Time off of a doctor whose time this person may change. Throws NotFound for anybody else's. */
export const timeOffFor = async (ctx: Ctx, id: string) => shown(ctx, await rowFor(ctx, id))

/** The same, with how many free times come back when it ends. */
export async function timeOffToEnd(ctx: Ctx, id: string) {
  const row = await rowFor(ctx, id)
  return { ...shown(ctx, row), freeTimes: await timesThatComeBack(ctx, row) }
}

async function rowFor(ctx: Ctx, id: string) {
  const row = await db.timeOff.findFirst({
    where: { AND: [{ id, doctor: whoseTimeIsOpenTo(ctx) }] },
    select: fields(ctx)
  })
  if (!row) throw new NotFound()
  return row
}

async function timesThatComeBack(ctx: Ctx, row: Row) {
  if (row.endsAt <= toDate(ctx.now)) return 0
  const stretch = stretchOf(row)
  const diary = await diaryOf(db, ctx, row.doctor.id)
  const ended = diary.away.findIndex(
    ({ by, startsAt, endsAt }) =>
      by === 'TIME_OFF' && startsAt.equals(stretch.startsAt) && endsAt.equals(stretch.endsAt)
  )
  const { add, change } = publication({ ...diary, away: diary.away.toSpliced(ended, ended < 0 ? 0 : 1) }, ctx.now)
  const back = change.filter(({ slot, suspendedBy }) => slot.suspendedBy && !suspendedBy && !slot.isTaken)
  const free = [...add, ...back.map(({ slot }) => slot).filter(({ isAvailable }) => isAvailable)]
  return free.filter(slot => overlaps(slot, stretch)).length
}

const stretchOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) => ({
  startsAt: instantOf(startsAt),
  endsAt: instantOf(endsAt)
})

/** By the clock on which it is whole days, if there is one among the clinics, else that of the first. */
function shown(ctx: Ctx, { id, startsAt, endsAt, reason, doctor }: Row) {
  const zones = [...new Set(doctor.clinics.map(({ clinic }) => clinic.timeZone))]
  const stretch = stretchOf({ startsAt, endsAt })
  const timeZone = zones.find(zone => daysOfStretch(stretch, zone)) ?? zones[0] ?? 'UTC'
  const [now, state] = [toDate(ctx.now), startsAt <= toDate(ctx.now) ? 'NOW' : 'COMING']
  return {
    id,
    doctor: { id: doctor.id, name: doctor.user.name },
    ...shownStretch(stretch, timeZone),
    timeZone,
    isOnlyZone: zones.length < 2,
    reason,
    state: endsAt <= now ? 'OVER' : state
  }
}
