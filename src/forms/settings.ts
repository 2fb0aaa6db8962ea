import { z } from 'zod'
import { many, ticked, wholeNumber } from './fields.ts'

/** A number within bounds, a switch, or some of several words, with what it is until somebody changes it. */
type Setting = z.ZodDefault<z.ZodNumber | z.ZodBoolean | z.ZodArray<z.ZodEnum>>

/**
 * The form of these settings: a box for each switch, a number for each count, a box for each word of a list. A number
 * left empty is its default; of a list, at least one is chosen.
 */
export const settingsForm = <S extends Record<string, Setting>>(settings: z.ZodObject<S>) =>
  z
    .strictObject(Object.fromEntries(Object.entries(settings.shape).map(([name, each]) => [name, field(name, each)])))
    .transform(values => settings.parse(values))

function field(name: string, setting: Setting) {
  const inner = setting.unwrap()
  if (inner instanceof z.ZodBoolean) return ticked
  if (inner instanceof z.ZodArray) return someOf(inner.element.options.map(String), `admin:settings.missing.${name}`)
  const { minValue, maxValue } = inner
  return z.preprocess(
    typed => (typed === undefined || typed === null || typed === '' ? setting.parse(undefined) : typed),
    wholeNumber('errors:number.whole', minValue ?? 0, maxValue ?? Number.MAX_SAFE_INTEGER)
  )
}

/** At least one of these words, once each and in their order. */
const someOf = (words: string[], missing: string) =>
  many(z.enum(words))
    .refine(chosen => chosen.length > 0, missing)
    .transform(chosen => words.filter(word => chosen.includes(word)))
