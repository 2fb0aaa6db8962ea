import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { at } from '../setup/cluster.ts'
import { clearAway, freePort, root, runFile } from './support.ts'

const name = `production_${process.pid}`
const cluster = inject('cluster')
const url = at(cluster, name)
const settings = {
  NODE_ENV: 'production',
  DATABASE_URL: url,
  BASE_URL: 'https://docket.example',
  SESSION_SECRET: 'f3a91c7be0d24856f3a91c7be0d24856',
  TRUST_PROXY_HOPS: 1
}

afterAll(async () => {
  await clearAway()
  await ask(at(cluster, 'postgres'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
})

describe('production, on an empty database', () => {
  it.each(['server.ts', 'worker.ts', 'create-admin.ts'])('%s does not migrate by itself', async file => {
    if (file === 'server.ts') await ask(at(cluster, 'postgres'), `CREATE DATABASE ${name}`)
    const args = file === 'create-admin.ts' ? ['--email', 'ada@clinic.example', '--name', 'Ada Obi'] : []
    const { code, err } = await runFile(root, file, { ...settings, PORT: await freePort() }, args).ended()
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^The database .* Run npm run migrate first\.\n$/)
    })
    expect(
      await ask(url, "SELECT FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
    ).toEqual([])
  })

  it('npm run migrate does, once', async () => {
    expect(await runFile(root, 'database/migrate.ts', settings).ended()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Applied: /)
    })
    const again = await runFile(root, 'database/migrate.ts', settings).ended()
    expect(again).toMatchObject({ code: 0, out: 'The database is up to date.\n' })
  })

  it('the app then serves, without a demo, a test gateway and jobs', async () => {
    const port = await freePort()
    const app = runFile(root, 'server.ts', { ...settings, PORT: port })
    expect(await app.says('Docket is at')).toBe('Docket is at https://docket.example\n')
    expect((await fetch(`http://localhost:${port}/health/ready`)).status).toBe(200)
    expect(await ask(url, 'SELECT (SELECT count(*) FROM clinics) + (SELECT count(*) FROM users) AS rows')).toEqual([
      { rows: '0' }
    ])
    for (const path of [paths.testGateway.api.checkout(randomUUID()), paths.testGateway.checkout(randomUUID())])
      expect((await fetch(`http://localhost:${port}${path}`)).status).toBe(404)
    expect(await ask(url, "SELECT to_regnamespace('pgboss') AS jobs")).toEqual([{ jobs: null }])
    expect(await app.stop('SIGTERM')).toMatchObject({ code: 0, err: '' })
  })

  it('npm run admin:create invites the first admin', async () => {
    const args = ['--email', 'ada@clinic.example', '--name', 'Ada Obi']
    const made = await runFile(root, 'create-admin.ts', settings, args).ended()
    expect(made).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('https://docket.example/auth/register?')
    })
    const again = await runFile(root, 'create-admin.ts', settings, args).ended()
    expect(again).toMatchObject({ code: 1, err: 'There is an account with this e-mail address already\n' })
  })
})

async function ask(database: string, sql: string) {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows
}
