import type { Request, Response } from 'express'
import passport from 'passport'
import type { Actor } from '../../context.ts'
import { refuse } from '../../errors.ts'
import { loginForm, loginQuery, nextOf } from '../../forms/auth.ts'
import { blankForm, type Refused, read, submit } from '../../forms/form.ts'
import { noteFailedSignIn, noteSignIn } from '../../services/people/sign-ins.ts'
import { type Door, landing, sessionFor, startPage, startSession } from '../../sign-in.ts'
import { reply, replyDone, replyProblem, replyRefused, wantsJson } from '../../views.ts'

const PAGE = 'auth/login/add'
const WRONG = 'errors:login.wrong'

export const add = (door: Door) => async (req: Request, res: Response) => {
  const { next } = read(loginQuery, req.query)
  if (req.user) return res.redirect(303, landing(req.user, next))
  return reply(req, res, PAGE, { door, next, form: blankForm(loginForm) })
}

export const create = (door: Door) => async (req: Request, res: Response) => {
  const tried = await submit(loginForm, req.body, ({ email }) => signIn(req, res, email))
  if (!tried.ok) return replyWrong(req, res, tried, door)

  const account = tried.result
  const to = landing(account, nextOf(req.body.next))
  // Who comes to the wrong door is let in all the same.
  const isWrongDoor = (door === 'patients') !== (account.role === 'PATIENT') && to === startPage(account)
  const flash = isWrongDoor ? { flash: `auth:login.otherDoor.${door}` } : {}
  return replyDone(req, res, { to, data: await sessionFor(req, account), ...flash })
}

async function signIn(req: Request, res: Response, email: string) {
  const account = await authenticate(req, res)
  if (!account) {
    await noteFailedSignIn(req.ctx, email)
    throw refuse('email', WRONG)
  }
  await noteSignIn(req.ctx, account)
  await startSession(req, account)
  return account
}

const authenticate = (req: Request, res: Response) =>
  new Promise<Actor | null>((resolve, reject) => {
    const decided = (error: unknown, account: Actor | false) => (error ? reject(error) : resolve(account || null))
    passport.authenticate('local', decided)(req, res, reject)
  })

function replyWrong(req: Request, res: Response, tried: Refused, door: Door) {
  const { problems, values } = tried.form
  const isWrong = problems.some(({ key }) => key === WRONG)
  if (isWrong && wantsJson(req)) return replyProblem(req, res, 401, 'errors:pages.notSignedIn.title', problems)
  return replyRefused(req, res, PAGE, tried, { door, next: nextOf(values.next) })
}
