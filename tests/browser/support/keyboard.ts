import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Visitor } from '../../support/browser.ts'

const focus = readFileSync(new URL('focus.js', import.meta.url), 'utf8')
const MOST = 80

/**
 * Somebody who has no mouse: Tab, Shift+Tab, Enter, Space, arrows and letters. Sees at every step where the focus is.
 */
export function keyboardOf(visitor: Visitor) {
  const { page } = visitor
  const { keyboard } = page

  const focused = () => page.evaluate<{ name: string; id: string; problems: string[] }>(focus)

  async function tabsTo(words: string, { backwards = false } = {}) {
    for (let step = 0; step < MOST; step++) {
      await keyboard.press(backwards ? 'Shift+Tab' : 'Tab')
      const { name, problems } = await focused()
      expect(problems, page.url()).toEqual([])
      if (name.startsWith(words)) return
    }
    throw new Error(`Tab does not reach “${words}” on ${page.url()}`)
  }

  return {
    focused,
    tabsTo,
    types: (words: string) => keyboard.type(words),
    presses: (key: 'Enter' | 'Space' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Tab') => keyboard.press(key),

    /** To a link or a button, and through it. */
    async takes(words: string) {
      await tabsTo(words)
      await visitor.arrives(() => keyboard.press('Enter'))
    },

    async fills(fields: Record<string, string>) {
      for (const [label, value] of Object.entries(fields)) {
        await tabsTo(label)
        await keyboard.type(value)
      }
    }
  }
}
