import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { addAccount } from './add-account.ts'
import { inviteIn } from './invite.ts'
import { setStaffClinics } from './set-staff-clinics.ts'

export interface NewMember {
  name: string
  email: string
  phone?: string | undefined
  role: 'STAFF' | 'ADMIN'
  clinicIds: string[]
}

/**
 * Adds someone of the front desk, or an administrator, whose account waits for its invitation to be accepted. Returns
 * the account's id and the invitation's code, which is known this once. Throws a Refusal of an address in use.
 */
export const addUser = (ctx: Ctx, { name, email, phone, role, clinicIds }: NewMember) =>
  transaction(async tx => {
    const { id } = await addAccount(tx, { name, email, phone: phone ?? null, role })
    const clinics = role === 'STAFF' ? clinicIds : []
    await setStaffClinics(tx, id, clinics)
    await record(tx, ctx, 'user.added', { type: 'user', id, data: { role, clinicIds: clinics } })
    return { id, code: await inviteIn(tx, ctx, id) }
  })
