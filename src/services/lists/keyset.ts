import { BadRequest } from '../../errors.ts'
import { COUNTED, PER_PAGE } from './pages.ts'

/**
 * Paging through large lists by where a page ends, not by how many rows to skip: every page is as fast as the first,
 * and what is added meanwhile shifts nothing (https://use-the-index-luke.com/no-offset).
 */
export interface Order<Row, Key extends string> {
  /** The column that orders the list; the id decides among equals. */
  by: Key
  direction: 'asc' | 'desc'
  /** What that column holds in a row, and of which kind that is. */
  of: (row: Row) => Date | string | bigint
  holds: keyof typeof kinds
  ids: 'uuid' | 'bigint'
}

/** Where to go on: after the last row of a page, or before its first. Neither is the beginning. */
export interface Place {
  after?: string | undefined
  before?: string | undefined
}

/** What a query must ask for: rows beyond the place, in this order, at most so many. Given to Prisma as they are. */
export interface Ask {
  where: object
  orderBy: object[]
  take: number
}

/** The page of a list at a place, and the places before and after it; null at the ends. Throws BadRequest for a place that is none. */
export async function slice<Row extends { id: string | bigint }, Key extends string>(
  order: Order<Row, Key>,
  { after, before }: Place,
  find: (ask: Ask) => Promise<Row[]>,
  most = PER_PAGE
) {
  const isBack = before !== undefined && after === undefined
  const from = isBack ? before : after
  const direction = isBack ? opposite[order.direction] : order.direction
  const found = await find({
    where: from === undefined ? {} : beyond(order, decoded(order, from), direction),
    orderBy: [{ [order.by]: direction }, ...(order.by === 'id' ? [] : [{ id: direction }])],
    take: most + 1
  })
  const isMore = found.length > most
  const page = found.slice(0, most)
  const rows = isBack ? page.reverse() : page
  const place = (row: Row | undefined) => (row ? encoded(order, row) : null)
  return {
    rows,
    previous: isBack ? (isMore ? place(rows[0]) : null) : from === undefined ? null : place(rows[0]),
    next: isBack || isMore ? place(rows.at(-1)) : null
  }
}

/** How far a list is counted: along the index that orders it, which can be left off as soon as there are enough. */
export const asFarAsCounted = <Row, Key extends string>({ by, direction }: Order<Row, Key>) => ({
  orderBy: [{ [by]: direction }] as object[],
  take: COUNTED + 1
})

const BATCH = 1000

/** Every row of a list in its order, however many: a thousand at a time are in memory. */
export async function* everyRow<Row extends { id: string | bigint }, Key extends string>(
  order: Order<Row, Key>,
  find: (ask: Ask) => Promise<Row[]>
) {
  for (let after: string | undefined; ; ) {
    const { rows, next } = await slice(order, { after }, find, BATCH)
    yield* rows
    if (next === null) return
    after = next
  }
}

/** What a place may name of each kind: only what PostgreSQL can compare with such a column. */
const kinds = {
  date: (text: string) => (/^(?!0000)\d{4}-/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : null),
  text: (text: string) => (text.isWellFormed() && !text.includes('\0') ? text : null),
  uuid: (text: string) => (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text) ? text : null),
  bigint: (text: string) => (/^\d{1,18}$/.test(text) ? BigInt(text) : null)
}

const opposite = { asc: 'desc', desc: 'asc' } as const
const comparison = { asc: 'gt', desc: 'lt' } as const

type Value = Date | string | bigint

/** The bound on the column alone is what an index can begin at. */
function beyond({ by }: Order<never, string>, [value, id]: [Value, Value], direction: 'asc' | 'desc') {
  const than = comparison[direction]
  if (by === 'id') return { id: { [than]: id } }
  return { [by]: { [`${than}e`]: value }, OR: [{ [by]: { [than]: value } }, { id: { [than]: id } }] }
}

function encoded<Row extends { id: string | bigint }>(order: Order<Row, string>, row: Row) {
  const value = order.of(row)
  const text = value instanceof Date ? value.toISOString() : String(value)
  return Buffer.from(JSON.stringify([order.by, text, String(row.id)])).toString('base64url')
}

function decoded({ by, holds, ids }: Order<never, string>, place: string): [Value, Value] {
  const [column, text, id] = partsOf(place)
  if (column !== by || typeof text !== 'string' || typeof id !== 'string') throw new BadRequest()

  const [value, last] = [kinds[holds](text), kinds[ids](id)]
  if (value === null || last === null) throw new BadRequest()
  return [value, last]
}

function partsOf(place: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(place, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}
