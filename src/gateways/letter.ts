import { join } from 'node:path'
import ejs from 'ejs'
import { config } from '../config.ts'

/** What a mail says, from top to bottom: the same as text and as HTML. */
export interface Letter {
  /** BCP 47 */
  language: string
  /** What this product calls itself. */
  sender: string
  subject: string
  /** In small print above the title: who writes. */
  head?: string
  title: string
  paragraphs: string[]
  facts: { term: string; lines: string[] }[]
  /** Whole addresses. The first one is what most will want. */
  links: { label: string; url: string }[]
  /** In smaller print. */
  foot: string[]
}

const view = join(import.meta.dirname, '../../views/emails/letter.ejs')

/**
 * Both parts of a mail. The HTML needs nothing from elsewhere, and takes on the colours of the program it is read in.
 */
export async function printLetter(letter: Letter) {
  return { text: asText(letter), html: await ejs.renderFile(view, { letter }, { cache: config.production }) }
}

function asText({ head, title, paragraphs, facts, links, foot }: Letter) {
  const table = facts.map(({ term, lines }) => `${term}: ${lines.join('\n  ')}`).join('\n')
  const ways = links.map(({ label, url }) => `${label}:\n${url}`)
  // Two hyphens and a space: a signature, which programs set apart and leave out of answers (RFC 3676).
  return `${[...(head ? [head] : []), title, ...paragraphs, table, ...ways, ['-- ', ...foot].join('\n')].join('\n\n')}\n`
}
