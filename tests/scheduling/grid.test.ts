import { describe, expect, it } from 'vitest'
import { gridOf, type Placed } from '../../src/scheduling/grid.ts'

const slot = (name: string, from: number, until: number) => ({ name, from, until })
type Named = Placed & { name: string }

/** Rows as words: when each begins, and what its cells hold; `^` is a cell from further up. */
const drawn = (columns: Named[][]) =>
  gridOf(columns).map(({ from, cells }) => [
    from,
    ...cells.map(cell =>
      cell ? cell.items.map(({ name }) => name).join('+') + (cell.rows > 1 ? `/${cell.rows}` : '') : '^'
    )
  ])

describe('times of columns as rows of one table', () => {
  it('have each go over the rows it lasts, whatever stands beside it', () => {
    const quarters = [slot('a', 0, 15), slot('b', 15, 30), slot('c', 30, 45)]
    const twenties = [slot('d', 0, 20), slot('e', 20, 40)]
    expect(drawn([quarters, twenties])).toEqual([
      [0, 'a', 'd/2'],
      [15, 'b/2', '^'],
      [20, '^', 'e/2'],
      [30, 'c/2', '^'],
      [40, '^', '']
    ])
  })

  it('leave a row for a stretch in which nobody has anything', () => {
    expect(drawn([[slot('a', 0, 20), slot('b', 60, 80)]])).toEqual([
      [0, 'a'],
      [20, ''],
      [60, 'b']
    ])
  })

  it('share a cell when they overlap, in order', () => {
    expect(drawn([[slot('late', 20, 40), slot('extra', 10, 25), slot('early', 0, 20), slot('next', 40, 60)]])).toEqual([
      [0, 'early+extra+late'],
      [40, 'next']
    ])
  })

  it('are none when there is nothing', () => {
    expect(gridOf([[], []])).toEqual([])
  })
})
