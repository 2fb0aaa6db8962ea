/** How full a day gets: of a hundred days, the first so many have from-to percent of their times taken, and so on. */
type Mood = readonly [days: number, from: number, to: number]

export const before: readonly Mood[] = [
  [38, 0, 0],
  [52, 4, 18],
  [8, 30, 55],
  [2, 75, 95]
]
export const soonAndSought: readonly Mood[] = [
  [28, 5, 40],
  [32, 52, 72],
  [28, 78, 95],
  [12, 100, 100]
]
export const soon: readonly Mood[] = [
  [30, 0, 0],
  [60, 5, 30],
  [10, 52, 72]
]
export const later: readonly Mood[] = [
  [55, 0, 0],
  [41, 4, 18],
  [4, 52, 60]
]

/** The percentages of the day that `luck`, 1 to 100, falls on. */
export function moodOf(moods: readonly Mood[], luck: number): [from: number, to: number] {
  let days = 0
  for (const [more, from, to] of moods) {
    days += more
    if (luck <= days) return [from, to]
  }
  return [0, 0]
}
