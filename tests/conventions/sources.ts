import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Every file of a folder whose name ends so, as paths from the project's root. */
export const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map(file => join(folder, file))
    .filter(file => file.endsWith(ending) && !file.startsWith('src/generated'))
    .sort()

export const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

export const sources = () => filesIn('src', '.ts')
export const views = () => filesIn('views', '.ejs')

/** `file:line: what` for every place where the pattern is found. */
export const placesOf = (pattern: RegExp, files: string[], read = textOf) =>
  files.flatMap(file =>
    read(file)
      .split('\n')
      .flatMap((line, at) => [...line.matchAll(pattern)].map(([found]) => `${file}:${at + 1}: ${found}`))
  )

const statement = /^(?:import|export)\b[^'"`;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm

/** What a file imports: files as paths from the project's root, packages as they are named. */
export const importsOf = (file: string) =>
  [...textOf(file).matchAll(statement)].map(([, from, bare, lazy]) => {
    const name = from ?? bare ?? lazy ?? ''
    return name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name
  })

/** The room of a file: its folder under src, or its name for a file that stands in src itself. */
export const roomOf = (file: string) => /^src\/([\w-]+)/.exec(file)?.[1] ?? file
