import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const rules = readFileSync(new URL('rules.js', import.meta.url), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What is wrong with a page as it stands, as sentences: nothing, for every page of the product. */
export async function problemsOf(page: Page) {
  const found = await page.evaluate<string[]>(rules)
  const violations = await withScripts(page, () => axe(page))
  return [...found, ...violations]
}

export const layoutProblemsOf = (page: Page) => page.evaluate<string[]>(rules)

async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(tags)
    .options({ resultTypes: ['violations'] })
    .setLegacyMode(true)
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `axe ${id}: ${node.html.slice(0, 160)} ${node.any.map(each => each.message).join(' ')}`)
  )
}

/** Axe needs timers, which a page without JavaScript has not. Its own scripts stay unread: they were due while loading. */
async function withScripts<T>(page: Page, look: () => Promise<T>) {
  if (await hasTimers(page)) return look()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setScriptExecutionDisabled', { value: false })
  try {
    return await look()
  } finally {
    await devtools.send('Emulation.setScriptExecutionDisabled', { value: true })
    await devtools.detach()
  }
}

const withoutScripts = new WeakSet<Page>()

export const markWithoutScripts = (page: Page) => withoutScripts.add(page)

const hasTimers = async (page: Page) => !withoutScripts.has(page)
