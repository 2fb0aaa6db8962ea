import { BadRequest } from '../../errors.ts'
import { PER_PAGE } from './pages.ts'

/**
 * Paging through large lists by where a page ends, not by how many rows to skip: every page is as fast as the first,
 * and what is added meanwhile shifts nothing (https://use-the-index-luke.com/no-offset).
 */
export interface Order<Row, Key extends string> {
  /** The column that orders the list; the id decides among equals. */
  by: Key
  direction: 'asc' | 'desc'
  /** What that column holds in a row. */
  of: (row: Row) => Date | string | bigint | number
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

const opposite = { asc: 'desc', desc: 'asc' } as const
const comparison = { asc: 'gt', desc: 'lt' } as const

type Value = Date | string | bigint | number

/** The bound on the column alone is what an index can begin at. */
function beyond({ by }: Order<never, string>, [value, id]: [Value, Value], direction: 'asc' | 'desc') {
  const than = comparison[direction]
  if (by === 'id') return { id: { [than]: id } }
  return { [by]: { [`${than}e`]: value }, OR: [{ [by]: { [than]: value } }, { id: { [than]: id } }] }
}

function encoded<Row extends { id: string | bigint }>(order: Order<Row, string>, row: Row) {
  const value = order.of(row)
  const kind = value instanceof Date ? 'd' : typeof value === 'bigint' ? 'b' : typeof value === 'number' ? 'n' : 's'
  const text = value instanceof Date ? value.toISOString() : String(value)
  return Buffer.from(JSON.stringify([order.by, kind, text, String(row.id)])).toString('base64url')
}

const readers: Record<string, (text: string) => Value> = {
  d: text => new Date(text),
  b: text => BigInt(text),
  n: Number,
  s: String
}

function decoded({ by }: Order<never, string>, place: string): [Value, Value] {
  try {
    const [column, kind, text, id] = JSON.parse(Buffer.from(place, 'base64url').toString()) as string[]
    const value = readers[kind ?? '']?.(text ?? '')
    const isSound = column === by && value !== undefined && !(value instanceof Date && Number.isNaN(value.valueOf()))
    if (isSound && id && /^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\d{1,18})$/.test(id))
      return [value, /^\d+$/.test(id) ? BigInt(id) : id]
  } catch {}
  throw new BadRequest()
}
