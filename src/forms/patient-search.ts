import { dateIn } from './typed-date.ts'

/**
 * What somebody means who looks for a patient: parts of a name, digits of a phone number, a date of birth, or several.
 */
export interface Sought {
  words: string[]
  /** The digits that are the same with and without the country's code. */
  digits?: string
  /** `YYYY-MM-DD` */
  bornOn?: string
}

const number = /(?<!\w)\+?\d[\d\s().-]*\d(?!\w)/
const FEWEST_DIGITS = 4
const NATIONAL_DIGITS = 9

/** `obi 1 3 1984` is a name and a date of birth, `0117 496 0101` a phone number. */
export function soughtIn(typed: string): Sought {
  const born = dateIn(typed)
  const others = withoutBirth(typed)
  const [phone = ''] = number.exec(others) ?? []
  const digits = phone.replace(/\D/g, '')
  const isPhone = digits.length >= FEWEST_DIGITS
  const words = (isPhone ? others.replace(phone, ' ') : others).split(/[\s,;]+/).filter(Boolean)
  return { words, ...(isPhone && { digits: sameAnywhere(digits) }), ...(born && { bornOn: born.date }) }
}

/** The first number that stands somewhere in a text and is no date, as it was typed. */
export const numberIn = (typed: string) => number.exec(withoutBirth(typed))?.[0] ?? ''

function withoutBirth(typed: string) {
  const born = dateIn(typed)
  return born ? typed.replace(born.text, ' ') : typed
}

/** Neither `+44` nor the `0` that stands for it at home: a number begins differently from wherever it is dialled. */
const sameAnywhere = (digits: string) => digits.replace(/^0+(?=\d)/, '').slice(-NATIONAL_DIGITS)
