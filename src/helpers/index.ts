import { daysAround, dayWord, partsOfDay } from './availability.ts'
import { dates } from './dates.ts'
import { money } from './money.ts'
import { initials } from './names.ts'
import { isOver, isVoid, statusTag } from './status.ts'

const made = new Map<string, Helpers>()
const make = (locale: string) => ({
  ...dates(locale),
  money: money(locale),
  initials,
  tag: statusTag,
  isOver,
  isVoid,
  dayWord,
  daysAround,
  partsOfDay
})

export type Helpers = ReturnType<typeof make>

/** What every view calls `h`. */
export function helpers(locale: string): Helpers {
  const known = made.get(locale) ?? make(locale)
  made.set(locale, known)
  return known
}
