import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * A number as people write it, in the form that works from anywhere (E.164); the first one of several. Without a `+` it
 * is one of the country, as ISO 3166 has it. Null for what can't be a number there; whether somebody has it, only
 * whoever carries texts can tell.
 */
export function e164(typed: string, country: string): string | null {
  const at = isSupportedCountry(country) ? country : undefined
  const numbers = [typed, ...typed.split(/[/,;]/)].map(part => parsePhoneNumberFromString(part, at))
  return numbers.find(number => number?.isPossible())?.number ?? null
}
