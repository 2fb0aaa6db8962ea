import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/client.ts'
import { containing, wordsOf } from '../lists/pages.ts'
import { patientsKnownBy } from '../people/patient-queries.ts'
import type { AppointmentSearch } from './admin-list.ts'
import { fewHits } from './few-hits.ts'
import { asReference } from './reference.ts'

/**
 * Appointments that somebody may mean: by the reference, or by the patient, of whom parts of the name, digits of the
 * number and the date of birth may be known. The caller still says who may see what.
 */
export async function meant(ctx: Ctx, { q = '', sought }: AppointmentSearch): Promise<Prisma.AppointmentWhereInput> {
  if (!q) return {}
  const { words, ...known } = sought ?? { words: wordsOf(q) }
  const reference = asReference(q)
  const patients = Object.keys(known).length ? await patientsKnownBy(ctx, known) : null
  const hits = patients ? null : await fewHits(words, reference)
  const inWords = containing<Prisma.AppointmentWhereInput>(words.join(' '), text => [
    { reference: text },
    { patient: { name: text } }
  ])
  return {
    ...(hits && { id: { in: hits } }),
    OR: [
      { AND: [...inWords, ...(patients ? [{ patientId: { in: patients } }] : [])] },
      ...(reference ? [{ reference: { startsWith: reference } }] : [])
    ]
  }
}
