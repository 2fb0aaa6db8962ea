import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Role } from '../../generated/enums.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { livingUserFor } from './admin-queries.ts'
import { endAccess } from './end-access.ts'
import { keepAnAdmin } from './keep-an-admin.ts'
import { setStaffClinics } from './set-staff-clinics.ts'
import { visitsToCome } from './visits-to-come.ts'

export interface UserDetails {
  name: string
  phone?: string | undefined
  role: Role
  /** For the front desk only. */
  clinicIds: string[]
}

/**
 * Changes someone's account. A doctor stays one, and nobody else becomes one: that follows the doctor's record. Who
 * joins the team no longer books with the account; who leaves it may. Sessions, links and the calendar address go with
 * the role they were made for. Throws NotFound, and a Refusal of an erased account, of a patient with appointments to
 * come who would lose sight of them, and when the last active admin would stop being one.
 */
export async function changeUser(ctx: Ctx, id: string, { name, phone, role, clinicIds }: UserDetails) {
  await livingUserFor(ctx, id)
  await transaction(async tx => {
    const before = await accountIn(tx, id)
    if (role !== before.role) {
      await refuseRole(tx, ctx, id, before.role, role)
      await endAccess(tx, id)
    }

    const after = { name, phone: phone ?? null, role, clinicIds: role === 'STAFF' ? clinicIds : [] }
    await tx.user.update({ where: { id }, data: { name, phone: after.phone, role }, select: { id: true } })
    await setStaffClinics(tx, id, after.clinicIds)
    await tx.patient.updateMany({ where: { accountId: id, relation: 'SELF' }, data: { name } })
    if (role === 'PATIENT') await beOnesOwnPatient(tx, id, name)
    const told = changesOf(before, after, ['name', 'phone'])
    if (told) await record(tx, ctx, 'user.changed', { type: 'user', id, data: { ...told } })
  })
}

async function accountIn(tx: Tx, id: string) {
  const { staffClinics, ...account } = await tx.user.findUniqueOrThrow({
    where: { id },
    select: { name: true, phone: true, role: true, staffClinics: { select: { clinicId: true } } }
  })
  return { ...account, clinicIds: staffClinics.map(({ clinicId }) => clinicId) }
}

async function refuseRole(tx: Tx, ctx: Ctx, id: string, from: Role, to: Role) {
  if (from === 'DOCTOR') throw refuse('role', 'admin:errors.staysDoctor')
  if (to === 'DOCTOR') throw refuse('role', 'admin:errors.becomesDoctor')
  if (from === 'ADMIN') await keepAnAdmin(tx, 'role', id)
  const count = from === 'PATIENT' ? (await visitsToCome(tx, ctx, { accountId: id })).length : 0
  if (count) throw refuse('role', 'admin:errors.roleVisits', { count })
}

/** Whoever books has a person to book for: oneself. */
async function beOnesOwnPatient(tx: Tx, accountId: string, name: string) {
  const self = { accountId, relation: 'SELF' } as const
  const there = await tx.patient.findFirst({ where: self, select: { id: true } })
  if (!there) await tx.patient.create({ data: { ...self, name }, select: { id: true } })
}
