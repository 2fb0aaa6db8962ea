import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { Request, Response } from 'express'

type Cell = string | number | null | undefined

/**
 * Streams a table as CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheets see the letters; a cell that
 * begins like a formula gets an apostrophe in front, so that they calculate nothing (OWASP, CSV injection). Rows are
 * asked for as fast as they are taken; when whoever asked goes away, nothing more is.
 */
export async function replyCsv(res: Response, name: string, head: string[], rows: AsyncIterable<Cell[]>) {
  res.set('Content-Disposition', `attachment; filename="${name}.csv"`).type('text/csv; charset=utf-8')
  const text = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows', columns: head, header: true })
  await pipeline(Readable.from(rows), text, res).catch(error => {
    if (!res.destroyed || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  })
}

/** The same for a list: a column for each of these locale keys, with what each row has to say there. */
export const replyRows = <Row>(
  req: Request,
  res: Response,
  name: string,
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: Record<string, (row: Row) => Cell>
) =>
  replyCsv(
    res,
    name,
    Object.keys(columns).map(key => req.t(key)),
    cells(rows, Object.values(columns))
  )

async function* cells<Row>(rows: AsyncIterable<Row> | Iterable<Row>, columns: ((row: Row) => Cell)[]) {
  for await (const row of rows) yield columns.map(column => column(row))
}
