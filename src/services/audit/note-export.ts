import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { record, type Subject } from './record.ts'

const types = {
  appointments: 'appointment',
  audit: 'audit',
  messages: 'message',
  patients: 'patient',
  payments: 'payment',
  users: 'user'
} as const satisfies Record<string, Subject['type']>

/**
 * The rows of a list with people in it, and, when the last of them has gone or whoever asked has hung up, a line in the
 * log: which list, narrowed by what (the names of the filters, never what was typed), and how many rows left the house.
 */
export async function* notingExport<Row>(
  ctx: Ctx,
  list: keyof typeof types,
  search: object,
  rows: AsyncIterable<Row> | Iterable<Row>
): AsyncGenerator<Row> {
  let count = 0
  try {
    for await (const row of rows) {
      count++
      yield row
    }
  } finally {
    const filters = Object.entries(search).flatMap(([name, value]) => (value === undefined || value === '' ? [] : name))
    await record(db, ctx, `${list}.exported`, { type: types[list], id: null, data: { filters, rows: count } })
  }
}
