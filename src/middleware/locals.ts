import type { RequestHandler } from 'express'
import { asset } from '../assets.ts'
import { config } from '../config.ts'
import { readFlash } from '../forms/flash.ts'
import { helpers } from '../helpers/index.ts'
import { exists } from '../i18n.ts'
import { paths } from '../paths.ts'
import { may, type Permission } from '../permissions.ts'
import { isByItself } from './session.ts'

/** What every view may use, next to the data of its page. */
export const locals: RequestHandler = (req, res, next) => {
  const { actor, locale } = req.ctx
  const cookies = readCookies(req.get('cookie'))
  const waiting = isByItself(req) ? undefined : cookies.get('flash')
  const flash = waiting ? readFlash(waiting) : null

  Object.assign(res.locals, {
    t: req.t,
    h: helpers(locale),
    paths,
    asset,
    now: req.ctx.now.toString(),
    locale,
    dir: 'ltr',
    url: req.originalUrl,
    theme: ['light', 'dark'].find(theme => theme === cookies.get('theme')) ?? null,
    flash: flash && exists(flash.key) ? flash : null,
    isFlashSaid: Boolean(waiting) && req.method === 'GET',
    user: actor.id ? { id: actor.id, name: actor.name, role: actor.role } : null,
    can: (permission: Permission) => may(actor, permission),
    csrfToken: () => req.csrfToken(),
    supportEmail: config.supportEmail
  })
  next()
}

function readCookies(header = '') {
  const pairs = header.split(';').map(pair => pair.trim().split('=', 2) as [string, string | undefined])
  return new Map(pairs.map(([name, value]) => [name, decode(value ?? '')]))
}

function decode(value: string) {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
