/** Something with a place on a scale, in minutes of whatever clock the columns share. The end does not belong to it. */
export interface Placed {
  from: number
  until: number
}

/** A cell and how many rows it goes over; without items nothing is there. */
export interface Cell<T> {
  items: T[]
  rows: number
}

/** A stretch in which nothing begins or ends. Columns whose cell began further up have null. */
export interface Row<T> {
  from: number
  until: number
  cells: (Cell<T> | null)[]
}

/**
 * Columns of times as the rows of one table: a row wherever anything begins or ends, so that each cell goes over exactly
 * the rows it lasts, whatever the lengths and starts beside it. What overlaps in a column shares a cell, in order.
 */
export function gridOf<T extends Placed>(columns: T[][]): Row<T>[] {
  const shared = columns.map(together)
  const cuts = [...new Set(shared.flat().flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, at) => ({
    from,
    until: cuts[at + 1] ?? from,
    cells: shared.map(cells => {
      const cell = cells.find(each => each.from <= from && from < each.until)
      if (!cell) return { items: [], rows: 1 }
      return cell.from < from ? null : { items: cell.items, rows: cuts.indexOf(cell.until) - at }
    })
  }))
}

/** What overlaps, directly or through others, as one. */
function together<T extends Placed>(items: T[]) {
  const cells: (Placed & { items: T[] })[] = []
  for (const item of items.toSorted((a, b) => a.from - b.from || a.until - b.until)) {
    const last = cells.at(-1)
    if (last && item.from < last.until) {
      last.items.push(item)
      last.until = Math.max(last.until, item.until)
    } else cells.push({ from: item.from, until: item.until, items: [item] })
  }
  return cells
}
