import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/database/client.ts'
import { allowRuntime } from '../../src/database/runtime-role.ts'

/** The role the app runs as in production: it owns nothing, and has what `npm run migrate` lets it have. */
const role = `docket_app_${process.pid}`
let app: pg.Client

beforeAll(async () => {
  const { rows } = await pool.query<{ name: string }>('SELECT current_database() AS name')
  await pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'app'`)
  const own = new URL(String(pool.options.connectionString))
  await allowRuntime(own.href, role)
  await pool.query(
    `INSERT INTO audit_events (at, event, actor_role, subject_type, request_id) VALUES (now(), 'a.b', 'SYSTEM', 'a', 'x')`
  )
  const url = new URL(own.href)
  ;[url.username, url.password, url.pathname] = [role, 'app', `/${rows[0]?.name}`]
  app = new pg.Client({ connectionString: url.href })
  await app.connect()
})

afterAll(async () => {
  await app.end()
  await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
})

describe('the application’s own role', () => {
  it('does its work: it reads, writes, numbers events and keeps its jobs', async () => {
    for (const sql of [
      'SELECT count(*) FROM appointments',
      `INSERT INTO audit_events (at, event, actor_role, subject_type, request_id) VALUES (now(), 'a.b', 'SYSTEM', 'a', 'y')`,
      `INSERT INTO settings (key, value, updated_at) VALUES ('x', '1', now())`,
      `UPDATE settings SET value = '2'`,
      `DELETE FROM settings WHERE key = 'x'`,
      'SELECT migration_name FROM _prisma_migrations LIMIT 1',
      'LISTEN docket_events',
      'CREATE SCHEMA pgboss; CREATE TABLE pgboss.job (id int); DROP SCHEMA pgboss CASCADE'
    ])
      expect(await said(sql)).toBe('done')
  })

  it.each([
    ['rewrites nothing', `UPDATE audit_events SET event = 'nothing'`],
    [
      'not even by putting it in again',
      `INSERT INTO audit_events SELECT * FROM audit_events ON CONFLICT (id) DO UPDATE SET event = 'nothing'`
    ],
    ['deletes nothing', 'DELETE FROM audit_events'],
    ['empties nothing', 'TRUNCATE audit_events'],
    ['switches no guard off', 'ALTER TABLE audit_events DISABLE TRIGGER ALL'],
    ['nor that one', 'ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only'],
    ['takes no guard away', 'DROP TRIGGER audit_events_append_only ON audit_events'],
    [
      'changes no guard',
      `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`
    ],
    ['pretends to be no replica', 'SET session_replication_role = replica'],
    ['puts nothing in its place', 'ALTER TABLE audit_events RENAME TO old_events'],
    ['drops nothing', 'DROP TABLE audit_events'],
    ['has no rule rewrite it', 'CREATE RULE r AS ON INSERT TO audit_events DO INSTEAD NOTHING'],
    ['becomes nobody else', 'SET ROLE docket']
  ])('%s', async (_, sql) => {
    expect(await said(sql)).toBe('42501')
    const { rows } = await pool.query(`SELECT FROM audit_events WHERE event = 'a.b' AND request_id = 'x'`)
    expect(rows).toHaveLength(1)
  })
})

const said = (sql: string) =>
  app.query(sql).then(
    () => 'done',
    ({ code }: { code: string }) => code
  )
