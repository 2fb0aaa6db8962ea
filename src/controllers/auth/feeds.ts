import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import { config } from '../../config.ts'
import { feedForm } from '../../forms/auth.ts'
import { nothing } from '../../forms/fields.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { ownFeed } from '../../services/people/feed.ts'
import { makeFeed } from '../../services/people/make-feed.ts'
import { removeFeed } from '../../services/people/remove-feed.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const PAGE = 'auth/feed/show'
/** Each form makes one address, however often it is sent. */
const freshForm = () => blankForm(feedForm, { key: randomUUID() })

export async function show(req: Request, res: Response) {
  return reply(req, res, PAGE, { feed: await ownFeed(req.ctx), form: freshForm() })
}

/** What breaks when the address there is gets replaced or switched off: asked before it does. */
export const ask = (what: 'renewal' | 'removal') => async (req: Request, res: Response) => {
  const feed = await ownFeed(req.ctx)
  if (!feed) return replyDone(req, res, { to: paths.auth.calendar(), data: { feed } })
  return reply(req, res, 'auth/feed/ask', { what, feed, form: freshForm() })
}

/** The page with the address: the answer to this form alone, and never in an address of ours. */
export async function create(req: Request, res: Response) {
  const made = await submit(feedForm, req.body, ({ key = randomUUID() }) => makeFeed(req.ctx, key))
  const feed = await ownFeed(req.ctx)
  if (!made.ok) {
    const { values } = freshForm()
    return replyRefused(req, res, PAGE, { ...made, form: { ...made.form, values } }, { feed })
  }
  const url = config.baseUrl + paths.calendars(made.result)
  return reply(req, res.status(201), 'auth/feed/made', { feed: { ...feed, url } })
}

export async function remove(req: Request, res: Response) {
  read(nothing, req.body)
  await removeFeed(req.ctx)
  return replyDone(req, res, { to: paths.auth.calendar(), flash: 'auth:calendar.removed' })
}
