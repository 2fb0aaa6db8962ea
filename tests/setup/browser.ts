import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BrowserServer, chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    browser: string
  }
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update'
]

/** One headless browser for the whole run. All it unpacks and writes is in one folder, which goes when it goes. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'docket-browser-'))
  const server = await writingTo(folder, () => launch(folder))
  project.provide('browser', server.wsEndpoint())

  return async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function writingTo<T>(folder: string, work: () => Promise<T>) {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

async function launch(folder: string): Promise<BrowserServer> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launchServer(installed())

  // The package's libraries and fonts too: a bare machine has none, and pages measure the same everywhere.
  const { default: packed, inflate } = await import('@sparticuz/chromium')
  const executablePath = await packed.executablePath()
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin')
  const libraries = await inflate(join(bin, 'al2023.tar.br'))
  const env = { ...process.env, LD_LIBRARY_PATH: join(libraries, 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') }
  return chromium.launchServer({ executablePath, args, env })
}

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium'
]

/** Elsewhere the browser that is there already: its stable Chrome if none of the usual places has one. */
function installed() {
  const executablePath = places.find(place => existsSync(place))
  return executablePath ? { executablePath, args } : { channel: 'chrome', args }
}
