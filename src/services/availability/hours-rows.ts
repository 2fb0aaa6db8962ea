import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../database/transaction.ts'
import type { PublishedHours } from '../../scheduling/publishing.ts'
import { dateColumn } from '../../scheduling/zone.ts'

/** Writes hours with their breaks. Returns their id. */
export async function insertHours(tx: Tx, doctorId: string, hours: PublishedHours) {
  const data = { ...columns(hours), doctorId, breaks: { create: breaksOf(hours) } }
  return (await tx.workingHours.create({ data, select: { id: true } })).id
}

/** Writes hours over those of the same id, breaks too. Returns their id. */
export async function replaceHours(tx: Tx, hours: PublishedHours) {
  const data = { ...columns(hours), breaks: { deleteMany: {}, create: breaksOf(hours) } }
  return (await tx.workingHours.update({ where: { id: hours.id }, data, select: { id: true } })).id
}

/** Lets hours end on a day. */
export const endHours = (tx: Tx, id: string, on: Temporal.PlainDate) =>
  tx.workingHours.update({ where: { id }, data: { validUntil: dateColumn(on) }, select: { id: true } })

const columns = (hours: PublishedHours) => ({
  clinicId: hours.clinicId,
  roomId: hours.roomId,
  weekday: hours.weekday,
  startMinutes: hours.startMinutes,
  endMinutes: hours.endMinutes,
  slotMinutes: hours.slotMinutes,
  validFrom: dateColumn(hours.validFrom),
  validUntil: hours.validUntil && dateColumn(hours.validUntil)
})

const breaksOf = ({ breaks }: PublishedHours) =>
  breaks.map(({ startMinutes, endMinutes }) => ({ startMinutes, endMinutes }))
