import type { Visitor } from '../../support/browser.ts'
import { layoutProblemsOf, lookProblemsOf, problemsOf } from './checked.ts'

type Look = [width: number, theme: 'light' | 'dark']

const all = process.env.SWEEP === 'all'

/** Each width and each theme once; with SWEEP=all every width in every theme, and all of axe's rules every time. */
const first: Look = [1280, 'dark']
const others: Look[] = [[390, 'light']]
if (all) others.push([390, 'dark'], [1280, 'light'])

/** Opens a page at a desk, and says what is wrong with it there, on a phone and on the narrowest phone. */
export async function problemsInEveryLook(visitor: Visitor, path: string) {
  const { page } = visitor
  const look = async ([width, theme]: Look) => {
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme: theme })
  }
  const found: string[] = []
  const note = (problems: string[], [width, theme]: Look) =>
    found.push(...problems.map(problem => `${width} ${theme}: ${problem}`))

  await look(first)
  // Opening checks the page as it comes up.
  await visitor.opens(path)
  for (const other of others) {
    await look(other)
    note(await (all ? problemsOf : lookProblemsOf)(page), other)
  }
  const narrowest: Look = [320, 'light']
  await look(narrowest)
  note(await layoutProblemsOf(page), narrowest)
  return found
}
