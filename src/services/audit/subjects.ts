import { db } from '../../database/client.ts'

/** What tells somebody which record is meant; null for those that only have an id. */
type Names = Map<string, string | null>

interface Row {
  id: string
  name: string | null
}

const byName = { id: true, name: true } as const
const of = (ids: string[]) => ({ where: { id: { in: ids } } })

/**
 * The kinds of record that have a page, and what each is called. A message and a patient are not: whose record it is stands on the
 * record's own page, where a look is written down.
 */
const kinds: Record<string, (ids: string[]) => Promise<Row[]>> = {
  appointment: async ids =>
    (await db.appointment.findMany({ ...of(ids), select: { id: true, reference: true } })).map(
      ({ id, reference: name }) => ({ id, name })
    ),
  clinic: ids => db.clinic.findMany({ ...of(ids), select: byName }),
  doctor: async ids =>
    (await db.doctor.findMany({ ...of(ids), select: { id: true, user: { select: { name: true } } } })).map(
      ({ id, user: { name } }) => ({ id, name })
    ),
  message: async ids =>
    (await db.notification.findMany({ ...of(ids), select: { id: true } })).map(({ id }) => ({ id, name: null })),
  patient: async ids =>
    (await db.patient.findMany({ ...of(ids), select: { id: true } })).map(({ id }) => ({ id, name: null })),
  payment: async ids =>
    (await db.payment.findMany({ ...of(ids), select: { id: true, reference: true } })).map(
      ({ id, reference: name }) => ({ id, name })
    ),
  room: ids => db.room.findMany({ ...of(ids), select: byName }),
  specialization: ids => db.specialization.findMany({ ...of(ids), select: byName }),
  symptom: ids => db.symptom.findMany({ ...of(ids), select: byName }),
  user: ids => db.user.findMany({ ...of(ids), select: byName })
}

/** Those of these records that are still there, with what they are called, by kind and id. */
export async function subjectsOf(rows: { subjectType: string; subjectId: string | null }[]) {
  const wanted = new Map<string, Set<string>>()
  for (const { subjectType, subjectId } of rows)
    if (subjectId && kinds[subjectType])
      wanted.set(subjectType, (wanted.get(subjectType) ?? new Set<string>()).add(subjectId))
  const found = await Promise.all(
    [...wanted].map(async ([kind, ids]): Promise<[string, Names]> => {
      const known = (await kinds[kind]?.([...ids])) ?? []
      return [kind, new Map(known.map(({ id, name }) => [id, name]))]
    })
  )
  return new Map(found)
}
