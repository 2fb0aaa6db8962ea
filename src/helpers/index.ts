import { daysAround, dayWord, partsOfDay, twins } from './availability.ts'
import { barChart, columnChart, heatOf, lineChart } from './charts.ts'
import { dates } from './dates.ts'
import { messageTag } from './message.ts'
import { money, moneyAlone, moneyAmong } from './money.ts'
import { initials, list } from './names.ts'
import { number, percent, signed } from './numbers.ts'
import { paymentTag } from './payment.ts'
import { isOver, isVoid, statusTag } from './status.ts'

const made = new Map<string, Helpers>()
const make = (locale: string) => ({
  ...dates(locale),
  money: money(locale),
  moneyAlone: moneyAlone(locale),
  moneyAmong: moneyAmong(locale),
  number: number(locale),
  percent: percent(locale),
  signed: signed(locale),
  initials,
  list: list(locale),
  tag: statusTag,
  paymentTag,
  messageTag,
  isOver,
  isVoid,
  dayWord,
  daysAround,
  partsOfDay,
  barChart,
  columnChart,
  lineChart,
  heatOf,
  ...twins(dates(locale))
})

export type Helpers = ReturnType<typeof make>

/** What every view calls `h`. */
export function helpers(locale: string): Helpers {
  const known = made.get(locale) ?? make(locale)
  made.set(locale, known)
  return known
}
