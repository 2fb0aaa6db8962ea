import type { ErrorRequestHandler, Request, Response } from 'express'
import { sqlState } from '../database/transaction.ts'
import { BadRequest, Busy, Forbidden, NotFound, NotSignedIn, type Problem, Refusal, TooMany } from '../errors.ts'
import { nextOf } from '../forms/auth.ts'
import { log } from '../log.ts'
import { paths } from '../paths.ts'
import { reply, replyProblem, wantsJson } from '../views.ts'
import { context } from './context.ts'
import { locals } from './locals.ts'
import { pathToLog } from './logging.ts'

interface Answer {
  status: number
  /** Names the page's words: errors:pages.<name>. */
  name: string
  problems?: Problem[]
  minutes?: number
}

/** All that is thrown ends here: a page, or a problem document, whose status tells the truth. */
export const errorHandler: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) return next(error)
  if (error instanceof NotSignedIn && !wantsJson(req)) return res.redirect(303, signInPage(req))

  const { status, name, problems = [], minutes } = answerTo(error)
  if (status >= 500) log.error({ requestId: req.id, err: error, path: pathToLog(req.originalUrl) }, 'request failed')
  if (status === 503) res.set('Retry-After', '5')
  prepare(req, res)
  if (wantsJson(req)) return replyProblem(req, res, status, `errors:pages.${name}.title`, problems)

  return reply(req, res.status(status), 'errors/error', { name, requestId: String(req.id ?? ''), minutes })
}

/** What went wrong before there was a token is told as to a guest: the page of anyone else has a form. */
function prepare(req: Request, res: Response) {
  if (typeof req.csrfToken === 'function') return
  context(req, res, () => {})
  locals(req, res, () => {})
  res.locals.user = null
}

function answerTo(error: unknown): Answer {
  if (error instanceof NotFound) return { status: 404, name: 'notFound' }
  if (error instanceof Forbidden) return { status: 403, name: 'forbidden' }
  if (error instanceof NotSignedIn) return { status: 401, name: 'notSignedIn' }
  if (error instanceof TooMany) return { status: 429, name: 'tooMany', minutes: Math.ceil(error.seconds / 60) }
  if (error instanceof Busy) return { status: 503, name: 'busy' }
  if (error instanceof Refusal) return { status: error.status, name: 'badRequest', problems: error.problems }
  if (error instanceof BadRequest) return { status: error.status, name: 'badRequest', problems: error.problems }
  return fromLibrary(error) ?? fromDatabase(error) ?? { status: 500, name: 'broken' }
}

/** Express, its body parsers and csurf put the status on the error. */
function fromLibrary(error: unknown): Answer | undefined {
  const { code, status } = (error ?? {}) as { code?: string; status?: number }
  if (code === 'EBADCSRFTOKEN') return { status: 403, name: 'staleForm' }
  if (status === 413) return { status, name: 'tooLarge' }
  if (status && status >= 400 && status < 500) return { status, name: 'badRequest' }
  return undefined
}

function fromDatabase(error: unknown): Answer | undefined {
  const state = sqlState(error)
  if (state.startsWith('22')) return { status: 400, name: 'badRequest' }
  if (/^(40|53|57|08)/.test(state)) return { status: 503, name: 'busy' }
  return undefined
}

function signInPage(req: Request) {
  const next = req.method === 'GET' ? nextOf(req.originalUrl) : undefined
  const isTeams = /^\/(doctor|admin)(\/|$)/i.test(req.path)
  return isTeams ? paths.admin.login({ next }) : paths.auth.login({ next })
}
