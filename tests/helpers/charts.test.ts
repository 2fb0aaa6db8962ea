import { expect, it } from 'vitest'
import { barChart, columnChart, heatOf, labelled, lineChart, roundTop } from '../../src/helpers/charts.ts'

const size = { width: 340, height: 210 }

it('an axis ends on a number that is easily halved', () => {
  expect([[0], [1], [3], [7], [11], [450], [0.13], [1]].map(roundTop)).toEqual([1, 1, 4, 8, 20, 600, 0.2, 1])
})

it('lines stay in their drawing, break where there is no value, and show a lonely one as a dot', () => {
  const labels = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']
  const chart = lineChart({ labels, series: [{ name: 'Now', values: [4, 2, null, 3, null] }] }, size)
  expect(chart.lines[0]?.path.match(/M/g)).toHaveLength(2)
  expect(chart.lines[0]?.dots).toHaveLength(1)
  expect(chart.levels.map(({ value }) => value)).toEqual([0, 2, 4])
  const places = chart.lines[0]?.path.match(/[\d.]+/g)?.map(Number) ?? []
  expect(Math.max(...places)).toBeLessThanOrEqual(size.width)
})

it('names at the ends of lines never lie on each other', () => {
  const series = ['Now', 'Before', 'Once'].map(name => ({ name, values: [5, 5] }))
  const [first, second, third] = lineChart({ labels: ['a', 'b'], series }, size).ends.map(({ y }) => y)
  expect([(second ?? 0) - (first ?? 0), (third ?? 0) - (second ?? 0)]).toEqual([17, 17])
})

it('nothing at all is a drawing, too', () => {
  expect(lineChart({ labels: [], series: [] }, size).lines).toEqual([])
  expect(columnChart([], [], size).columns).toEqual([])
  expect(barChart([], 340)).toMatchObject({ height: 0, bars: [] })
  expect([heatOf(0, 0), heatOf(1, 100), heatOf(100, 100)]).toEqual([0, 1, 5])
})

it('bars are as long as their numbers, and a name too long is cut', () => {
  const items = [1, 2].map(value => ({ name: 'N'.repeat(80), value, text: String(value) }))
  const { bars } = barChart(items, 340)
  expect((bars[0]?.width ?? 0) * 2).toBeCloseTo(bars[1]?.width ?? 0, 0)
  expect(bars[0]?.name).toMatch(/^N{30,50}…$/)
  expect(columnChart([5, 0], ['a', 'b'], size).columns.map(({ height }) => height > 0)).toEqual([true, false])
})

it('labels are left out from the front until the rest has room', () => {
  const days = Array.from({ length: 30 }, (_, at) => `${at + 1} Nov`)
  const shown = labelled(days, 240)
  expect(shown.length).toBeLessThan(6)
  expect(shown.at(-1)?.text).toBe('30 Nov')
})
