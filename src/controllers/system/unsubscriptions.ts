import type { Request, Response } from 'express'
import { saidToUnsubscribe } from '../../forms/wanted.ts'
import { paths } from '../../paths.ts'
import { reminding, stopReminders } from '../../services/people/stop-reminders.ts'
import { reply, wantsJson } from '../../views.ts'

export async function show(req: Request, res: Response) {
  await reply(req, res, 'unsubscriptions/show', await reminding(req.ctx, String(req.params.token)))
}

/** The button of the page, or that of a mail program (RFC 8058), which has no session and follows no redirect. */
export async function create(req: Request, res: Response) {
  const token = String(req.params.token)
  await reminding(req.ctx, token)
  const by = saidToUnsubscribe(req.body)
  await stopReminders(req.ctx, token)
  if (by === 'page') return res.redirect(303, paths.unsubscriptions(token))
  if (wantsJson(req)) return res.json({ wantsReminders: false })
  return res.type('text').send(req.t('messages:unsubscribe.done'))
}
