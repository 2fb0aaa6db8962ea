import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { record } from '../audit/record.ts'

export interface Allergies {
  /** '' for none on record. Left out: they stay as they are. */
  allergies?: string | undefined
  /** What was on record when the form was opened; programs may leave it out. */
  allergiesWere?: string | undefined
}

/**
 * Writes what is known of a patient's allergies, if that is new. What somebody else added meanwhile is never lost: a
 * form that was opened before is refused, unless it leaves them as they were.
 */
export async function writeAllergies(tx: Tx, ctx: Ctx, id: string, { allergies, allergiesWere }: Allergies) {
  if (allergies === undefined || isSame(allergies, allergiesWere)) return

  const now = await tx.patient.findUniqueOrThrow({ where: { id }, select: { allergies: true } })
  const known = now.allergies ?? ''
  if (isSame(allergies, known)) return
  if (allergiesWere !== undefined && !isSame(allergiesWere, known))
    throw refuse('allergies', known ? 'records:refusal.allergies' : 'records:refusal.allergiesGone', { known })

  await tx.patient.update({ where: { id }, data: { allergies: allergies || null }, select: { id: true } })
  await record(tx, ctx, 'patient.allergies-changed', { type: 'patient', id })
}

/** Browsers and programs end lines differently. */
const isSame = (a: string, b: string | undefined) => b !== undefined && lines(a) === lines(b)
const lines = (text: string) => text.replaceAll('\r\n', '\n')
