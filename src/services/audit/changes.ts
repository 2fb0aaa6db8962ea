/** What a record may say of itself before and after: plain, and never of a person. */
export type Plain = string | number | boolean | null | string[]

/**
 * What an event tells of a change. `changes` has fields with what they held before and after; `changed` only names
 * those whose contents are nobody's business: names, phones, e-mail addresses and biographies of people.
 */
export type Told = {
  changes?: Record<string, [before: Plain, after: Plain]>
  changed?: string[]
}

/**
 * What an event says of a change: the fields of `after` that differ from `before`, those named in `unsaid` without their
 * contents. What is missing counts as null, and lists are the same in any order. Null when nothing differs.
 */
export function changesOf<After extends object>(
  before: Partial<Record<keyof After, unknown>>,
  after: After,
  unsaid: (keyof After)[] = []
): Told | null {
  const pairs = Object.entries(after).map(([field, is]): [string, Plain, Plain] => [
    field,
    plain(before[field as keyof After]),
    plain(is)
  ])
  const different = pairs.filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is))
  if (different.length === 0) return null

  const isUnsaid = ([field]: (typeof pairs)[number]) => unsaid.includes(field as keyof After)
  const said = different.filter(each => !isUnsaid(each)).map(([field, was, is]) => [field, [was, is]] as const)
  const changed = different.filter(isUnsaid).map(([field]) => field)
  return { ...(said.length && { changes: Object.fromEntries(said) }), ...(changed.length && { changed }) } as Told
}

function plain(value: unknown): Plain {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.map(String).sort()
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}
