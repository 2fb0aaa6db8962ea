import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'

/** Makes these the clinics an account works for. Throws a Refusal of one that is neither in use nor theirs already. */
export async function setStaffClinics(tx: Tx, userId: string, clinicIds: string[]) {
  const wanted = [...new Set(clinicIds)]
  const known = await tx.clinic.count({
    where: { id: { in: wanted }, OR: [{ deactivatedAt: null }, { staff: { some: { userId } } }] }
  })
  if (known < wanted.length) throw refuse('clinicIds', 'admin:errors.clinicUnknown')

  await tx.staffClinic.deleteMany({ where: { userId, clinicId: { notIn: wanted } } })
  await tx.staffClinic.createMany({ data: wanted.map(clinicId => ({ userId, clinicId })), skipDuplicates: true })
}
