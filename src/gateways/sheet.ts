import { linesOf } from './lines.ts'
import { isPlain, runsOf, type Weight } from './typefaces.ts'

// Points, 72 to the inch.
const MARGIN = 51
const GAP = 20
const LEADING = 1.35
const INK = '#16211e'
const QUIET = '#4b5a55'
const DOTS = '#8a948f'

interface Look {
  size?: number
  weight?: Weight
  colour?: string
  /** From the left margin. */
  inset?: number
  width?: number
  /** Numbers stand at the right of their column. */
  isNumber?: boolean
}

type Struct = PDFKit.PDFStructureElement

/**
 * Pages that fill from top to bottom. All that is written has its place in the document's structure; lines have none.
 */
export class Sheet {
  readonly #doc: PDFKit.PDFDocument
  readonly #scale: number
  readonly #width: number
  readonly #bottom: number
  readonly #root: Struct
  #y = MARGIN

  constructor(doc: PDFKit.PDFDocument, scale: number) {
    this.#doc = doc
    this.#scale = scale
    this.#width = doc.page.width - 2 * MARGIN
    this.#bottom = doc.page.height - MARGIN - GAP
    this.#root = doc.struct('Document')
    doc.addStructure(this.#root)
  }

  title(text: string, sub: string) {
    this.#write(this.#root, 'H1', text, { size: 24, weight: 'bold' })
    this.#write(this.#root, 'P', sub, { size: 12, colour: QUIET })
    this.#perforation()
  }

  warning(text: string) {
    const look: Look = { size: 10.5, weight: 'bold', inset: 10, width: this.#width - 20 }
    const height = this.#heightOf(text, look) + 14
    this.#drawn(() => this.#doc.lineWidth(1.5).rect(MARGIN, this.#y, this.#width, height).stroke(INK))
    this.#y += 7
    this.#write(this.#root, 'P', text, look)
    this.#y += 7 + this.#gap(1)
  }

  /** Beside each other. */
  facts(facts: { term: string; lines: string[] }[]) {
    const width = (this.#width - GAP * (facts.length - 1)) / facts.length
    const top = this.#y
    const ends = facts.map(({ term, lines: [first = '', ...others] }, at) => {
      const place = { inset: at * (width + GAP), width }
      this.#y = top
      this.#write(this.#root, 'P', term, { ...place, size: 9.5, colour: QUIET })
      this.#write(this.#root, 'P', first, { ...place, size: 12, weight: 'bold' })
      for (const line of others) this.#write(this.#root, 'P', line, { ...place, size: 10 })
      return this.#y
    })
    this.#y = Math.max(...ends)
    this.#perforation()
  }

  list(title: string, items: { title: string; lines: string[] }[]) {
    this.#write(this.#root, 'H2', title, { size: 14, weight: 'bold' })
    this.#y += this.#gap(0.5)
    const list = this.#doc.struct('L')
    this.#root.add(list)
    const look: Look = { inset: 24, width: this.#width - 24 }
    for (const [at, item] of items.entries()) {
      const height = [item.title, ...item.lines].reduce((sum, text) => sum + this.#heightOf(text, look), 0)
      if (this.#y + height > this.#bottom) this.#turn()
      const entry = this.#doc.struct('LI')
      list.add(entry)
      const top = this.#y
      this.#write(entry, 'Lbl', `${at + 1}.`, { weight: 'bold', width: 24 })
      this.#y = top
      const body = this.#doc.struct('LBody')
      entry.add(body)
      this.#write(body, 'P', item.title, { ...look, weight: 'bold' })
      for (const line of item.lines) this.#write(body, 'P', line, { ...look, size: 10.5 })
      this.#y += this.#gap(0.5)
    }
  }

  /** The first column holds names and is the widest, the others numbers. Its head is there again on every page. */
  table(title: string, head: string[], rows: string[][]) {
    const name = this.#width * (head.length > 9 ? 0.1 : head.length > 7 ? 0.22 : 0.3)
    const column = (this.#width - name) / Math.max(1, head.length - 1)
    const place = (at: number): Look =>
      at === 0 ? { width: name - 6 } : { inset: name + (at - 1) * column + 6, width: column - 6, isNumber: true }
    const heightOf = (texts: string[]) =>
      Math.max(...texts.map((text, at) => this.#heightOf(text, { ...place(at), size: 9.5 }))) + 4

    if (this.#y + heightOf(head) * 4 + this.#gap(2) > this.#bottom) this.#turn()
    this.#write(this.#root, 'H2', title, { size: 14, weight: 'bold' })
    this.#y += this.#gap(0.25)
    const table = this.#doc.struct('Table')
    this.#root.add(table)
    const row = (texts: string[], isHead: boolean) => {
      const [top, height] = [this.#y, heightOf(texts)]
      const line = this.#doc.struct('TR')
      table.add(line)
      for (const [at, text] of texts.entries()) {
        this.#y = top + 2
        const look: Look = isHead ? { size: 9, colour: QUIET } : { size: 9.5 }
        this.#write(line, isHead || at === 0 ? 'TH' : 'TD', text, { ...place(at), ...look })
      }
      this.#y = top + height
      this.#drawn(() => this.#line(this.#width, 0.5).stroke(isHead ? INK : DOTS))
    }
    row(head, true)
    for (const texts of rows) {
      if (this.#y + heightOf(texts) > this.#bottom) {
        this.#turn()
        row(head, true)
      }
      row(texts, false)
    }
    this.#y += this.#gap(1.5)
  }

  signature(text: string) {
    const room = this.#gap(4)
    if (this.#y + room + GAP > this.#bottom) this.#turn()
    this.#y += room
    this.#drawn(() => this.#line(240).stroke(INK))
    this.#y += 3
    this.#write(this.#root, 'P', text, { size: 10, colour: QUIET })
  }

  /** Puts the foot on each page and finishes. Returns how many there are. */
  end(foot: (page: number, pages: number) => string) {
    this.#root.end()
    const { count } = this.#doc.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      this.#doc.switchToPage(page)
      this.#y = this.#bottom + GAP / 2
      this.#drawn(() => this.#draw(foot(page + 1, count), { size: 9, colour: QUIET }), 'Pagination')
    }
    this.#doc.end()
    return count
  }

  #write(parent: Struct, tag: string, text: string, look: Look) {
    // Scripts that are drawn in another order than they are read, and boxes, come with the text itself.
    const element = this.#doc.struct(tag, isPlain(text) ? {} : { actual: text })
    parent.add(element)
    element.add(() => this.#draw(text, look))
    element.end()
  }

  #draw(text: string, look: Look) {
    const { weight = 'regular', colour = INK, inset = 0, width = this.#width, isNumber = false } = look
    const size = this.#sizeOf(look)
    for (const line of this.#linesOf(text, look)) {
      if (this.#y > this.#bottom + GAP) this.#turn()
      let at = MARGIN + inset + (isNumber ? width - this.#widthOf(line, look) : 0)
      for (const { text: words, face } of runsOf(line, weight)) {
        this.#doc.font(face, size).fillColor(colour)
        this.#doc.text(words, at, this.#y + size, { lineBreak: false, baseline: 'alphabetic' })
        at += this.#doc.widthOfString(words)
      }
      this.#y += size * LEADING
    }
  }

  /** A ticket is torn off here. */
  #perforation() {
    this.#y += this.#gap(0.75)
    this.#drawn(() => this.#line(this.#width).dash(1.5, { space: 3 }).stroke(DOTS).undash())
    this.#y += this.#gap(1)
  }

  #line(width: number, thickness = 1.25) {
    return this.#doc
      .lineWidth(thickness)
      .moveTo(MARGIN, this.#y)
      .lineTo(MARGIN + width, this.#y)
  }

  /** What is there to be seen, not to be read. */
  #drawn(draw: () => unknown, type: 'Layout' | 'Pagination' = 'Layout') {
    this.#doc.markContent('Artifact', { type })
    draw()
    this.#doc.endMarkedContent()
  }

  #turn() {
    this.#doc.addPage()
    this.#y = MARGIN
  }

  #linesOf(text: string, look: Look) {
    const { width = this.#width } = look
    return linesOf(text.normalize(), line => this.#widthOf(line, look) <= width)
  }

  #widthOf(line: string, look: Look) {
    const size = this.#sizeOf(look)
    return runsOf(line, look.weight ?? 'regular').reduce(
      (sum, run) => sum + this.#doc.font(run.face, size).widthOfString(run.text),
      0
    )
  }

  #heightOf = (text: string, look: Look) => this.#linesOf(text, look).length * this.#sizeOf(look) * LEADING
  #sizeOf = ({ size = 12 }: Look) => size * this.#scale
  #gap = (lines: number) => lines * 14 * this.#scale
}
