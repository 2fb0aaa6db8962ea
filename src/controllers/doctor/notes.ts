import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { noteForm } from '../../forms/records.ts'
import { paths } from '../../paths.ts'
import { visitFor } from '../../services/appointments/visit.ts'
import { noteFor } from '../../services/records/queries.ts'
import { visitToWriteUp } from '../../services/records/visit-to-write-up.ts'
import { writeNote } from '../../services/records/write-note.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'doctor/notes/add'

/** The form; before the patient is there, the visit and why not. */
export async function add(req: Request, res: Response) {
  const id = idOf(req.params)
  const visit = await submit(nothing, {}, () => visitToWriteUp(req.ctx, id))
  if (!visit.ok) return replyRefused(req, res, 'doctor/appointments/show', visit, await visitFor(req.ctx, id))

  return reply(req, res, page, { ...visit.result, form: blankForm(noteForm) })
}

export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const written = await submit(noteForm, req.body, note => writeNote(req.ctx, id, note))
  if (!written.ok) {
    const visit = await visitFor(req.ctx, id)
    return visit.record.canWrite ? replyRefused(req, res, page, written, visit) : add(req, res)
  }
  const data = { note: await noteFor(req.ctx, written.result) }
  return replyDone(req, res, { to: paths.doctor.appointments.show(id), data, status: 201, flash: 'records:flash.note' })
}
