import type { Request, Response } from 'express'
import { idOf, submit } from '../../forms/form.ts'
import { resendForm } from '../../forms/messages.ts'
import { paths } from '../../paths.ts'
import { messageAtDesk } from '../../services/messages/message-at-desk.ts'
import { resendMessage } from '../../services/messages/resend.ts'
import { replyDone, replyRefused } from '../../views.ts'

const { messages, unreached } = paths.admin

/** Sends a message once more; pressed twice, once. */
export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const sent = await submit(resendForm, req.body, async again => ({
    from: again.from,
    copy: await resendMessage(req.ctx, id, again)
  }))
  if (!sent.ok) return replyRefused(req, res, 'admin/messages/show', sent, await messageAtDesk(req.ctx, id))

  const { copy, from } = sent.result
  const { message } = await messageAtDesk(req.ctx, copy.id)
  const to = from ? unreached() : messages.show(copy.id)
  return replyDone(req, res, { to, data: { message }, flash: 'messages:flash.resent' })
}
