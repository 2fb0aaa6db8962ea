import { Prisma } from '../../generated/client.ts'
import { fewIds } from '../lists/few.ts'
import { COUNTED, literal } from '../lists/pages.ts'

/**
 * The ids of all appointments that could be meant by words of a patient's name or parts of a reference, when they are
 * few; null when they are many, or nothing is looked for. A condition on either of two tables has no index: each is
 * asked by its own, and a rare word is not looked for in a million rows. The caller still says who may see what.
 */
export async function fewHits(words: string[], reference: string | null = null) {
  if (words.length === 0) return null
  const like = (column: Prisma.Sql, parts: string[]) =>
    parts.map(word => Prisma.sql`${column} ILIKE ${`%${literal(word)}%`}`)
  const named = Prisma.join(like(Prisma.sql`p.name`, words), ' AND ')
  const referred = Prisma.join(like(Prisma.sql`reference`, reference ? [...words, reference] : words), ' OR ')
  return fewIds(Prisma.sql`
    (SELECT a.id FROM patients p JOIN appointments a ON a.patient_id = p.id WHERE ${named} LIMIT ${COUNTED + 1})
    UNION ALL
    (SELECT id FROM appointments WHERE ${referred} LIMIT ${COUNTED + 1})`)
}
