import { expect, it } from 'vitest'
import { ICONS } from '../../src/assets.ts'
import { filesIn, textOf, views } from './sources.ts'

const named = /\bicon: '([a-z0-9-]+)'|\/icon', \{ name: '([a-z0-9-]+)'|\btag\('\w+', '([a-z0-9-]+)'\)/g

it('every icon that is shown is in the sprite', () => {
  const shown = [...views(), ...filesIn('src/helpers', '.ts')].flatMap(file =>
    [...textOf(file).matchAll(named)].map(([, prop, drawn, status]) => prop ?? drawn ?? status ?? '')
  )
  expect(shown.length).toBeGreaterThan(30)
  expect(shown.filter(name => !ICONS.includes(name))).toEqual([])
})
