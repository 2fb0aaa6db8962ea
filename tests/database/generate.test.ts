import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const source = join(import.meta.dirname, '../../src')

it('has the Prisma client ready for any program, wherever it is started from, without a word', async () => {
  const program = `
    const { PrismaClient } = await import(${JSON.stringify(join(source, 'generated/client.ts'))})
    process.exitCode = PrismaClient ? 0 : 1`
  const preload = ['--import', join(source, 'database/generate.ts')]
  const ran = promisify(execFile)(process.execPath, [...preload, '--input-type=module', '--eval', program], {
    cwd: tmpdir()
  })
  expect(await ran).toEqual({ stdout: '', stderr: '' })
})
