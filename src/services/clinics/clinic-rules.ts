import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { sqlState, type Tx, violates } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { dateColumn, dayAt, toDate } from '../../scheduling/zone.ts'
import { live } from '../appointments/transitions.ts'

export interface ClinicDetails {
  name: string
  address: string
  city: string
  postcode?: string | undefined
  country: string
  phone: string
  email: string
  timeZone: string
  currency: string
  bookingWindowDays: number
  minimumNoticeMinutes: number
  cancellationNoticeMinutes: number
  rooms: string[]
}

/** The database keeps its own list of zones, and every time on a page is worked out with it. */
export async function refuseUnknownZone(timeZone: string) {
  try {
    await db.$queryRaw`SELECT now() AT TIME ZONE ${timeZone}`
  } catch (error) {
    if (sqlState(error) === '22023') throw refuse('timeZone', 'admin:errors.timeZoneUnknown')
    throw error
  }
}

/** One clinic of a name in a city, however it is written. */
export async function refuseTaken(tx: Tx, { name, city }: Pick<ClinicDetails, 'name' | 'city'>, id?: string) {
  const same = { equals: name, mode: 'insensitive' } as const
  const there = { equals: city, mode: 'insensitive' } as const
  const other = await tx.clinic.findFirst({
    where: { name: same, city: there, ...(id && { NOT: { id } }) },
    select: { id: true }
  })
  if (other) throw taken()
}

/** What a write that came second gets to hear. */
export const asTaken = (error: unknown) => (violates(error, 'clinics_name_city_key') ? taken() : error)

const taken = () => refuse('name', 'admin:errors.clinicTaken')

/** Times already offered or booked would all move on the clock, and so would those that working hours will make. */
export async function refuseMovedTimes(tx: Tx, ctx: Ctx, clinicId: string) {
  const startsAt = { gt: toDate(ctx.now) }
  const slot = await tx.timeSlot.findFirst({
    where: {
      clinicId,
      startsAt,
      OR: [{ withdrawnAt: null }, { appointments: { some: { status: { in: [...live] } } } }]
    },
    select: { id: true }
  })
  const { timeZone } = await tx.clinic.findUniqueOrThrow({ where: { id: clinicId }, select: { timeZone: true } })
  const today = dateColumn(dayAt(ctx.now, timeZone))
  const hours = await tx.workingHours.findFirst({
    where: { clinicId, OR: [{ validUntil: null }, { validUntil: { gte: today } }] },
    select: { id: true }
  })
  if (slot || hours) throw refuse('timeZone', 'admin:errors.timeZoneInUse')
}

/** Fees are amounts of the clinic's currency. */
export async function refuseRepricing(tx: Tx, clinicId: string) {
  const doctor = await tx.doctorClinic.findFirst({ where: { clinicId }, select: { doctorId: true } })
  if (doctor) throw refuse('currency', 'admin:errors.currencyInUse')
}
