import type { Region } from './people.ts'
import type { Field } from './specializations.ts'
import { habits, schools } from './words.ts'

const openings = [
  (last: string, school: string, interest: string) =>
    `Dr ${last} trained in ${school} and has a special interest in ${interest}.`,
  (last: string, school: string, interest: string) =>
    `After training in ${school}, Dr ${last} now sees people about ${interest} most days of the week.`,
  (last: string, school: string, interest: string) =>
    `Trained in ${school}, Dr ${last} cares above all for people with ${interest}.`,
  (last: string, school: string, interest: string) => `Dr ${last} studied in ${school} and has written on ${interest}.`
]

/** Two sentences, different for every doctor: habits and openings have no common divisor. */
export function biographyOf(name: string, { interests }: Field, region: Region, number: number) {
  const places = schools[region].split(' | ')
  const last = name.split(' ').at(-1) ?? name
  const school = places[number % places.length] ?? ''
  const interest = interests[(number * 3) % interests.length] ?? interests[0]
  return `${openings[number % openings.length]?.(last, school, interest)} ${habits[(number * 5) % habits.length]}`
}
