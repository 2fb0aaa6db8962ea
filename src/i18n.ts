import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type TFunction } from 'i18next'
import FileSystem from 'i18next-fs-backend'
import { config } from './config.ts'

const folder = join(import.meta.dirname, 'locales')

/** One folder per language; adding one adds the language. */
export const locales = readdirSync(folder)

const i18n = i18next.createInstance()
await i18n.use(FileSystem).init({
  initAsync: false,
  preload: locales,
  fallbackLng: 'en',
  ns: [
    ...['common', 'auth', 'booking', 'doctor', 'team', 'admin'],
    ...['audit', 'records', 'desk', 'payments', 'emails', 'texts', 'messages', 'notices', 'errors']
  ],
  defaultNS: 'common',
  backend: { loadPath: join(folder, '{{lng}}', '{{ns}}.json') },
  interpolation: { escapeValue: false },
  saveMissing: !config.production,
  missingKeyHandler: (_languages, namespace, key) => {
    throw new Error(`No text for ${namespace}:${key}`)
  }
})

/** Turns keys into the words of a language. Outside production an unknown key throws. Views escape what it returns. */
export const translator = (locale: string): TFunction => i18n.getFixedT(locale)

/** Whether a key has words. Asking never throws. */
export const exists = (key: string) => i18n.exists(key, { returnObjects: false })
