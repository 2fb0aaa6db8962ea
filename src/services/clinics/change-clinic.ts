import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { publishClinic } from '../availability/publish-everyone.ts'
import { clinicFor } from './admin-queries.ts'
import {
  asTaken,
  type ClinicDetails,
  refuseMovedTimes,
  refuseRepricing,
  refuseTaken,
  refuseUnknownZone
} from './clinic-rules.ts'
import { setRooms } from './set-rooms.ts'

/**
 * Changes what is known of a clinic; a longer booking window is filled at once. Throws NotFound; a Refusal of a name the
 * city has already, of a new time zone while there are times to come, and of a new currency while doctors work there.
 */
export async function changeClinic(ctx: Ctx, id: string, details: ClinicDetails) {
  await clinicFor(ctx, id)
  await refuseUnknownZone(details.timeZone)

  const changes = await transaction(async tx => {
    const { rooms, ...data } = details
    const before = await tx.clinic.findUniqueOrThrow({ where: { id } })
    await refuseTaken(tx, details, id)
    if (before.timeZone !== data.timeZone) await refuseMovedTimes(tx, ctx, id)
    if (before.currency !== data.currency) await refuseRepricing(tx, id)

    const after = { ...data, postcode: data.postcode ?? null }
    const changed = Object.entries(after).flatMap(([field, value]) =>
      before[field as keyof typeof after] === value ? [] : field
    )
    await tx.clinic.update({ where: { id }, data: after, select: { id: true } }).catch(error => {
      throw asTaken(error)
    })
    if (await setRooms(tx, ctx, id, rooms)) changed.push('rooms')
    if (changed.length) await record(tx, ctx, 'clinic.changed', { type: 'clinic', id, clinicId: id, data: { changed } })
    return changed
  })
  if (changes.includes('bookingWindowDays')) await publishClinic(ctx, id)
}
