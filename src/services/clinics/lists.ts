const PER_PAGE = 20

interface Contains {
  contains: string
  mode: 'insensitive'
}

/** A condition for each word typed: one of the fields has it, whatever the case. None when nothing was typed. */
export function containing<W>(q: string | undefined, fields: (text: Contains) => W[]) {
  const words = q?.split(/\s+/).filter(Boolean) ?? []
  return words.map(word => ({ OR: fields({ contains: word.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' }) }))
}

export const skipTo = (page: number) => ({ skip: (page - 1) * PER_PAGE, take: PER_PAGE })

/** Where a page of a list stands. */
export const pageOf = (total: number, number: number) => ({
  total,
  number,
  pages: Math.max(1, Math.ceil(total / PER_PAGE))
})
