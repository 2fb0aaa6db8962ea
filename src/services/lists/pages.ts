export const PER_PAGE = 20

interface Contains {
  contains: string
  mode: 'insensitive'
}

/** A condition for each word typed: one of the fields has it, whatever the case. None when nothing was typed. */
export function containing<W>(q: string | undefined, fields: (text: Contains) => W[]) {
  return wordsOf(q).map(word => ({ OR: fields({ contains: literal(word), mode: 'insensitive' }) }))
}

/** What was typed, word by word. */
export const wordsOf = (q: string | undefined) => q?.split(/\s+/).filter(Boolean) ?? []

/** A text that stands for itself in a pattern of LIKE. */
export const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** A condition for things that can be taken out of use: those in use, those that are not, or all. */
export const inState = (state: 'active' | 'inactive' | undefined) =>
  state ? { deactivatedAt: state === 'active' ? null : { not: null } } : {}

/** Counting further takes long and tells nobody more: a list says that there are more than ten thousand. */
export const COUNTED = 10_000

export const skipTo = (page: number, take = PER_PAGE) => ({ skip: (page - 1) * take, take })

const BATCH = 1000

/** Every row of a small list in its order, a thousand at a time. */
export async function* everyPart<R>(find: (part: { skip: number; take: number }) => Promise<R[]>) {
  for (let skip = 0; ; skip += BATCH) {
    const rows = await find({ skip, take: BATCH })
    yield* rows
    if (rows.length < BATCH) return
  }
}

/** Where a page of a list stands. */
export const pageOf = (total: number, number: number) => ({
  total,
  number,
  pages: Math.max(1, Math.ceil(total / PER_PAGE))
})

/** The column to order by and the way: `name` upwards, `-name` downwards. */
export function ordered<C extends string>(sort: C | `-${C}`) {
  const isDown = sort.startsWith('-')
  return { by: (isDown ? sort.slice(1) : sort) as C, direction: isDown ? ('desc' as const) : ('asc' as const) }
}
