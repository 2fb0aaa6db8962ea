import { join } from 'node:path'
import ejs from 'ejs'
import type { Request, Response } from 'express'
import { config } from './config.ts'
import type { Problem } from './errors.ts'
import { type Flash, writeFlash } from './forms/flash.ts'
import type { Form, Refused } from './forms/form.ts'

const root = join(import.meta.dirname, '../views')

/** Whether views stay as they are while this runs; elsewhere each page reads them anew, once. */
const isLasting = config.production || config.test

/**
 * The page to a browser, its data (all but the form) to a program. Data is passed under its own keys next to the
 * locals every view has (middleware/locals.ts); what somebody typed only ever travels inside `form.values`. The sentence
 * that waited for a page is said by one: an answer that can't say it leaves it waiting.
 */
export async function reply(req: Request, res: Response, page: string, data: object = {}) {
  res.vary('Accept')
  const { form: _, ...facts } = data as { form?: Form }
  if (wantsJson(req)) return res.json(facts)
  const html = await render(page, { ...data, ...res.locals })
  if (res.locals.isFlashSaid) res.clearCookie('flash')
  return res.type('html').send(html)
}

interface Done {
  to: string
  data?: object
  status?: 200 | 201 | 202
  /** The locale key of a sentence to show on top of the next page, or that with the payment it is about. */
  flash?: string | Flash
}

/** After a change: 303 to a page for a browser; the data, or nothing, for a program. */
export function replyDone(req: Request, res: Response, { to, data, status = 200, flash }: Done) {
  if (!wantsJson(req)) {
    const said = typeof flash === 'string' ? flash : flash && writeFlash(flash)
    if (said) res.cookie('flash', said, { httpOnly: true, sameSite: 'lax', secure: config.secure, maxAge: 60_000 })
    return res.redirect(303, to)
  }
  if (status === 201) res.location(to)
  return data ? res.status(status).json(data) : res.status(204).end()
}

/** After a refusal: the same page with everything typed still there; to a program what was wrong (RFC 9457). */
export function replyRefused(req: Request, res: Response, page: string, refused: Refused, data: object = {}) {
  const { form, status, alternatives } = refused
  if (wantsJson(req)) {
    const more = status === 409 ? { alternatives } : {}
    return replyProblem(req, res, status, 'errors:problem.refused', form.problems, more)
  }
  return reply(req, res.status(422), page, { ...data, form, alternatives })
}

/** An `application/problem+json` answer (RFC 9457). */
export function replyProblem(
  req: Request,
  res: Response,
  status: number,
  title: string,
  problems: Problem[] = [],
  more = {}
) {
  const said = problems.map(({ field, key, params }) => ({ field, message: req.t(key, params ?? {}) }))
  const words = req.t(title)
  res
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: words,
        status,
        detail: said.map(({ message }) => message.replace(/\.?$/, '.')).join(' ') || words,
        ...(said.length > 0 && { errors: said }),
        ...more
      })
    )
}

/** Programs say so in Accept, or send JSON without asking for anything in particular. */
export function wantsJson(req: Request) {
  const accept = req.get('accept')
  if (!accept || accept === '*/*') return Boolean(req.is('json')) || req.path.startsWith('/health/')
  return req.accepts(['html', 'json']) === 'json'
}

interface Page {
  title: string
  width: 'narrow' | 'medium' | 'wide' | 'full'
  nav: string
  problems: boolean
  layout: string
  /** The stream that the page listens to, when it is not the usual one. */
  liveSource?: string
}

/** A view inside its layout. The view's first lines set `page.title` and what else the layout should know. */
async function render(view: string, locals: object) {
  if (!isLasting) ejs.clearCache()
  const { form } = locals as { form?: Form }
  const page: Page = { title: '', width: 'medium', nav: '', problems: Boolean(form?.problems.length), layout: 'main' }
  const body = await file(view, { ...locals, page })
  return file(`layouts/${page.layout}`, { ...locals, page, body })
}

const file = (view: string, locals: object) =>
  ejs.renderFile(join(root, `${view}.ejs`), locals, {
    root,
    cache: true,
    rmWhitespace: false
  })
