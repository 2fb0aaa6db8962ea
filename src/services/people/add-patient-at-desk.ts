import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { record } from '../audit/record.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import { refuseFuture } from './date-of-birth.ts'
import { namesakes } from './patient-queries.ts'

export interface NewPatient {
  name: string
  phone: string
  /** `YYYY-MM-DD` */
  dateOfBirth: string
  /** May be left out by those who have one clinic. */
  clinicId?: string | undefined
  /** Whoever is known by this name and date of birth is another person. */
  isSomeoneElse?: 'yes' | undefined
}

export const SAME_NAME = 'desk:errors.sameName'

/**
 * Adds somebody who has no account, for a clinic of the person who adds them. Returns the new patient's id. Throws a
 * Refusal when someone of that name and date of birth is known and nobody said that it is somebody else; of a birth to
 * come; and of a clinic that is not theirs or not in use.
 */
export async function addPatientAtDesk(ctx: Ctx, { name, phone, dateOfBirth, clinicId, isSomeoneElse }: NewPatient) {
  refuseFuture(ctx, dateOfBirth)
  return transaction(async tx => {
    const clinics = await tx.clinic.findMany({
      where: { AND: [clinicsOf(ctx), { deactivatedAt: null, ...(clinicId && { id: clinicId }) }] },
      select: { id: true },
      take: 2
    })
    const [clinic, ...others] = clinics
    if (!clinic || others.length) throw refuse('clinicId', 'desk:errors.clinic')
    if (!isSomeoneElse && (await namesakes(ctx, { name, dateOfBirth }, tx)).length) throw refuse(null, SAME_NAME)

    const data = { name, phone, dateOfBirth: new Date(dateOfBirth), clinicId: clinic.id }
    const { id } = await tx.patient.create({ data, select: { id: true } })
    await record(tx, ctx, 'patient.added', { type: 'patient', id, clinicId: clinic.id })
    return id
  })
}
