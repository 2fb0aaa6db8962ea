import { describe, expect, it } from 'vitest'
import { filesIn, placesOf, sources, textOf, views } from './sources.ts'

const code = () => [...sources(), ...filesIn('prisma', '.ts')]
const except = (files: string[], ...allowed: RegExp[]) =>
  files.filter(file => !allowed.some(pattern => pattern.test(file)))

/** Lines: three times what style.md aims for. A file that needs more stands here with its reason. */
const most: [RegExp, number][] = [
  [/^src\/controllers\//, 90],
  [/^src\/services\/.*queries\.ts$/, 240],
  [/^src\/services\//, 120],
  [/^src\/scheduling\//, 180],
  [/^views\/components\//, 45],
  [/^views\//, 120]
]
const mayBeLonger = new Map([
  ['src/services/clinics/doctors.ts', 'the search of doctors: queries under another name'],
  ['src/services/clinics/admin-queries.ts', 'queries'],
  ['views/dev/components.ejs', 'every component in every state']
])

describe('the code', () => {
  it('reads the environment in one place', () => {
    expect(placesOf(/process\.env/g, except(code(), /^src\/config\.ts$/))).toEqual([])
  })

  it('reads the clock only where a request, a job, a process or a session begins, and where others’ clocks count', () => {
    const clocks = except(
      code(),
      /^src\/middleware\/(context|session|rate-limit)\.ts$/,
      /^src\/(server|worker|create-admin)\.ts$/,
      /^src\/gateways\/payments\//,
      /^src\/database\//,
      /^prisma\/seed\.ts$/
    )
    expect(placesOf(/Date\.now|new Date\(\)|Temporal\.Now/g, clocks)).toEqual([])
  })

  // Which column to compare is a word of a closed list there, and no text that anybody typed.
  const nameOfColumn = /^src\/services\/clinics\/doctors\.ts$/

  it('has no SQL put together from texts', () => {
    expect(placesOf(/\$(query|execute)RawUnsafe|Prisma\.raw\(/g, except(code(), nameOfColumn))).toEqual([])
  })

  it('spells a URL out only in paths.ts and the routes', () => {
    const places = except(sources(), /^src\/(paths|app)\.ts$/, /^src\/routes\//)
    expect(placesOf(/(?<!startsWith\()['"`]\/(auth|booking|doctor|admin|health)\b[^'"`]*['"`]/g, places)).toEqual([])
  })

  it('stays small', () => {
    const long = [...sources(), ...views()].filter(file => {
      const limit = most.find(([pattern]) => pattern.test(file))?.[1]
      return limit && textOf(file).trimEnd().split('\n').length > limit && !mayBeLonger.has(file)
    })
    expect(long).toEqual([])
  })

  it('says of every service and every piece of scheduling what it promises', () => {
    const exported =
      /^(?<before>.*)\n+export (?:async function|function|const) (?<name>\w+)(?<said>.*)(?<oneLine>\n\n|\n$(?![\s\S]))?/gm
    const isFunction = (said: string) => /^[(<]|=>|= (async )?\($/.test(said)
    const silent = [...filesIn('src/services', '.ts'), ...filesIn('src/scheduling', '.ts')].flatMap(file =>
      [...`\n${textOf(file)}`.matchAll(exported)]
        .map(({ groups = {} }) => groups)
        .filter(({ said = '', oneLine }) => isFunction(said) && !oneLine)
        .filter(({ before = '' }) => !before.endsWith('*/'))
        .map(({ name }) => `${file}: ${name}`)
    )
    expect(silent).toEqual([])
  })

  it('leaves nothing for later and writes to no console', () => {
    expect(placesOf(/\b(TODO|FIXME|XXX)\b|console\.log|@ts-ignore|: any\b/g, sources())).toEqual([])
  })
})
