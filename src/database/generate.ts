import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isProcess } from './cluster.ts'

// Preloaded (`node --import`), so that the Prisma client in src/generated agrees with the schema before anyone imports it.

const root = join(import.meta.dirname, '../..')
const prisma = createRequire(import.meta.url).resolve('prisma/package.json')
const stamp = join(root, 'src/generated/.made-from')
const lock = join(root, '.data/generate.lock')

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'prisma/schema.prisma')))
  .update(readFileSync(prisma))
  .digest('hex')

if (read(stamp) !== wanted) await generate()

async function generate() {
  mkdirSync(join(root, '.data'), { recursive: true })
  while (!take(lock)) {
    await sleep(50)
    if (read(stamp) === wanted) return
    const holder = read(lock)
    if (holder && !isProcess(Number(holder))) rmSync(lock, { force: true })
  }
  try {
    if (read(stamp) === wanted) return
    rmSync(stamp, { force: true })
    await promisify(execFile)(process.execPath, [join(prisma, '../build/index.js'), 'generate'], { cwd: root })
    writeFileSync(stamp, wanted)
  } finally {
    rmSync(lock)
  }
}

/** The lock names its holder, so that one who was killed doesn't hold it for ever. */
function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    return false
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
