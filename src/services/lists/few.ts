import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { COUNTED } from './pages.ts'

const LEAST = 64

/**
 * The ids that a query selects, when they are few enough to be counted; null when they are more, and soon come across
 * in any order. For conditions that only raw SQL can put so that indexes know them: a rare word is not looked for in a
 * million rows.
 */
export async function fewIds(query: Prisma.Sql) {
  const rows = await db.$queryRaw<{ id: string }[]>`SELECT id FROM (${query}) found LIMIT ${COUNTED + 1}`
  return rows.length > COUNTED ? null : filledUp(rows.map(({ id }) => id))
}

/** To 64, 128, 256 …, with the last one again and again: each length is another statement to the database. */
export function filledUp(ids: string[]) {
  const length = Math.max(LEAST, 2 ** Math.ceil(Math.log2(ids.length)))
  return ids.length ? [...ids, ...Array<string>(length - ids.length).fill(ids.at(-1) ?? '')] : ids
}
