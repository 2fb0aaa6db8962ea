import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { fallsOn, type Yearly } from '../../src/scheduling/yearly.ts'

const any = { until: null, interval: 1, months: [], monthDays: [], weekdays: [] }
const rule = (startsOn: string, said: Partial<Yearly> = {}): Yearly => ({
  ...any,
  startsOn: Temporal.PlainDate.from(startsOn),
  ...said
})
const between = (from: string, to: string, yearly: Yearly) => {
  const first = Temporal.PlainDate.from(from)
  const days = Array.from({ length: first.until(to).days + 1 }, (_, at) => first.add({ days: at }))
  return days.filter(day => fallsOn(day, yearly)).map(String)
}
const [monday, thursday, friday] = [1, 4, 5]

describe('a day that comes back every year', () => {
  it.each<[string, Yearly, string[]]>([
    ['the same date', rule('1970-12-25'), ['2026-12-25', '2027-12-25', '2028-12-25']],
    ['29 February', rule('2024-02-29'), ['2028-02-29']],
    ['every second year', rule('2025-05-01', { interval: 2 }), ['2027-05-01']],
    [
      'up to a year',
      rule('2020-05-01', { until: Temporal.PlainDate.from('2027-05-01') }),
      ['2026-05-01', '2027-05-01']
    ],
    ['not before its first year', rule('2028-07-04'), ['2028-07-04']],
    [
      'the fourth Thursday of November',
      rule('1997-11-27', { months: [11], weekdays: [{ weekday: thursday, nth: 4 }] }),
      ['2026-11-26', '2027-11-25', '2028-11-23']
    ],
    [
      'the last Monday of May',
      rule('1997-05-26', { months: [5], weekdays: [{ weekday: monday, nth: -1 }] }),
      ['2026-05-25', '2027-05-31', '2028-05-29']
    ],
    [
      'the twentieth Monday of the year',
      rule('1997-05-19', { weekdays: [{ weekday: monday, nth: 20 }] }),
      ['2026-05-18', '2027-05-17', '2028-05-15']
    ],
    [
      'Friday the 13th',
      rule('1998-02-13', { monthDays: [13], weekdays: [{ weekday: friday, nth: null }] }),
      ['2026-02-13', '2026-03-13', '2026-11-13', '2027-08-13', '2028-10-13']
    ],
    [
      'the last day of two months',
      rule('1997-01-31', { months: [1, 6], monthDays: [-1] }),
      ['2026-01-31', '2026-06-30', '2027-01-31', '2027-06-30', '2028-01-31', '2028-06-30']
    ],
    ['the same day of another month', rule('1997-01-10', { months: [3] }), ['2026-03-10', '2027-03-10', '2028-03-10']],
    ['30 February', rule('1997-02-10', { months: [2], monthDays: [30] }), []]
  ])('%s', (_, yearly, expected) => {
    expect(between('2026-01-01', '2028-12-31', yearly)).toEqual(expected)
  })

  it('is on its first day, whatever the rule says', () => {
    expect(between('2026-01-01', '2026-12-31', rule('2026-03-03', { months: [7], monthDays: [1] }))).toEqual([
      '2026-03-03',
      '2026-07-01'
    ])
  })
})
