import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { asNameTaken, refuseNameTaken } from './name-rules.ts'
import { leadsTo, type SymptomDetails } from './symptom-rules.ts'

/**
 * Adds a symptom: patients can say it at once. Returns its id. Throws a Refusal of a name that is taken, and as
 * leadsTo.
 */
export const addSymptom = (ctx: Ctx, details: SymptomDetails) =>
  transaction(async tx => {
    const { name, advice, isEmergency } = details
    refuseNameTaken(await tx.symptom.findUnique({ where: { name }, select: { deactivatedAt: true } }))
    const specializations = (await leadsTo(tx, details)).map(each => ({ specializationId: each.id }))
    const data = { name, advice: advice ?? null, isEmergency, specializations: { create: specializations } }
    const { id } = await tx.symptom.create({ data, select: { id: true } }).catch(error => {
      throw asNameTaken(error)
    })
    await record(tx, ctx, 'symptom.added', { type: 'symptom', id })
    return id
  })
