import type { Visitor } from '../../support/browser.ts'
import { isSweep } from '../../support/sweep.ts'
import { layoutProblemsOf, problemsOf } from './checked.ts'

type Look = [width: number, theme: 'light' | 'dark']

/** At a desk in the dark; with SWEEP=all every width in every theme. By light the stories are told. */
const first: Look = [1280, 'dark']
const others: Look[] = isSweep
  ? [
      [390, 'light'],
      [390, 'dark'],
      [1280, 'light']
    ]
  : []
/** Widths at which nothing may overflow or overlap: what fits the narrowest phone fits the others. */
const narrow: Look[] = isSweep
  ? [
      [390, 'light'],
      [320, 'light']
    ]
  : [[320, 'light']]

/** Opens a page at a desk, and says what is wrong with it there, and with its layout on the narrowest phone. */
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
    note(await problemsOf(page), other)
  }
  for (const width of narrow) {
    await look(width)
    note(await layoutProblemsOf(page), width)
  }
  return found
}
