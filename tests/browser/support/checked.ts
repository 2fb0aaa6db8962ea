import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { CDPSession, Page } from 'playwright-core'

const near = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))
const axe: string = near('axe-core').source
const rules = readFileSync(new URL('rules.js', import.meta.url), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const runAxe = `axe
  .run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node =>
    'axe ' + id + ': ' + node.html.slice(0, 160) + ' ' + node.any.map(each => each.message).join(' '))))`

/** What is wrong with a page as it stands, as sentences: nothing, for every page of the product. */
export async function problemsOf(page: Page) {
  const found = await layoutProblemsOf(page)
  return [...found, ...(await withScripts(page, () => violationsOf(page)))]
}

export const layoutProblemsOf = (page: Page) => page.evaluate<string[]>(rules)

/** Markup, but for ids, tokens, references and numbers, by what the browser makes of it: how wide it is and how dark. */
const print = `document.documentElement.outerHTML
  .replace(/name="_csrf" value="[^"]*"/g, '').replace(/[\\w+/=-]{24,}/g, '').replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, '')
  .replace(/\\d+/g, '0') + ' ' + innerWidth + matchMedia('(prefers-color-scheme: dark)').matches`
const seen = new Set<string>()

/**
 * What axe finds in a page; nothing more in one that it has seen. It is large: it is handed to each document once, and
 * not through @axe-core/playwright, which hands it over every time.
 */
async function violationsOf(page: Page) {
  const present = createHash('sha256')
    .update(await page.evaluate<string>(print))
    .digest('hex')
  if (seen.has(present)) return []
  seen.add(present)
  if (await page.evaluate('!window.axe')) await page.evaluate(axe)
  return page.evaluate<string[]>(runAxe)
}

/**
 * Axe needs timers, which a page without JavaScript hasn't. Its own scripts stay unread: they were due while loading.
 */
async function withScripts<T>(page: Page, look: () => Promise<T>) {
  const devtools = withoutScripts.get(page)
  await devtools?.send('Emulation.setScriptExecutionDisabled', { value: false })
  try {
    return await look()
  } finally {
    await devtools?.send('Emulation.setScriptExecutionDisabled', { value: true })
  }
}

const withoutScripts = new WeakMap<Page, CDPSession>()

/** By a switch of our own: the one that Playwright offers can't be turned on again for axe. */
export async function disableScripts(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setScriptExecutionDisabled', { value: true })
  withoutScripts.set(page, devtools)
}
