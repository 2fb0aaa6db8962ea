import type { Request, Response } from 'express'
import { replyCsv } from '../../csv.ts'
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
  const columns = [
    ...['number', 'at', 'event', 'what', 'by', 'role', 'subjectType', 'subjectId', 'name'],
    ...['clinic', 'address', 'requestId', 'data']
  ]
  const head = columns.map(column => t(`audit:csv.${column}`))
  await replyCsv(res, 'audit', head, lines())

  async function* lines() {
    for await (const each of notingExport(ctx, 'audit', search, everyEvent(ctx, search))) {
      const { id, at, event, by, subject, clinic, address, requestId, changes, changed, data } = each
      const [topic, verb] = event.split('.')
      const what = [event, t([`audit:events.${topic}.${verb}`, 'audit:events.unnamed'], { name: event })]
      const who = by.name ?? t(by.id ? 'audit:actor.erased' : [`audit:actor.${by.role}`, `audit:role.${by.role}`])
      const place = clinic && `${clinic.name}, ${clinic.city}`
      const details = JSON.stringify({
        ...data,
        ...(isThere(changes) && { changes }),
        ...(changed.length && { changed })
      })
      const record = [subject.type, subject.id, subject.name]
      yield [id, new Date(at).toISOString(), ...what, who, by.role, ...record, place, address, requestId, details]
    }
  }
}

const isThere = (changes: object) => Object.keys(changes).length > 0

export async function show(req: Request, res: Response) {
  const number = eventNumber.safeParse(req.params.id)
  if (!number.success) throw new NotFound()
  await reply(req, res, 'admin/audit/show', { event: await eventFor(req.ctx, number.data) })
}
