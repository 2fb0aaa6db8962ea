import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { addAccount } from './add-account.ts'
import { asLicenceTaken, type DoctorDetails, doctorRow, refuseLicenceTaken } from './doctor-rules.ts'
import { inviteIn } from './invite.ts'

/**
 * Adds a doctor with an account that waits for its invitation to be accepted. Returns the doctor's id and the
 * invitation's code, which is known this once. Throws a Refusal of an e-mail address or a licence number in use.
 */
export const hireDoctor = (ctx: Ctx, { email, ...details }: DoctorDetails & { email: string }) =>
  transaction(async tx => {
    const { name, phone, clinicIds } = details
    await refuseLicenceTaken(tx, details.licenceNumber)
    const row = await doctorRow(tx, ctx, details)
    const user = await addAccount(tx, { email, name, phone: phone ?? null, role: 'DOCTOR' })
    const clinics = { create: [...new Set(clinicIds)].map(clinicId => ({ clinicId })) }
    const data = { ...row, userId: user.id, clinics }
    const { id } = await tx.doctor.create({ data, select: { id: true } }).catch(error => {
      throw asLicenceTaken(error)
    })
    await record(tx, ctx, 'doctor.hired', { type: 'doctor', id, data: { userId: user.id, clinicIds } })
    return { id, code: await inviteIn(tx, ctx, user.id) }
  })
