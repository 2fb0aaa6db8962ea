import type { Request, Response } from 'express'
import { idOf, submit } from '../../forms/form.ts'
import { settlementForm } from '../../forms/messages.ts'
import { paths } from '../../paths.ts'
import { messageAtDesk } from '../../services/messages/message-at-desk.ts'
import { settleMessage } from '../../services/messages/settle.ts'
import { replyDone, replyRefused } from '../../views.ts'

const { messages, unreached } = paths.admin

/** Somebody was told in another way. */
export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const settled = await submit(settlementForm, req.body, async ({ from }) => {
    await settleMessage(req.ctx, id)
    return { from }
  })
  const found = await messageAtDesk(req.ctx, id)
  if (!settled.ok) return replyRefused(req, res, 'admin/messages/show', settled, found)

  const to = settled.result.from ? unreached() : messages.show(id)
  return replyDone(req, res, { to, data: { message: found.message }, flash: 'messages:flash.settled' })
}
