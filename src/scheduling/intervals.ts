import type { Temporal } from 'temporal-polyfill'

/** Half-open: the end does not belong to it, so one may begin when another ends. */
export interface Interval {
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

export const overlaps = (a: Interval, b: Interval) => isBefore(a.startsAt, b.endsAt) && isBefore(b.startsAt, a.endsAt)

/** Whether all of `inner` lies in one of `stretches`. */
export const isWithin = (inner: Interval, stretches: Interval[]) =>
  stretches.some(outer => !isBefore(inner.startsAt, outer.startsAt) && !isBefore(outer.endsAt, inner.endsAt))

/** The same time with nothing twice: in order, apart from each other, and none empty. Neighbours become one. */
export function merge(intervals: Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const next of inOrder(intervals)) {
    const last = merged.at(-1)
    if (!last || isBefore(last.endsAt, next.startsAt)) merged.push({ startsAt: next.startsAt, endsAt: next.endsAt })
    else if (isBefore(last.endsAt, next.endsAt)) last.endsAt = next.endsAt
  }
  return merged
}

/**
 * What is left of some time without another, in order. Does not join neighbours: where `from` parts, so does the rest.
 */
export function subtract(from: Interval[], taken: Interval[]): Interval[] {
  const cuts = merge(taken)
  return inOrder(from).flatMap(({ startsAt, endsAt }) => {
    const inside = cuts.filter(cut => overlaps(cut, { startsAt, endsAt }))
    const starts = [startsAt, ...inside.map(cut => cut.endsAt)]
    const ends = [...inside.map(cut => cut.startsAt), endsAt]
    return starts.flatMap((start, at) => {
      const end = ends[at] ?? endsAt
      return isBefore(start, end) ? [{ startsAt: start, endsAt: end }] : []
    })
  })
}

/** The time that is in both, in order. */
export const intersect = (some: Interval[], others: Interval[]): Interval[] =>
  inOrder(some).flatMap(a =>
    inOrder(others)
      .filter(b => overlaps(a, b))
      .map(b => ({ startsAt: later(a.startsAt, b.startsAt), endsAt: earlier(a.endsAt, b.endsAt) }))
  )

/** Answers whether an interval overlaps any of `intervals`; quick for thousands of questions. */
export function overlapWith(intervals: Interval[]) {
  const merged = merge(intervals)
  return (asked: Interval) => {
    let [low, high] = [0, merged.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const found = merged[middle]
      if (found && isBefore(asked.startsAt, found.endsAt)) high = middle
      else low = middle + 1
    }
    const next = merged[low]
    return next !== undefined && overlaps(asked, next)
  }
}

const inOrder = (intervals: Interval[]) =>
  intervals
    .filter(({ startsAt, endsAt }) => isBefore(startsAt, endsAt))
    .sort((a, b) => a.startsAt.epochMilliseconds - b.startsAt.epochMilliseconds)

/** To the millisecond, which is what the database keeps. */
export const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => a.epochMilliseconds < b.epochMilliseconds
const later = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? b : a)
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? a : b)
