import { describe, expect, it } from 'vitest'
import { soughtIn } from '../../src/forms/patient-search.ts'
import { typedDate, yearInFull } from '../../src/forms/typed-date.ts'

describe('a date of birth', () => {
  it.each([
    '1 3 1984',
    '01/03/1984',
    '1.3.1984',
    '1-3-1984',
    '01031984',
    '1984-03-01',
    '1984/3/1',
    '1st march 1984',
    '1 Mar 1984',
    '1st of March, 1984',
    'March 1, 1984',
    ' 01 / 03 / 1984 '
  ])('is understood as people type it: %s', typed => {
    expect(typedDate(typed)).toBe('1984-03-01')
  })

  it.each([
    '',
    '1984',
    '31/2/1984',
    '13/13/1984',
    '1 3 84',
    '1 3 1884',
    'Ada',
    '1 Marvellous 1984',
    '1 3 1984 Ada',
    '31041984'
  ])('is not guessed from %s', typed => {
    expect(typedDate(typed)).toBeNull()
  })

  it.each([
    ['1 3 84', '1 3 1984'],
    ['obi 01/03/84', 'obi 01/03/1984'],
    ['3 Mar 26', '3 Mar 2026'],
    ['22 11 26', '22 11 1926'],
    ['29 2 23', '29 2 23'],
    ['06 12 34 56 78', '06 12 34 56 78'],
    ['1 3 1984', '1 3 1984']
  ])('may have a short year, the latest that has been: %s', (typed, meant) => {
    expect(yearInFull(typed, '2026-11-21')).toBe(meant)
  })

  it('has its day first', () => {
    expect([typedDate('4/3/1984'), typedDate('29 2 2024'), typedDate('29 2 2023')]).toEqual([
      '1984-03-04',
      '2024-02-29',
      null
    ])
  })
})

describe('what is looked for', () => {
  it.each([
    ['ada obi', { words: ['ada', 'obi'] }],
    ['Obi, Ada', { words: ['Obi', 'Ada'] }],
    ['1 3 1984', { words: [], bornOn: '1984-03-01' }],
    ['obi 01/03/1984', { words: ['obi'], bornOn: '1984-03-01' }],
    ['0117 496 0101', { words: [], digits: '174960101' }],
    ['+44 (117) 496-0101', { words: [], digits: '174960101' }],
    ['0101', { words: [], digits: '101' }],
    ['496 0101 obi', { words: ['obi'], digits: '4960101' }],
    ['42 68 53 00', { words: [], digits: '42685300' }],
    ['obi 496 0101 3 Mar 1984', { words: ['obi'], digits: '4960101', bornOn: '1984-03-03' }],
    ['ada 12', { words: ['ada', '12'] }],
    ['', { words: [] }]
  ])('%s', (typed, meant) => {
    expect(soughtIn(typed)).toEqual(meant)
  })
})
