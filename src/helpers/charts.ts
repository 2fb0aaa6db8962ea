/** Where the parts of a drawing stand: numbers in, places out. What a place looks like is the stylesheet's business. */
export interface Size {
  width: number
  height: number
}

type Value = number | null

const LEFT = 46
const TOP = 14
const BOTTOM = 28
const LINE = 17
const LETTER = 7.4
const BOLD = 7.9

const round = (place: number) => Math.round(place * 10) / 10

/**
 * The first of 1, 2, 4, 6, 8, 10, 20, 40, … that nothing exceeds: an axis ends on a number whose half is easily read.
 */
export function roundTop(values: Value[]) {
  const highest = Math.max(0, ...values.map(value => value ?? 0))
  if (highest === 0) return 1
  const magnitude = 10 ** Math.floor(Math.log10(highest))
  return magnitude * ([1, 2, 4, 6, 8, 10].find(step => step * magnitude >= highest * (1 - 1e-9)) ?? 10)
}

const numberedAt = (top: number, isWhole: boolean) => (isWhole && top === 1 ? [0, 1] : [0, top / 2, top])

/** Which of many labels have room: the last one, and every so many before it. */
export function labelled(labels: string[], width: number) {
  const room = Math.max(...labels.map(label => label.length)) * LETTER + 8
  const every = Math.max(1, Math.ceil((labels.length * room) / Math.max(width, 1)))
  return labels.flatMap((text, at) => ((labels.length - 1 - at) % every === 0 ? [{ text, at }] : []))
}

/** Names at the ends of lines, moved apart where they would lie on each other. */
function apart(ends: { name: string; x: number; y: number }[], lowest: number) {
  const placed: typeof ends = []
  for (const end of ends.toSorted((a, b) => a.y - b.y))
    placed.push({ ...end, y: Math.max(end.y, (placed.at(-1)?.y ?? -LINE) + LINE) })
  const over = Math.max(0, (placed.at(-1)?.y ?? 0) - lowest)
  return placed.map(({ y, ...end }) => ({ ...end, y: round(y - over) }))
}

interface Lines {
  series: { name: string; values: Value[] }[]
  labels: string[]
  /** Whether values are counts: an axis of counts has no halves. */
  isWhole?: boolean
}

/** Lines over time, from nothing up. Where there is no value the line is interrupted. */
export function lineChart({ series, labels, isWhole = true }: Lines, { width, height }: Size) {
  const longest = Math.max(0, ...series.map(({ name }) => name.length))
  const [right, bottom] = [width - longest * BOLD - 12, height - BOTTOM]
  const top = roundTop(series.flatMap(({ values }) => values))
  const x = (at: number) => round(LEFT + ((right - LEFT) * at) / Math.max(1, labels.length - 1))
  const y = (value: number) => round(bottom - ((bottom - TOP) * value) / top)
  const drawn = series.map(({ name, values }) => {
    const points = values.map((value, at) => (value === null ? null : { x: x(at), y: y(value) }))
    return { name, path: pathOf(points), dots: lonely(points), end: points.findLast(point => point !== null) }
  })
  const ends = drawn.flatMap(({ name, end }, at) => (end ? [{ name, at, x: right + 8, y: end.y }] : []))
  return {
    left: LEFT,
    right,
    bottom,
    levels: numberedAt(top, isWhole).map(value => ({ value, y: y(value) })),
    lines: drawn.map(({ path, dots }) => ({ path, dots })),
    ends: apart(ends, bottom),
    ticks: labelled(labels, right - LEFT).map(({ text, at }) => ({ text, x: x(at) }))
  }
}

type Point = { x: number; y: number } | null

const pathOf = (points: Point[]) =>
  points.flatMap((point, at) => (point ? [`${points[at - 1] ? 'L' : 'M'}${point.x} ${point.y}`] : [])).join('')

/** A value between two gaps has no line: it is a dot. */
const lonely = (points: Point[]) =>
  points.flatMap((point, at) => (point && !points[at - 1] && !points[at + 1] ? [point] : []))

/** Upright bars beside each other, each with its number on top. */
export function columnChart(values: number[], labels: string[], { width, height }: Size) {
  const bottom = height - BOTTOM
  const top = Math.max(1, ...values)
  const room = width / Math.max(1, values.length)
  const columns = values.map((value, at) => {
    const tall = round(((bottom - TOP - 10) * value) / top)
    return {
      value,
      x: round(at * room + room * 0.14),
      width: round(room * 0.72),
      y: round(bottom - tall),
      height: tall
    }
  })
  const middle = (at: number) => round((at + 0.5) * room)
  return {
    bottom,
    columns: columns.map((column, at) => ({ ...column, middle: middle(at) })),
    ticks: labelled(labels, width).map(({ text, at }) => ({ text, x: middle(at) }))
  }
}

const ROW = 46
const BAR = 14

/** Bars that lie below each other, each with its name above and its number at its end. */
export function barChart(items: { name: string; value: number; text: string }[], width: number) {
  const longest = Math.max(1, ...items.map(({ value }) => value))
  const room = width - Math.max(0, ...items.map(({ text }) => text.length)) * LETTER - 10
  const letters = Math.floor(width / LETTER)
  return {
    width,
    height: items.length * ROW,
    bars: items.map(({ name, value, text }, at) => {
      const long = round(Math.max(value > 0 ? 2 : 0, (room * value) / longest))
      const short = name.length > letters ? `${name.slice(0, letters - 1).trimEnd()}…` : name
      return {
        name: short,
        text,
        y: at * ROW + 16,
        barY: at * ROW + 23,
        width: long,
        height: BAR,
        textX: round(long + 8)
      }
    })
  }
}

const STEPS = 5

/** How dark a cell is, from 0 (nothing) to 5 (as much as the most). */
export const heatOf = (value: number, most: number) => (value <= 0 ? 0 : Math.max(1, Math.ceil((value / most) * STEPS)))
