import { basename } from 'node:path'
import ejs from 'ejs'
import { describe, expect, it } from 'vitest'
import { placesOf, textOf, views } from './sources.ts'

const code = /<%[\s\S]*?%>/g
/** Blank, but with its line breaks: line numbers stay right. */
const without = (pattern: RegExp, text: string) => text.replace(pattern, found => found.replace(/[^\n]/g, ' '))
const markup = (file: string) => without(code, textOf(file))
const pages = views().filter(file => !file.startsWith('views/dev/'))
/** Mail programs load no stylesheet, and no Content Security Policy of ours is asked. */
const loaded = views().filter(file => !file.startsWith('views/emails/'))

const colours = 'primary|secondary|success|danger|warning|info|light|dark'
const banned = new RegExp(
  [
    ...[`text-(${colours}|muted)`, 'text-body(-.+)?', 'text-bg-.+', 'bg-.+', `border-(${colours})`, 'link-.+'],
    ...[
      'btn-outline-.+',
      'btn-(success|warning|info|light|dark)',
      `table-(${colours})`,
      'form-(check|switch|floating)(-.+)?'
    ],
    ...['(alert|badge|breadcrumb|navbar|dropdown|accordion|input-group)(-.+)?', 'card(-(body|header|footer|text))?'],
    ...['was-validated', 'is-(in)?valid', '(opacity|fs|float)-.+', 'form-select', '[mp][lr]-.+']
  ].join('|')
)
const isBanned = (name: string) => new RegExp(`^(${banned.source})$`).test(name)

describe('every view', () => {
  it.each(views())('%s compiles', file => {
    expect(() => ejs.compile(textOf(file), { root: 'views', filename: file })).not.toThrow()
  })

  it('writes unescaped only what it includes and the body of the layout', () => {
    expect(placesOf(/<%-(?!\s*include\(|\s*body\s*%>).{0,40}/g, views())).toEqual([])
  })

  it('has no style, no handler and no script of its own', () => {
    const [style, script] = [/\sstyle\s*=|<style/g, /\son[a-z]+\s*=|<script(?![^>]*\ssrc=)|javascript:/g]
    expect(placesOf(style, loaded, markup)).toEqual([])
    expect(placesOf(script, views(), markup)).toEqual([])
  })

  it('takes its words from the locales', () => {
    const visible = (file: string) => without(/<!--[\s\S]*?-->|<[^>]*>/g, markup(file))
    expect(placesOf(/[A-Za-z]{2,}.*/g, pages, visible)).toEqual([])
    expect(placesOf(/\s(aria-label|placeholder|title|alt|label)="[^"]*[A-Za-z]{2,}/g, pages, markup)).toEqual([])
  })

  it('takes its addresses from paths', () => {
    expect(placesOf(/\s(href|action|formaction|src)="\/[^"]*/g, pages)).toEqual([])
    expect(placesOf(/(?<!include\()['"`]\/(auth|booking|doctor|admin|health)\b[^'"`]*/g, pages)).toEqual([])
  })

  it('leaves alone what Bootstrap has and the product does not', () => {
    const wrong = views().flatMap(file =>
      [...textOf(file).matchAll(/\sclass="((?:<%[\s\S]*?%>|[^"])*)"/g)]
        .flatMap(([, classes = '']) => classes.replace(/<%=?|%>|\$\{[^}]*\}/g, ' ').split(/[^\w-]+/))
        .filter(name => isBanned(name) && !(name === 'form-select' && basename(file) === 'select.ejs'))
        .map(name => `${file}: ${name}`)
    )
    expect(wrong).toEqual([])
  })

  it('sends its token with every form that changes something', () => {
    const forms = /<form((?:<%[\s\S]*?%>|[^>])*)>([\s\S]*?)<\/form>/g
    const whole = (file: string): string =>
      textOf(file).replace(/<%- include\('(\/[\w/-]+)'[\s\S]*?%>/g, (_, name) => whole(`views${name}.ejs`))
    const bare = pages.filter(file =>
      [...whole(file).matchAll(forms)].some(
        ([, opening = '', inside = '']) => /\smethod="(?!get")/.test(opening) && !inside.includes('name="_csrf"')
      )
    )
    expect(bare).toEqual([])
  })
})
