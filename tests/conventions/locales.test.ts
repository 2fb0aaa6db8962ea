import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { filesIn, sources, textOf, views } from './sources.ts'

const spaces = [
  ...['common', 'auth', 'booking', 'doctor', 'team', 'admin'],
  ...['audit', 'records', 'desk', 'payments', 'emails', 'texts', 'messages', 'notices', 'errors']
]
const plural = /_(zero|one|two|few|many|other)$/
const locales = readdirSync('src/locales')

interface Words {
  [key: string]: string | Words
}

const textsOf = (locale: string) =>
  new Map(spaces.flatMap(space => flat(JSON.parse(textOf(`src/locales/${locale}/${space}.json`)), `${space}:`)))

const flat = (words: Words, prefix: string): [string, string][] =>
  Object.entries(words).flatMap(([key, said]): [string, string][] =>
    typeof said === 'string' ? [[prefix + key, said]] : flat(said, `${prefix}${key}.`)
  )

const texts = textsOf('en')
const keys = new Set([...texts.keys()].map(key => key.replace(plural, '')))
const everywhere = [...sources(), ...views(), ...filesIn('public/js', '.js')].map(file => ({
  file,
  text: textOf(file)
}))

const plain = new RegExp(`['"]((?:${spaces.join('|')}):[\\w.-]+)['"]`, 'g')
const withPieces = new RegExp(`\`((?:${spaces.join('|')}):(?:[\\w.-]|\\$\\{[^}\`]*\\})+)\``, 'g')
const keysIn = (text: string) => [...text.matchAll(plain), ...text.matchAll(withPieces)].map(([, key = '']) => key)

/** Every key in the code: as it stands, or with `${…}` for one of its words. */
const used = everywhere.flatMap(({ file, text }) => keysIn(text).map(key => ({ file, key })))
const asPattern = (key: string) =>
  new RegExp(
    `^${key
      .split(/\$\{[^}]*\}/)
      .map(piece => piece.replaceAll('.', '\\.'))
      .join('[\\w-]+')}$`
  )

describe('the words', () => {
  it('are there for every key that is used', () => {
    const missing = used.filter(({ key }) => ![...keys].some(known => asPattern(key).test(known)))
    expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
  })

  it('are all used', () => {
    const patterns = [...new Set(used.map(({ key }) => key))].map(asPattern)
    expect([...keys].filter(key => !patterns.some(pattern => pattern.test(key)))).toEqual([])
  })

  it.each(locales)('are the same keys in %s', locale => {
    const own = [...textsOf(locale)]
    expect(new Set(own.map(([key]) => key.replace(plural, '')))).toEqual(keys)
    expect(own.filter(([, said]) => said.trim() === '')).toEqual([])
  })

  it('have a form for every number', () => {
    const numbered = [...texts.keys()].filter(key => plural.test(key)).map(key => key.replace(plural, ''))
    const incomplete = numbered.filter(key => !texts.has(`${key}_one`) || !texts.has(`${key}_other`))
    expect(incomplete).toEqual([])
  })
})
