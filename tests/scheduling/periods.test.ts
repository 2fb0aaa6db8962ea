import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import {
  lengthOf,
  PERIODS,
  type Period,
  periodBefore,
  periodBetween,
  periodNamed,
  stepOf,
  stepsOf
} from '../../src/scheduling/periods.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const said = ({ from, to }: Period) => `${from} ${to}`
const today = day('2026-03-01')

it('periods end yesterday, by name', () => {
  expect(PERIODS.map(name => said(periodNamed(name, today)))).toEqual([
    '2026-02-22 2026-02-28',
    '2026-01-30 2026-02-28',
    '2025-12-01 2026-02-28',
    '2026-03-01 2026-03-01',
    '2026-02-01 2026-02-28',
    '2025-03-01 2026-02-28'
  ])
  expect(said(periodNamed('month', day('2026-03-10')))).toBe('2026-03-01 2026-03-09')
})

it('days that are typed may come in any order, and one may be missing', () => {
  expect(said(periodBetween('2026-02-10', '2026-02-01', today))).toBe('2026-02-01 2026-02-10')
  expect(said(periodBetween(undefined, '2026-02-28', today))).toBe('2026-01-30 2026-02-28')
  expect(said(periodBetween('2026-02-20', undefined, today))).toBe('2026-02-20 2026-02-28')
  expect(lengthOf(periodBetween('1900-01-01', '2999-01-01', today))).toBe(3 * 366)
})

it('the period before is as long and ends the day before; steps are whole and end with the period', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1098 }), fc.integer({ min: 0, max: 3000 }), (length, later) => {
      const to = today.add({ days: later })
      const period = { from: to.subtract({ days: length - 1 }), to }
      const before = periodBefore(period)
      expect([lengthOf(before), before.to.until(period.from).days]).toEqual([length, 1])

      const span = stepOf(period) === 'day' ? 1 : 7
      const steps = stepsOf(period)
      expect(steps.length).toBe(Math.floor(length / span))
      expect(
        steps
          .at(-1)
          ?.add({ days: span - 1 })
          .equals(to)
      ).toBe(true)
    })
  )
})
