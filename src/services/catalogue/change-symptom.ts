import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { asNameTaken, refuseNameTaken } from './name-rules.ts'
import { symptomFor } from './symptom-queries.ts'
import { leadsTo, type SymptomDetails } from './symptom-rules.ts'

/** Changes what a symptom says and where it leads. Throws NotFound, and a Refusal as addSymptom. */
export async function changeSymptom(ctx: Ctx, id: string, details: SymptomDetails) {
  await symptomFor(ctx, id)
  await transaction(async tx => {
    const { name, isEmergency } = details
    const before = await tx.symptom.findUniqueOrThrow({
      where: { id },
      select: {
        name: true,
        advice: true,
        isEmergency: true,
        specializations: { select: { specialization: { select: { name: true } } } }
      }
    })
    refuseNameTaken(await tx.symptom.findFirst({ where: { name, NOT: { id } }, select: { deactivatedAt: true } }))
    const wanted = await leadsTo(tx, details, id)
    const after = { name, advice: details.advice ?? null, isEmergency }
    const specializations = { deleteMany: {}, create: wanted.map(each => ({ specializationId: each.id })) }
    await tx.symptom
      .update({ where: { id }, data: { ...after, specializations }, select: { id: true } })
      .catch(error => {
        throw asNameTaken(error)
      })
    const names = before.specializations.map(({ specialization }) => specialization.name)
    const told = changesOf(
      { ...before, specializations: names },
      { ...after, specializations: wanted.map(each => each.name) }
    )
    if (told) await record(tx, ctx, 'symptom.changed', { type: 'symptom', id, data: told })
  })
}
