import type { Request, Response } from 'express'
import { config } from '../../config.ts'
import { paths } from '../../paths.ts'
import { isMailed } from '../../services/notifications/is-mailed.ts'
import { reply, wantsJson } from '../../views.ts'

interface Invited {
  /** The page of whom was invited. */
  to: string
  /** What is done next, if anything is left to do: the working hours of a new doctor. */
  next?: string
  data: object
  person: { name: string; email: string }
  code: string
}

/** The page with the link, which is mailed as well: this once, and never in an address of ours. */
export async function replyInvited(req: Request, res: Response, { to, next, data, person, code }: Invited) {
  const link = config.baseUrl + paths.auth.register({ invitation: code })
  const { name, email } = person
  if (wantsJson(req)) res.location(to)
  await reply(req, res.status(201), 'admin/invitations/show', {
    ...data,
    invitation: { name, email, code, link, isMailed: isMailed() },
    backTo: to,
    next
  })
}
