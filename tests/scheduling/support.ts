import { Temporal } from 'temporal-polyfill'
import { vi } from 'vitest'

export const zones = [
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'Asia/Kathmandu'
]

/** Days on which clocks change, or don't, and the half hours they leave out. */
export const dstDays: [string, string, string[]][] = [
  ['Europe/London', '2026-03-29', ['01:00', '01:30']],
  ['Europe/London', '2026-10-25', []],
  ['America/New_York', '2026-03-08', ['02:00', '02:30']],
  ['America/New_York', '2026-11-01', []],
  ['Australia/Lord_Howe', '2026-10-04', ['02:00']],
  ['Australia/Lord_Howe', '2026-04-05', []],
  ['America/Sao_Paulo', '2018-11-04', ['00:00', '00:30']],
  ['America/Sao_Paulo', '2026-11-01', []],
  ['Asia/Kolkata', '2026-03-29', []],
  ['Asia/Kathmandu', '2026-10-25', []],
  ['Africa/Casablanca', '2026-03-22', ['02:00', '02:30']],
  ['Africa/Casablanca', '2026-02-15', []]
]

export const longAgo = Temporal.Instant.from('1970-01-01T00:00:00Z')

export const day = (iso: string) => Temporal.PlainDate.from(iso)

export const minutesOn = ({ hour, minute }: { hour: number; minute: number }) => hour * 60 + minute

const tries = Number(process.env.SCHEDULES ?? 500)

/** How many schedules a property is tried on: 500, or as many as SCHEDULES says. */
export const schedules = { numRuns: tries }

vi.setConfig({ testTimeout: 60_000 + tries * 100 })

/** A start by the clock it is read from, with what that clock is ahead of UTC: `01:30+01:00`. */
export const onClock = (startsAt: Temporal.Instant, timeZone: string) =>
  startsAt.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'minute' }).slice(11)

/** `9:00` and `17:30` as minutes past midnight. */
export function clock(time: string) {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}
