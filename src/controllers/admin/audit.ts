import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { NotFound } from '../../errors.ts'
import { auditSearch, eventNumber } from '../../forms/audit.ts'
import { blankForm, read } from '../../forms/form.ts'
import { topics } from '../../services/audit/events.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { eventFor, everyEvent, listEvents } from '../../services/audit/queries.ts'
import { subjectTypes } from '../../services/audit/record.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { reply } from '../../views.ts'

export async function index(req: Request, res: Response) {
  const search = read(auditSearch, req.query)
  const [found, clinics] = await Promise.all([
    listEvents(req.ctx, search),
    clinicChoices(req.ctx, search.clinicId ? [search.clinicId] : [])
  ])
  await reply(req, res, 'admin/audit/index', {
    ...{ ...found, clinics, topics, subjectTypes },
    form: blankForm(auditSearch, { ...search, sort: search.sort ?? '-at' })
  })
}

/** Exactly the list; the instants are in UTC, and what an event tells is one cell of JSON. */
export async function csv(req: Request, res: Response) {
  const { t, ctx } = req
  const search = read(auditSearch, req.query)
  await replyRows(req, res, 'audit', notingExport(ctx, 'audit', search, everyEvent(ctx, search)), {
    'audit:csv.number': ({ id }) => id,
    'audit:csv.at': ({ at }) => new Date(at).toISOString(),
    'audit:csv.event': ({ event }) => event,
    'audit:csv.what': ({ event }) => t([`audit:events.${event}`, 'audit:events.unnamed'], { name: event }),
    'audit:csv.by': ({ by }) =>
      by.name ?? t(by.id ? 'audit:actor.erased' : [`audit:actor.${by.role}`, `audit:role.${by.role}`]),
    'audit:csv.role': ({ by }) => by.role,
    'audit:csv.subjectType': ({ subject }) => subject.type,
    'audit:csv.subjectId': ({ subject }) => subject.id,
    'audit:csv.name': ({ subject }) => subject.name,
    'audit:csv.clinic': ({ clinic }) => clinic && `${clinic.name}, ${clinic.city}`,
    'audit:csv.address': ({ address }) => address,
    'audit:csv.requestId': ({ requestId }) => requestId,
    'audit:csv.data': ({ data, changes, changed }) =>
      JSON.stringify({ ...data, ...(isThere(changes) && { changes }), ...(changed.length && { changed }) })
  })
}

const isThere = (changes: object) => Object.keys(changes).length > 0

export async function show(req: Request, res: Response) {
  const number = eventNumber.safeParse(req.params.id)
  if (!number.success) throw new NotFound()
  await reply(req, res, 'admin/audit/show', { event: await eventFor(req.ctx, number.data) })
}
