import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { asTaken, type ClinicDetails, refuseTaken, refuseUnknownZone } from './clinic-rules.ts'

/**
 * Opens a clinic: from now on doctors can work there. Returns its id. Throws a Refusal of a name the city has already.
 */
export async function openClinic(ctx: Ctx, details: ClinicDetails) {
  await refuseUnknownZone(details.timeZone)
  return transaction(async tx => {
    await refuseTaken(tx, details)
    const { rooms, ...data } = details
    const made = { ...data, rooms: { create: rooms.map(name => ({ name })) } }
    const { id } = await tx.clinic.create({ data: made, select: { id: true } }).catch(error => {
      throw asTaken(error)
    })
    await record(tx, ctx, 'clinic.opened', { type: 'clinic', id, clinicId: id })
    return id
  })
}
