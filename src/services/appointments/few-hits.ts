import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { COUNTED } from '../lists/pages.ts'

/** What is found more often than that is soon come across in any order, and need not be counted. */
const FEW = COUNTED
const LEAST = 64

/**
 * The ids of all appointments that could be meant by words of a patient's name or parts of a reference, when they are
 * few; null when they are many, or nothing is looked for. A condition on either of two tables has no index: each is
 * asked by its own, and a rare word is not looked for in a million rows. The caller still says who may see what.
 */
export async function fewHits(words: string[], reference: string | null = null) {
  if (words.length === 0) return null
  const like = (column: Prisma.Sql, parts = words) =>
    parts.map(word => Prisma.sql`${column} ILIKE ${`%${escaped(word)}%`}`)
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      (SELECT a.id FROM patients p JOIN appointments a ON a.patient_id = p.id
        WHERE ${Prisma.join(like(Prisma.sql`p.name`), ' AND ')} LIMIT ${FEW + 1})
      UNION ALL
      (SELECT id FROM appointments WHERE ${Prisma.join(like(Prisma.sql`reference`, reference ? [...words, reference] : words), ' OR ')} LIMIT ${FEW + 1})) hits
    LIMIT ${FEW + 1}`
  return rows.length > FEW ? null : filledUp(rows.map(({ id }) => id))
}

/** To 64, 128, 256 …, with the last one again and again: each length is another statement to the database. */
function filledUp(ids: string[]) {
  const length = Math.max(LEAST, 2 ** Math.ceil(Math.log2(ids.length)))
  return ids.length ? [...ids, ...Array<string>(length - ids.length).fill(ids.at(-1) ?? '')] : ids
}

const escaped = (word: string) => word.replace(/[\\%_]/g, '\\$&')
