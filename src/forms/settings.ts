import { z } from 'zod'
import { ticked, wholeNumber } from './fields.ts'

/** A number within bounds, or a switch, with what it is until somebody changes it. */
type Setting = z.ZodDefault<z.ZodNumber | z.ZodBoolean>

/** The form of these settings: a box for each switch, a number for each count. A number left empty is its default. */
export const settingsForm = <S extends Record<string, Setting>>(settings: z.ZodObject<S>) =>
  z
    .strictObject(Object.fromEntries(Object.entries(settings.shape).map(([name, each]) => [name, field(each)])))
    .transform(values => settings.parse(values))

function field(setting: Setting) {
  const inner = setting.unwrap()
  if (inner instanceof z.ZodBoolean) return ticked
  const { minValue, maxValue } = inner
  return z.preprocess(
    typed => (typed === undefined || typed === null || typed === '' ? setting.parse(undefined) : typed),
    wholeNumber('errors:number.whole', minValue ?? 0, maxValue ?? Number.MAX_SAFE_INTEGER)
  )
}
