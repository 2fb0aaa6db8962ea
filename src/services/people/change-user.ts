import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { userFor } from './admin-queries.ts'
import { keepAnAdmin } from './keep-an-admin.ts'
import { setStaffClinics } from './set-staff-clinics.ts'

export interface UserDetails {
  name: string
  phone?: string | undefined
  /** For the team only: a patient and a doctor stay what they are. */
  role?: 'STAFF' | 'ADMIN' | undefined
  clinicIds?: string[] | undefined
}

/** Changes someone's account. Throws NotFound, and a Refusal when the last active admin would stop being one. */
export async function changeUser(ctx: Ctx, id: string, { name, phone, role, clinicIds = [] }: UserDetails) {
  await userFor(ctx, id)
  await transaction(async tx => {
    const before = await tx.user.findUniqueOrThrow({ where: { id }, select: { role: true, disabledAt: true } })
    const isTeam = before.role === 'STAFF' || before.role === 'ADMIN'
    const after = (isTeam && role) || before.role
    if (before.role === 'ADMIN' && after !== 'ADMIN') await keepAnAdmin(tx, 'role', id)

    await tx.user.update({ where: { id }, data: { name, phone: phone ?? null, role: after }, select: { id: true } })
    if (isTeam) await setStaffClinics(tx, id, after === 'STAFF' ? clinicIds : [])
    await tx.patient.updateMany({ where: { accountId: id, relation: 'SELF' }, data: { name } })
    const data = isTeam ? { from: before.role, to: after, clinicIds } : {}
    await record(tx, ctx, 'user.changed', { type: 'user', id, data })
  })
}
