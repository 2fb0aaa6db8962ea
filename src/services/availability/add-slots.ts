import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { transaction, violates } from '../../database/transaction.ts'
import { type Problem, Refusal, refuse } from '../../errors.ts'
import { awayThen } from '../../scheduling/openings.ts'
import { type PlannedSlot, planSlots, type SkippedTime, startsBetween, wallTimes } from '../../scheduling/slots.ts'
import { dayAt, onTheClock, toDate } from '../../scheduling/zone.ts'
import { awayOf } from './diary.ts'
import { doctorClinics } from './doctor-clinics.ts'
import { insertSlots } from './insert-slots.ts'
import { roomsAt } from './rooms-at.ts'
import { whoseTime } from './whose-time.ts'

const MOST_DAYS = 92
const MOST_YEARS_AHEAD = 2
const MOST_SLOTS = 1000

/**
 * Days are `YYYY-MM-DD`, inclusive; times are in minutes past midnight by the clinic's clock. Slots start at the
 * `times`, and one after the other from `startTime` to `endTime`.
 */
export interface NewSlots {
  /** Whose, unless it is one's own. */
  doctorId?: string
  clinicId: string
  from: string
  to: string
  weekdays: number[]
  times: number[]
  startTime?: number
  endTime?: number
  minutes: number
}

export interface AddedSlots {
  created: number
  skipped: SkippedTime[]
}

/**
 * Offers the same times on some weekdays of some weeks. Times that don't exist on the clinic's clock, have passed or
 * overlap another of the doctor's, at any clinic, are skipped and named, and so are times in the doctor's time off and
 * in a closure of the clinic. Throws NotFound for a doctor whose time isn't this person's to change; Refusal for a
 * clinic that is not the doctor's or not this person's, for days that have passed or are years ahead, and for too much
 * at once.
 */
export async function addSlots(ctx: Ctx, wish: NewSlots): Promise<AddedSlots> {
  const { id: doctorId } = await whoseTime(ctx, wish.doctorId)
  const clinic = (await doctorClinics(ctx, doctorId)).find(({ id, isOpen }) => isOpen && id === wish.clinicId)
  if (!clinic) throw refuse('clinicId', 'team:errors.clinicId')
  const { timeZone } = clinic
  const walls = wallTimesOf(wish, dayAt(ctx.now, timeZone))
  const plan = planSlots(walls, wish.minutes, timeZone, ctx.now)
  const roomAt = await roomsAt(doctorId, clinic.id)

  const rows = plan.slots.map(slot => ({
    startsAt: toDate(slot.startsAt),
    endsAt: toDate(slot.endsAt),
    roomId: roomAt(slot)
  }))
  const { made, isAway } = await transaction(
    async tx => {
      const away = await awayOf(tx, ctx, doctorId)
      const isAway = new Set(plan.slots.filter(slot => awayThen({ ...slot, clinicId: clinic.id }, away)).map(startOf))
      const present = rows.filter(({ startsAt }) => !isAway.has(startsAt.valueOf()))
      return { isAway, made: await insertSlots(tx, ctx, { doctorId, clinicId: clinic.id }, present) }
    },
    error => violates(error, 'time_slots_doctor_overlap') || violates(error, 'time_slots_two_clinics')
  )
  const left = rows
    .map(({ startsAt }) => startsAt)
    .filter(startsAt => !made.has(startsAt.valueOf()))
    .map(startsAt => ({
      startsAt: onTheClock(startsAt, timeZone),
      reason: isAway.has(startsAt.valueOf()) ? ('away' as const) : ('overlap' as const)
    }))
  const skipped = [...plan.skipped, ...left].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  return { created: made.size, skipped }
}

const startOf = ({ startsAt }: PlannedSlot) => startsAt.epochMilliseconds

function wallTimesOf(wish: NewSlots, today: Temporal.PlainDate) {
  const [from, to] = [Temporal.PlainDate.from(wish.from), Temporal.PlainDate.from(wish.to)]
  const problems: Problem[] = []
  if (from.until(today).sign > 0) problems.push({ field: 'from', key: 'team:errors.fromPast' })
  const last = today.add({ years: MOST_YEARS_AHEAD })
  if (last.until(from).sign > 0) problems.push({ field: 'from', key: 'team:errors.tooFar' })
  if (from.until(to).days >= MOST_DAYS)
    problems.push({ field: 'to', key: 'team:errors.tooLong', params: { count: MOST_DAYS } })
  if (problems.length) throw new Refusal(problems)

  const walls = wallTimes({ from, to, weekdays: wish.weekdays, times: startsOf(wish) })
  if (walls.length === 0) throw refuse('weekdays', 'team:errors.noDays')
  if (walls.length > MOST_SLOTS) throw refuse('to', 'team:errors.tooMany', { count: walls.length, most: MOST_SLOTS })
  return walls
}

const startsOf = ({ times, startTime, endTime, minutes }: NewSlots) =>
  startTime === undefined || endTime === undefined ? times : [...times, ...startsBetween(startTime, endTime, minutes)]
