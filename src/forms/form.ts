import type { z } from 'zod'
import { type Alternative, BadRequest, NotFound, type Problem, Refusal } from '../errors.ts'
import { id } from './fields.ts'

/** What a page needs to show a form again: what was typed, what is wrong with it, what to say of an empty field. */
export interface Form {
  values: Record<string, unknown>
  problems: Problem[]
  rules: Record<string, { missing: string }>
}

export interface Refused {
  ok: false
  form: Form
  status: 409 | 422
  alternatives: Alternative[]
}

type Submitted<R> = { ok: true; result: R } | Refused

/**
 * Runs `run` with what was typed, if it is what may be typed. A schema's issue and a service's Refusal come out alike.
 */
export async function submit<S extends z.ZodType, R>(schema: S, body: unknown, run: (data: z.output<S>) => Promise<R>) {
  const values = gather(body)
  const refused = (problems: Problem[], { status = 422, alternatives = [] }: Partial<Refusal> = {}): Submitted<R> => ({
    ok: false,
    form: { values: showable(values), problems, rules: rulesOf(schema) },
    status,
    alternatives
  })

  const parsed = schema.safeParse(values)
  if (!parsed.success) return refused(problemsOf(parsed.error))
  try {
    return { ok: true, result: await run(parsed.data) } as Submitted<R>
  } catch (error) {
    if (error instanceof Refusal) return refused(error.problems, error)
    throw error
  }
}

/** A form nobody has sent yet, perhaps filled in from what is known. */
export const blankForm = (schema: z.ZodType, values: Record<string, unknown> = {}): Form => ({
  values,
  problems: [],
  rules: rulesOf(schema)
})

/** Reads a query string. Throws BadRequest: nobody types those by hand. */
export function read<S extends z.ZodType>(schema: S, query: unknown): z.output<S> {
  const parsed = schema.safeParse({ ...(query as object) })
  if (!parsed.success) throw new BadRequest(problemsOf(parsed.error))
  return parsed.data
}

/** The id in a path. What can't be one is simply not found. */
export function idOf(params: { id?: string }) {
  const parsed = id.safeParse(params.id)
  if (!parsed.success) throw new NotFound()
  return parsed.data
}

const part = /^([a-zA-Z]+)\.(day|month|year)$/

/** `born.day=1&born.month=2` becomes `{ born: { day: '1', month: '2' } }`; all else stays as it came. */
function gather(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {}
  const values = new Map<string, unknown>()
  for (const [name, value] of Object.entries(body)) {
    const [, whole, piece] = part.exec(name) ?? []
    if (whole && piece) values.set(whole, { ...(values.get(whole) as object), [piece]: value })
    else values.set(name, value)
  }
  return Object.fromEntries(values)
}

/** What a page can show again: texts, lists of them, the pieces of a date. Anything else nobody typed. */
const showable = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => isPlain(value) || isListOrDate(value as object)))

const isPlain = (value: unknown) => typeof value !== 'object' || value === null
const isListOrDate = (value: object) =>
  Object.entries(value).every(([key, each]) => /^(\d+|day|month|year)$/.test(key) && isPlain(each))

const isKey = /^[a-z]+:[\w.]+$/

function problemsOf(error: z.ZodError): Problem[] {
  const firstOfEach = new Map<string | null, Problem>()
  for (const issue of error.issues) {
    const field = issue.path.length ? String(issue.path[0]) : null
    if (firstOfEach.has(field)) continue
    const key = isKey.test(issue.message) ? issue.message : fallback(issue.code)
    const { minimum, maximum, params } = issue as { minimum?: number; maximum?: number; params?: object }
    firstOfEach.set(field, { field, key, params: { minimum, maximum, ...params } })
  }
  return [...firstOfEach.values()]
}

const fallback = (code: string | undefined) => (code === 'unrecognized_keys' ? 'errors:unknownField' : 'errors:invalid')

const rules = new WeakMap<z.ZodType, Form['rules']>()

/** What the schema says of a form sent empty is what the browser may say before it is sent. */
function rulesOf(schema: z.ZodType) {
  const known = rules.get(schema)
  if (known) return known
  const empty = schema.safeParse({})
  const found = (empty.success ? [] : problemsOf(empty.error)).filter(problem => problem.field)
  const made = Object.fromEntries(found.map(problem => [problem.field, { missing: problem.key }]))
  rules.set(schema, made)
  return made
}
