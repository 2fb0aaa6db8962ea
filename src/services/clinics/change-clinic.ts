import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { changesOf } from '../audit/changes.ts'
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

/**
 * Changes what is known of a clinic; a longer booking window is filled at once. Throws NotFound; a Refusal of a name the
 * city has already, of a new time zone while there are times to come, and of a new currency while doctors work there.
 */
export async function changeClinic(ctx: Ctx, id: string, details: Omit<ClinicDetails, 'rooms'>) {
  await clinicFor(ctx, id)
  await refuseUnknownZone(details.timeZone)

  const { changes = {} } = await transaction(async tx => {
    const before = await tx.clinic.findUniqueOrThrow({ where: { id } })
    await refuseTaken(tx, details, id)
    if (before.timeZone !== details.timeZone) await refuseMovedTimes(tx, ctx, id)
    if (before.currency !== details.currency) await refuseRepricing(tx, id)

    const after = { ...details, postcode: details.postcode ?? null }
    await tx.clinic.update({ where: { id }, data: after, select: { id: true } }).catch(error => {
      throw asTaken(error)
    })
    const told = changesOf(before, after)
    if (told) await record(tx, ctx, 'clinic.changed', { type: 'clinic', id, clinicId: id, data: told })
    return told ?? {}
  })
  if (changes.bookingWindowDays) await publishClinic(ctx, id)
}
