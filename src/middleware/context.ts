import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import type { TFunction } from 'i18next'
import { Temporal } from 'temporal-polyfill'
import { type Ctx, guest } from '../context.ts'
import { locales, translator } from '../i18n.ts'

declare global {
  namespace Express {
    interface Request {
      ctx: Ctx
      t: TFunction
    }
  }
}

/** Who asks, when, in which language. The only request code that reads the clock. */
export const context: RequestHandler = (req, _res, next) => {
  const locale = req.acceptsLanguages(locales) || 'en'
  const requestId = String(req.id ?? randomUUID())
  req.ctx = { actor: req.user ?? guest, now: Temporal.Now.instant(), locale, requestId, address: addressOf(req) }
  req.t = translator(locale)
  next()
}

/** An address of the fourth version is written as such, however the socket calls it. */
const addressOf = ({ ip }: Request) => ip?.replace(/^::ffff:(?=\d+\.)/, '') ?? null
