import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { Request, Response } from 'express'

type Cell = string | number | null | undefined

/**
 * Streams a list as CSV, a column for each of these locale keys with what each row has to say there: RFC 4180 in UTF-8
 * with a byte order mark, so that spreadsheets see the letters; what begins like a formula gets an apostrophe in front,
 * so that they calculate nothing (OWASP, CSV injection). Rows are asked for as fast as they are taken; when whoever
 * asked goes away, nothing more is. Throws, with nothing sent yet, what the first row throws.
 */
export async function replyRows<Row>(
  req: Request,
  res: Response,
  name: string,
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: Record<string, (row: Row) => Cell>
) {
  const lines = cells(rows, Object.values(columns))
  const first = await lines.next()
  res.set('Content-Disposition', `attachment; filename="${name}.csv"`).type('text/csv; charset=utf-8')
  const text = stringify({ ...format, columns: Object.keys(columns).map(key => req.t(key)), header: true })
  try {
    await pipeline(Readable.from(begunWith(first, lines)), text, res)
  } catch (error) {
    if (!res.destroyed || (error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  } finally {
    await lines.return(undefined)
  }
}

/**
 * Every cell is quoted. A spreadsheet that separates by semicolons or begins a row at every line break takes less for a
 * cell than was meant: a formula in the middle of one gets its apostrophe too.
 */
const format = {
  ...{ bom: true, quoted: true, escape_formulas: true, record_delimiter: 'windows' as const },
  cast: { string: (value: string) => value.replace(/([;\t\r\n])(?=[=+\-@])/g, "$1'") }
}

async function* begunWith<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>) {
  if (first.done) return
  yield first.value
  yield* rest
}

async function* cells<Row>(rows: AsyncIterable<Row> | Iterable<Row>, columns: ((row: Row) => Cell)[]) {
  for await (const row of rows) yield columns.map(column => column(row))
}
