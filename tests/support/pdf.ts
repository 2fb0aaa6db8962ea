import { inflateSync } from 'node:zlib'

/** What a reader would copy out of a PDF of ours, page after page: letters by the fonts' own tables. */
export function pagesOf(pdf: Buffer) {
  const objects = objectsOf(pdf)
  const tables = new Map(
    [...objects.values()].flatMap(({ head }) =>
      [...head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, tableOf(objects, id)] as const)
    )
  )
  return [...objects.values()].filter(({ body }) => body.includes('BT\n')).map(({ body }) => textOf(body, tables))
}

/** What stands beside the pages: title, language, texts to be read aloud. */
export const headOf = (pdf: Buffer) => [...objectsOf(pdf).values()].map(({ head }) => head).join('\n')

type Objects = Map<string, { head: string; body: string }>

function objectsOf(pdf: Buffer): Objects {
  const whole = pdf.toString('latin1')
  return new Map(
    [...whole.matchAll(/(?<=\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', said = '']) => {
      const [head = '', stream] = said.split('\nstream\n')
      const packed = Buffer.from(stream?.replace(/\nendstream$/, '') ?? '', 'latin1')
      const isText = head.includes('/FlateDecode')
      return [id, { head, body: isText ? inflateSync(packed).toString('latin1') : '' }]
    })
  )
}

function tableOf(objects: Objects, fontId: string) {
  const [, id = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(fontId)?.head ?? '') ?? []
  const [, , list = ''] = /beginbfrange\n<(\w+)> <\w+> \[(.*)\]/.exec(objects.get(id)?.body ?? '') ?? []
  return [...list.matchAll(/<([\da-f ]*)>/g)].map(([, units = '']) =>
    String.fromCharCode(...units.split(' ').map(unit => Number.parseInt(unit, 16)))
  )
}

function textOf(content: string, tables: Map<string, string[]>) {
  let table: string[] = []
  let said = ''
  for (const [, font, glyphs, end] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([\da-f]+)>|(\nET)/g)) {
    if (font) table = tables.get(font) ?? []
    if (end) said += ' '
    for (const glyph of glyphs?.match(/.{4}/g) ?? []) said += table[Number.parseInt(glyph, 16)] ?? ''
  }
  return said.replace(/\s+/g, ' ')
}
