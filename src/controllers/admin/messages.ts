import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { daysInOrder } from '../../forms/admin.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { messageSearch } from '../../forms/messages.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { messageAtDesk } from '../../services/messages/message-at-desk.ts'
import { everyMessage, listMessages } from '../../services/messages/message-list.ts'
import { reply, replyRefused } from '../../views.ts'

const page = 'admin/messages/index'

export async function index(req: Request, res: Response) {
  const query = read(messageSearch, req.query)
  const { from, to } = query
  const [listed, clinics] = await Promise.all([
    submit(daysInOrder, { from, to }, () => listMessages(req.ctx, query)),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : [])
  ])
  const form = blankForm(messageSearch, query)
  if (listed.ok) return reply(req, res, page, { ...listed.result, clinics, form })

  const none = { messages: [], total: 0, previous: null, next: null }
  const refused = { ...listed, form: { ...form, problems: listed.form.problems } }
  return replyRefused(req, res, page, refused, { ...none, clinics })
}

/** Exactly the list, however long, as a table for a spreadsheet. */
export async function csv(req: Request, res: Response) {
  const { t, ctx } = req
  const search = read(messageSearch, req.query)
  const column = (key: string) => `messages:csv.${key}`
  const onPaper = (at: string | null) => at?.slice(0, 16).replace('T', ' ')
  await replyRows(req, res, 'messages', notingExport(ctx, 'messages', search, everyMessage(ctx, search)), {
    [column('plannedAt')]: row => onPaper(row.plannedAt),
    [column('dueAt')]: row => onPaper(row.dueAt),
    [column('sentAt')]: row => onPaper(row.sentAt),
    [column('timeZone')]: row => row.timeZone,
    [column('to')]: row => row.to.name,
    [column('what')]: ({ kind }) => kindIn(t, kind),
    [column('channel')]: row => t(`messages:channel.${row.channel}`),
    [column('state')]: row => t(`messages:state.${row.isSentAgain ? 'SENT_AGAIN' : row.state}`),
    [column('attempts')]: row => row.attempts,
    [column('lastAttemptAt')]: row => onPaper(row.lastAttemptAt),
    [column('code')]: row => row.code,
    [column('seenToAt')]: row => onPaper(row.seenToAt),
    [column('appointment')]: row => row.appointment?.reference,
    [column('clinic')]: row => row.clinic && `${row.clinic.name}, ${row.clinic.city}`
  })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/messages/show', await messageAtDesk(req.ctx, idOf(req.params)))
}

function kindIn(t: Request['t'], kind: string) {
  const [topic, what] = kind.split('.')
  return t([`messages:kind.${topic}.${what}`, 'messages:kind.unnamed'], { kind })
}
