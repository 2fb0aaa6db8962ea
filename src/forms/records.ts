import { z } from 'zod'
import { clearable, isoDate, optional, optionalText, text, ticked } from './fields.ts'

/** `allergiesWere`: what the page showed when it was opened. */
export const allergiesForm = z.strictObject({ allergies: clearable(500), allergiesWere: clearable(500) })

export const historyForm = z.strictObject({ text: text('records:errors.entry', 500), since: optional(isoDate()) })

export const noteForm = z.strictObject({ text: text('records:errors.note', 5000), share: ticked })

const MOST_ITEMS = 10
const MOST_TYPED = 5000
/** Characters, said with the row: “too long” alone would not say where. */
const most = { medicine: 100, dose: 100, instructions: 300 }
type Piece = keyof typeof most
const pieces = Object.keys(most) as Piece[]
const rows = Array.from({ length: MOST_ITEMS }, (_, at) => at + 1)

const fields = Object.fromEntries(
  rows.flatMap(row => pieces.map(piece => [`${piece}${row}`, optionalText(MOST_TYPED)]))
)

/**
 * One to ten medicines. A form sends rows, `medicine1`, `dose1`, `instructions1` and so on, of which empty ones are left
 * out; a program sends `items`. Both become `items`, and what is wrong is said of the row's field.
 */
export const prescriptionForm = z.preprocess(
  asRows,
  z
    .strictObject({ ...fields, items: z.undefined({ error: 'records:errors.items' }).optional(), share: ticked })
    .superRefine((typed, issues) => {
      const wrong = (path: string, message: string, params = {}) =>
        issues.addIssue({ code: 'custom', path: [path], message, params })
      const filled = filledRows(typed)
      if (filled.length === 0) wrong('items', 'records:errors.items')
      for (const { row, item } of filled)
        for (const piece of pieces) {
          const maximum = most[piece]
          if (item[piece] === undefined) wrong(`${piece}${row}`, `records:errors.${piece}`, { row })
          else if (item[piece].length > maximum)
            wrong(`${piece}${row}`, `records:errors.long.${piece}`, { row, maximum })
        }
    })
    .transform(typed => ({
      share: typed.share,
      items: filledRows(typed).map(({ item }) => item as Record<Piece, string>)
    }))
)

function filledRows(typed: object) {
  const values = new Map(Object.entries(typed))
  const read = rows.map(row => ({
    row,
    item: Object.fromEntries(pieces.map(each => [each, values.get(`${each}${row}`)]))
  }))
  return read.filter(({ item }) => pieces.some(piece => item[piece] !== undefined))
}

function asRows(typed: unknown) {
  const { items, ...others } = (typed ?? {}) as { items?: unknown }
  if (!Array.isArray(items) || items.length > MOST_ITEMS) return typed
  return { ...others, ...Object.fromEntries(items.flatMap((item, at) => rowOf(item, at + 1))) }
}

/** What is no item stands where the medicine should, and is refused there. */
const rowOf = (item: unknown, row: number) =>
  typeof item === 'object' && item !== null
    ? Object.entries(item).map(([piece, value]) => [`${piece}${row}`, value])
    : [[`medicine${row}`, item ?? null]]
