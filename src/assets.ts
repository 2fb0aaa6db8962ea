import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { static as files, type Request, type Response, Router } from 'express'
import { config } from './config.ts'

const root = join(import.meta.dirname, '..')
const publicFolder = join(root, 'public')
const packageFolder = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))

const bootstrap = packageFolder('bootstrap')
const icons = packageFolder('bootstrap-icons')
const fonts = packageFolder('@fontsource-variable/atkinson-hyperlegible-next')
const calendar = join(packageFolder('@event-calendar/build'), 'dist')

/** The icons in use: they are served as one small sprite instead of the package's 1.1 MB. */
// biome-ignore format: a list of words
export const ICONS = [
  'arrow-counterclockwise', 'arrow-down', 'arrow-down-up', 'arrow-left-right', 'arrow-up', 'bell', 'building', 'calendar-check', 'calendar-plus', 'calendar-x',
  'calendar3', 'capsule', 'cash', 'credit-card', 'receipt', 'shield-check', 'check-all', 'check-circle', 'check-lg', 'chevron-down', 'chevron-left', 'chevron-right',
  'circle-half', 'clock', 'clock-history', 'copy', 'download', 'envelope', 'exclamation-triangle', 'eye', 'geo-alt', 'hourglass',
  'hourglass-split', 'info-circle', 'key', 'list', 'lock', 'moon', 'pencil', 'people', 'person',
  'person-check', 'person-plus', 'person-x', 'phone', 'plus-lg', 'printer', 'search', 'slash-circle', 'sun',
  'telephone', 'ticket-perforated', 'translate', 'x-lg'
]

const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${ICONS.map(symbol).join('')}</svg>`

function symbol(name: string) {
  const drawing = readFileSync(join(icons, 'icons', `${name}.svg`), 'utf8')
  const inside = drawing.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
  return `<symbol id="${name}" viewBox="0 0 16 16" fill="currentColor">${inside}</symbol>`
}

/** app.css with what it imports put in its place: one request instead of twenty, and no build. */
const stylesheet = readFileSync(join(publicFolder, 'css/app.css'), 'utf8').replace(
  /@import '([^']+)' layer\((\w+)\);/g,
  (_, file: string, layer: string) => `@layer ${layer} {\n${imported(file)}\n}`
)

function imported(file: string) {
  const vendor = file.startsWith('../vendor/')
  const path = vendor ? join(bootstrap, 'dist/css', file.slice('../vendor/'.length)) : join(publicFolder, 'css', file)
  return readFileSync(path, 'utf8').replace('@charset "UTF-8";', '')
}

/** The calendar's own look, beside Bootstrap's: ours comes over both. */
const calendarStyles = `@layer bootstrap {\n${readFileSync(join(calendar, 'event-calendar.min.css'), 'utf8')}\n}`

const version = fingerprint()

function fingerprint() {
  const hash = createHash('sha256').update(sprite).update(calendarStyles)
  for (const folder of [bootstrap, fonts]) hash.update(readFileSync(join(folder, 'package.json')))
  for (const file of readdirSync(publicFolder, { recursive: true, withFileTypes: true }))
    if (file.isFile()) hash.update(file.name).update(readFileSync(join(file.parentPath, file.name)))
  return hash.digest('hex').slice(0, 12)
}

/** The address of a file of `public/`, good for ever: it changes when any of them does. */
export const asset = (path: string) => `/assets/${version}/${path}`

/** Stylesheets, scripts, fonts and icons, under an address that holds their fingerprint. */
export function assets() {
  const router = Router()
  const caching = config.production ? { immutable: true, maxAge: '1y' } : { cacheControl: false, etag: true }
  const serve = (folder: string) => files(folder, { index: false, redirect: false, ...caching })

  const send = (type: string, content: string) => (_req: Request, res: Response) => {
    if (config.production) res.set('Cache-Control', 'public, max-age=31536000, immutable')
    res.type(type).send(content)
  }

  router.get('/icons.svg', send('image/svg+xml', sprite))
  router.get('/css/app.css', send('text/css', stylesheet))
  router.get('/vendor/calendar.css', send('text/css', calendarStyles))
  router.use('/vendor/calendar', serve(calendar))
  router.use('/vendor/fonts', serve(join(fonts, 'files')))
  router.use(serve(publicFolder))
  return Router().use(`/assets/${version}`, router)
}
