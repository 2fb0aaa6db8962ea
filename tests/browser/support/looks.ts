import type { Visitor } from '../../support/browser.ts'
import { layoutProblemsOf, problemsOf } from './checked.ts'

/** What is wrong with the page on a phone and at a desk, in light and dark, and on the narrowest phone. */
export async function problemsInEveryLook({ page }: Visitor) {
  const found: string[] = []
  const look = async (width: number, theme: 'light' | 'dark', ask: typeof problemsOf) => {
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme: theme })
    found.push(...(await ask(page)).map(problem => `${width} ${theme}: ${problem}`))
  }
  await look(320, 'light', layoutProblemsOf)
  for (const theme of ['light', 'dark'] as const) for (const width of [390, 1280]) await look(width, theme, problemsOf)
  return found
}
