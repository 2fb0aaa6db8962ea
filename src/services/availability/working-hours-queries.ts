import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { NotFound, Refusal } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import type { PublishedHours } from '../../scheduling/publishing.ts'
import { dayAt, plainDate } from '../../scheduling/zone.ts'
import { isOwnClinic } from '../clinics/own-clinic.ts'
import { hoursOf } from './diary.ts'
import { clockOf, shownHours, times, versionOf } from './shown-hours.ts'
import { type WhoseTime, whoseTime, whoseTimeIsOpenTo } from './whose-time.ts'

const fields = {
  id: true,
  doctorId: true,
  weekday: true,
  startMinutes: true,
  endMinutes: true,
  slotMinutes: true,
  validFrom: true,
  validUntil: true,
  clinic: { select: { id: true, name: true, city: true, timeZone: true } },
  room: { select: { id: true, name: true } },
  breaks: { select: { startMinutes: true, endMinutes: true }, orderBy: { startMinutes: 'asc' } }
} satisfies Prisma.WorkingHoursSelect

type Row = Prisma.WorkingHoursGetPayload<{ select: typeof fields }>

/**
 * A doctor's weekly hours, Monday first, and those at clinics that the asker may not know, of which only the times are
 * told. Throws NotFound for a doctor who isn't this person's.
 */
export async function weekOf(ctx: Ctx, doctorId?: string) {
  const doctor = await whoseTime(ctx, doctorId)
  const rows = await db.workingHours.findMany({
    where: { doctorId: doctor.id },
    select: fields,
    orderBy: [{ weekday: 'asc' }, { startMinutes: 'asc' }, { validFrom: 'asc' }, { id: 'asc' }]
  })
  const isKnown = ({ clinic }: Row) => isOwnClinic(ctx, clinic.id)
  const zones = new Set(doctor.clinics.map(({ timeZone }) => timeZone))
  return {
    doctor,
    workingHours: rows.filter(isKnown).map(row => shown(ctx, row, doctor)),
    elsewhere: rows
      .filter(row => !isKnown(row))
      .map(row => ({
        ...times(ctx, asHours(row), row.clinic.timeZone),
        isOnAnotherClock: !zones.has(row.clinic.timeZone)
      }))
  }
}

/** One doctor's hours of a weekday. Throws NotFound for those at a clinic, or of a doctor, that isn't this person's. */
export async function workingHoursFor(ctx: Ctx, id: string) {
  const { actor } = ctx
  const row = await db.workingHours.findFirst({
    where: {
      id,
      doctor: whoseTimeIsOpenTo(ctx),
      ...(actor.role === 'STAFF' && { clinicId: { in: actor.clinicIds } })
    },
    select: fields
  })
  if (!row) throw new NotFound()
  const doctor = await whoseTime(ctx, row.doctorId)
  return { doctor, workingHours: shown(ctx, row, doctor) }
}

export interface Seen {
  /** Of the hours as somebody saw them before changing them. */
  version?: string
}

export type ShownHours = Awaited<ReturnType<typeof workingHoursFor>>['workingHours']

/**
 * The same as they stand inside a transaction. Throws NotFound when somebody has removed them meanwhile; given the
 * version that somebody has seen, a Refusal (409) when they are no longer like that.
 */
export async function presentHours(
  tx: Tx,
  ctx: Ctx,
  doctor: WhoseTime,
  id: string,
  version?: string
): Promise<PublishedHours> {
  const present = (await hoursOf(tx, ctx, doctor.id)).find(hours => hours.id === id)
  if (!present) throw new NotFound()
  if (version && version !== versionOf(present)) throw changedMeanwhile(present)
  return present
}

function changedMeanwhile({ weekday, startMinutes, endMinutes, breaks, slotMinutes: count }: PublishedHours) {
  const starts = [startMinutes, ...breaks.map(pause => pause.endMinutes)]
  const ends = [...breaks.map(pause => pause.startMinutes), endMinutes]
  const hours = starts.map((start, at) => `${clockOf(start)}–${clockOf(ends[at] ?? endMinutes)}`).join(', ')
  const params = { weekday, hours, count }
  return new Refusal([{ field: null, key: 'team:hours.errors.changed', params }], { status: 409 })
}

/** Where hours can be added, and what is known beforehand: the only clinic, today, the length that is usual. */
export async function newHours(ctx: Ctx, doctorId?: string) {
  const { doctor, workingHours } = await weekOf(ctx, doctorId)
  const [only, ...others] = doctor.clinics
  const isFirst = workingHours.every(({ isOver }) => isOver)
  return {
    doctor,
    defaults: {
      clinicId: others.length ? '' : only?.id,
      weekdays: isFirst ? [1, 2, 3, 4, 5] : [],
      slotMinutes: workingHours.at(-1)?.slotMinutes ?? 15,
      validFrom: dayAt(ctx.now, only?.timeZone ?? 'UTC').toString()
    }
  }
}

const shown = (ctx: Ctx, row: Row, doctor: WhoseTime) => ({
  ...shownHours(ctx, asHours(row), row),
  version: versionOf({ ...asHours(row), clinicId: row.clinic.id, roomId: row.room?.id ?? null }),
  canChange: doctor.clinics.some(({ id }) => id === row.clinic.id)
})

const asHours = ({ validFrom, validUntil, ...row }: Row) => ({
  ...row,
  validFrom: plainDate(validFrom),
  validUntil: validUntil && plainDate(validUntil)
})
