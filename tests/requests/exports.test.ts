import express, { type RequestHandler } from 'express'
import supertest from 'supertest'
import { beforeAll, describe, expect, it } from 'vitest'
import { replyRows } from '../../src/csv.ts'
import { db, pool } from '../../src/database/client.ts'
import { serveApp } from '../support/app.ts'
import { send, visit } from '../support/raw.ts'
import { routes } from '../support/routes.ts'
import { type Town, town } from '../support/town.ts'

const app = serveApp()
let place: Town
const cookies: Record<string, string> = {}

/**
 * What makes a spreadsheet calculate, or open what somebody wrote, when a cell begins with it (OWASP, CSV injection).
 */
const evil = ['=', '+', '-', '@', '\t']
/** Whatever people type and a list may show. */
const typed = ['name', 'address', 'city', 'biography', 'reason', 'phone', 'licence_number', 'advice']

beforeAll(async () => {
  place = await town()
  for (const who of ['admin', 'doctor'] as const) cookies[who] = (await visit(app.url, place.emails[who])).cookie
  await db.patient.create({ data: { name: 'By phone', phone: '0117 496 0100', clinicId: place.clinic.id } })
  const { rows } = await pool.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'public' AND column_name = ANY ($1)
     AND table_name NOT IN ('audit_events')`,
    [typed]
  )
  for (const { table, column } of rows)
    await pool.query(
      `WITH numbered AS (SELECT ctid AS row, row_number() OVER () AS at FROM ${table})
       UPDATE ${table} t SET ${column} = ($1::text[])[1 + at % 5] || t.${column} FROM numbered WHERE t.ctid = numbered.row`,
      [evil]
    )
})

const wordless: RequestHandler = (req, _res, next) => {
  req.t = ((key: string) => key) as typeof req.t
  next()
}
const answered = (handler: RequestHandler) =>
  supertest(express().set('env', 'test').get('/', wordless, handler)).get('/')

const tables = routes().filter(({ path }) => path.endsWith('.csv'))

describe('a table for a spreadsheet', () => {
  it.each(tables)('calculates nothing that somebody typed: $path', async ({ path }) => {
    const headers = { Cookie: cookies[path.startsWith('/doctor') ? 'doctor' : 'admin'] ?? '' }
    const about = `${path}?doctorId=${place.doctor.id}`
    const narrowed = await send(app.url, { path: about, headers })
    const { status, text, headers: said } = narrowed.status === 200 ? narrowed : await send(app.url, { path, headers })
    expect([status, said['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(said['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.csv"$/)

    const [head = '', ...rows] = text.trimEnd().split('\r\n')
    expect(head.codePointAt(0)).toBe(0xfeff)
    if (!path.includes('analytics')) expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(row => /(^|[,;\t])"?[=+\-@\t\r]/.test(row))).toEqual([])
    expect(text.replaceAll('""', '')).toMatch(/^\ufeff?("[^"]*"(,|\r\n)|,|\r\n)+$/)
    if (/patients|users|clinics|doctors|rooms|appointments/.test(path)) expect(text).toMatch(/(^|,)"?'[=+\-@\t]/m)
  })

  it.each(tables)('is refused when what is asked for makes no sense: $path', async ({ path }) => {
    const headers = { Cookie: cookies[path.startsWith('/doctor') ? 'doctor' : 'admin'] ?? '' }
    expect((await send(app.url, { path: `${path}?sort=bad`, headers })).status).toBe(400)
  })

  it('calculates nothing either when it is separated by semicolons, or a row begins at each line break', async () => {
    const row = { a: 'x;=1+1', b: 'a\n=1+1', c: 'a\t@b', d: 'so; so - so' }
    const columns = { a: (said: typeof row) => said.a, b: () => row.b, c: () => row.c, d: () => row.d }
    const { text } = await answered((req, res) => replyRows(req, res, 'x', [row], columns))
    expect(text.split('\r\n')[1]).toBe(`"x;'=1+1","a\n'=1+1","a\t'@b","so; so - so"`)
  })

  it('is an answer like any other when the first row fails, not a file that breaks off', async () => {
    const rows = async function* () {
      yield await Promise.reject(new Error('no database'))
    }
    const { status, headers } = await answered((req, res) => replyRows(req, res, 'x', rows(), { a: String }))
    expect([status, headers['content-disposition']]).toEqual([500, undefined])
  })

  it('is there for every list of the team', () => {
    expect(tables.length).toBeGreaterThan(10)
  })
})
