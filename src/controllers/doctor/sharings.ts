import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { visitFor } from '../../services/appointments/visit.ts'
import { noteFor, prescriptionFor } from '../../services/records/queries.ts'
import { shareNote } from '../../services/records/share-note.ts'
import { sharePrescription } from '../../services/records/share-prescription.ts'
import { replyDone, replyRefused } from '../../views.ts'

const page = 'doctor/appointments/show'
const { show } = paths.doctor.appointments

export async function note(req: Request, res: Response) {
  const { id, appointmentId } = await noteFor(req.ctx, idOf(req.params))
  const shared = await submit(nothing, req.body, () => shareNote(req.ctx, id))
  if (!shared.ok) return replyRefused(req, res, page, shared, await visitFor(req.ctx, appointmentId))

  const data = { note: await noteFor(req.ctx, id) }
  return replyDone(req, res, { to: show(appointmentId), data, flash: 'records:flash.shared' })
}

export async function prescription(req: Request, res: Response) {
  const { id, appointment } = await prescriptionFor(req.ctx, idOf(req.params))
  const shared = await submit(nothing, req.body, () => sharePrescription(req.ctx, id))
  if (!shared.ok) return replyRefused(req, res, page, shared, await visitFor(req.ctx, appointment.id))

  const data = { prescription: await prescriptionFor(req.ctx, id) }
  return replyDone(req, res, { to: show(appointment.id), data, flash: 'records:flash.shared' })
}
