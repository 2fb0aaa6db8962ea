import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { NotFound, refuse } from '../../errors.ts'
import { dayOf } from '../../scheduling/zone.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { refuseFuture } from './date-of-birth.ts'
import { patientsSeen, phoneOf } from './patient-queries.ts'

export interface Correction {
  name: string
  phone?: string | undefined
  /** `YYYY-MM-DD` */
  dateOfBirth: string
}

const contents = ['name', 'phone', 'dateOfBirth'] as const

/**
 * Puts right how a patient is called, reached and old, in their own account too when it is a patient's: that of somebody
 * of the team is for administrators to change. The events name the fields, not what stands in them. Throws NotFound, and
 * a Refusal of a birth to come or of nothing to be reached by.
 */
export async function correctPatient(ctx: Ctx, id: string, correction: Correction) {
  const { name, phone = null, dateOfBirth } = correction
  refuseFuture(ctx, dateOfBirth)
  await transaction(async tx => {
    const before = await present(tx, ctx, id)
    if (!phone && !before.accountId) throw refuse('phone', 'errors:phone.missing')
    const { account } = before
    const own = before.relation === 'SELF' && account?.role === 'PATIENT' ? account : null
    const known = {
      name: before.name,
      phone: phoneOf(before),
      dateOfBirth: before.dateOfBirth && dayOf(before.dateOfBirth)
    }
    const data = changesOf(known, { name, phone, dateOfBirth }, [...contents])
    if (!data) return

    // A number of one's own hides the account's; the same number is none.
    const ownPhone = own || (account && phone === account.phone) ? null : phone
    await tx.patient.update({
      where: { id },
      data: { name, phone: ownPhone, dateOfBirth: new Date(dateOfBirth) },
      select: { id: true }
    })
    if (own) await correctAccount(tx, ctx, own, { name, phone })
    await record(tx, ctx, 'patient.changed', {
      ...{ type: 'patient', id, data: { ...data } },
      ...(before.clinicId && { clinicId: before.clinicId })
    })
  })
}

/** Patients have one name and one number: as an account and as a person. */
async function correctAccount(
  tx: Tx,
  ctx: Ctx,
  { id, ...before }: Account,
  after: { name: string; phone: string | null }
) {
  const data = changesOf(before, after, ['name', 'phone'])
  if (!data) return
  await tx.user.update({ where: { id }, data: after, select: { id: true } })
  await record(tx, ctx, 'user.changed', { type: 'user', id, data: { ...data } })
}

type Account = NonNullable<Awaited<ReturnType<typeof present>>['account']>

async function present(tx: Tx, ctx: Ctx, id: string) {
  const patient = await tx.patient.findFirst({
    where: { AND: [{ id }, patientsSeen(ctx)] },
    select: {
      ...{ accountId: true, clinicId: true, relation: true, name: true, phone: true, dateOfBirth: true },
      account: { select: { id: true, role: true, name: true, phone: true } }
    }
  })
  if (!patient) throw new NotFound()
  return patient
}
