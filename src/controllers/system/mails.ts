import type { Request, Response } from 'express'
import { NotFound } from '../../errors.ts'
import { idOf } from '../../forms/form.ts'
import { mailbox, messageInMailbox } from '../../services/notifications/queries.ts'
import { reply } from '../../views.ts'

/** Every mail and text that was planned, and how it looks, for those who build them. Not there in production. */
export const index = async (req: Request, res: Response) =>
  reply(req, res, 'dev/mail/index', { messages: await mailbox(req.ctx) })

export const show = async (req: Request, res: Response) =>
  reply(req, res, 'dev/mail/show', { entry: await messageInMailbox(req.ctx, idOf(req.params)) })

/** As a mail program shows it: with its own styles, and nothing else of its own. */
export async function html(req: Request, res: Response) {
  const { mail } = await messageInMailbox(req.ctx, idOf(req.params))
  if (!mail) throw new NotFound()
  res.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
  res.type('html').send(mail.html)
}
