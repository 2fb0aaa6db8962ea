import PDFDocument from 'pdfkit'
import { Sheet } from './sheet.ts'
import { canPrint, typefaces } from './typefaces.ts'

/** What stands on paper, from top to bottom. */
export type Block =
  | { kind: 'title'; text: string; sub: string }
  | { kind: 'facts'; facts: { term: string; lines: string[] }[] }
  | { kind: 'list'; title: string; items: { title: string; lines: string[] }[] }
  | { kind: 'table'; title: string; head: string[]; rows: string[][] }
  | { kind: 'signature'; text: string }

export interface Paper {
  /** What a reader shows at the top of its window, so nothing that is nobody else's business. */
  title: string
  /** BCP 47 */
  language: string
  madeAt: Date
  blocks: Block[]
  /** At the foot of each page. */
  foot: (page: number, pages: number) => string
  /** A report may run over several pages: nothing gets smaller to avoid that. */
  isLong?: boolean
  /** Said on top when there are letters that no typeface has: they come out as boxes. */
  warning: string
}

/** Smaller is tried to stay on one page, as long as it can be read. */
const SMALLER = [0.92, 0.84]

/**
 * A4 paper as PDF 1.7 with its fonts inside, a title, a language and a structure that screen readers follow; on one
 * page if it can be. Letters that can't be drawn are said to be missing, on the page, and are still read aloud.
 */
export async function printPdf(paper: Paper): Promise<Buffer> {
  const whole = await print(paper, 1)
  if (whole.pages === 1 || paper.isLong) return whole.bytes

  for (const scale of SMALLER) {
    const { bytes, pages } = await print(paper, scale)
    if (pages === 1) return bytes
  }
  return whole.bytes
}

async function print({ title, language, madeAt, blocks, foot, warning }: Paper, scale: number) {
  const doc = new PDFDocument({
    ...{ size: 'A4', margin: 0, bufferPages: true, pdfVersion: '1.7', font: '' },
    ...{ tagged: true, lang: language, displayTitle: true },
    info: { Title: title, Creator: 'Docket', Producer: 'Docket', CreationDate: madeAt }
  })
  const whole = collected(doc)
  for (const { name, font } of [...typefaces('regular'), ...typefaces('bold')])
    doc.registerFont(name, font as unknown as Buffer)

  const sheet = new Sheet(doc, scale)
  const isComplete = blocks.flatMap(textsOf).every(canPrint)
  for (const block of blocks) {
    put(sheet, block)
    if (block.kind === 'title' && !isComplete) sheet.warning(warning)
  }
  const pages = sheet.end(foot)
  return { bytes: await whole, pages }
}

function put(sheet: Sheet, block: Block) {
  if (block.kind === 'title') sheet.title(block.text, block.sub)
  if (block.kind === 'facts') sheet.facts(block.facts)
  if (block.kind === 'list') sheet.list(block.title, block.items)
  if (block.kind === 'table') sheet.table(block.title, block.head, block.rows)
  if (block.kind === 'signature') sheet.signature(block.text)
}

function textsOf(block: Block) {
  if (block.kind === 'facts') return block.facts.flatMap(({ term, lines }) => [term, ...lines])
  if (block.kind === 'table') return [block.title, ...block.head, ...block.rows.flat()]
  if (block.kind === 'list') return [block.title, ...block.items.flatMap(({ title, lines }) => [title, ...lines])]
  return [block.text]
}

const collected = (doc: PDFKit.PDFDocument) =>
  new Promise<Buffer>((resolve, reject) => {
    const pieces: Buffer[] = []
    doc.on('data', piece => pieces.push(piece))
    doc.on('end', () => resolve(Buffer.concat(pieces)))
    doc.on('error', reject)
  })
