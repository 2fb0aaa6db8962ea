import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { create, type Font } from 'fontkit'

export type Weight = 'regular' | 'bold'

interface Typeface {
  name: string
  font: Font
}

/** Tried in this order: our own typeface for Latin, then one for Greek, Cyrillic, Vietnamese and Devanagari. */
const families = [
  { package: '@expo-google-fonts/atkinson-hyperlegible-next', file: 'AtkinsonHyperlegibleNext' },
  { package: '@expo-google-fonts/noto-sans', file: 'NotoSans' }
]
const folders: Record<Weight, string> = { regular: '400Regular', bold: '700Bold' }

const { resolve } = createRequire(import.meta.url)
const known = new Map<Weight, Typeface[]>()

/** The typefaces of a weight; read once, when something is printed for the first time. */
export function typefaces(weight: Weight): Typeface[] {
  const faces = known.get(weight) ?? families.map(family => read(family, folders[weight]))
  known.set(weight, faces)
  return faces
}

function read(family: (typeof families)[number], folder: string): Typeface {
  const name = `${family.file}_${folder}`
  const path = join(dirname(resolve(`${family.package}/package.json`)), folder, `${name}.ttf`)
  return { name, font: create(readFileSync(path)) as Font }
}

// Nobody sees these: whether a typeface has them makes no difference.
const unseen = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]/u

const has = ({ font }: Typeface, text: string) =>
  [...text].every(each => unseen.test(each) || font.hasGlyphForCodePoint(each.codePointAt(0) ?? 0))

const wordsOf = (text: string) => text.normalize().split(/(?<=\s)/)

/** Whether some typeface has every letter of every word. */
export const canPrint = (text: string) =>
  wordsOf(text).every(word => typefaces('regular').some(face => has(face, word)))

/** Whether it is all in our own typeface, where what is drawn first is also read first. */
export const isPlain = (text: string) =>
  typefaces('regular')
    .slice(0, 1)
    .every(face => has(face, text.normalize()))

/**
 * Neighbouring words of one typeface, with the spaces between them: of the first that has every letter of the word, or
 * of the last, which draws boxes, when none has.
 */
export function runsOf(text: string, weight: Weight) {
  const faces = typefaces(weight)
  const runs: { text: string; face: string }[] = []
  for (const word of wordsOf(text)) {
    const face = (faces.find(each => has(each, word)) ?? faces.at(-1))?.name ?? ''
    const last = runs.at(-1)
    if (last?.face === face) last.text += word
    else runs.push({ text: word, face })
  }
  return runs
}
