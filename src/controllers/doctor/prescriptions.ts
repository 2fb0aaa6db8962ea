import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { prescriptionForm } from '../../forms/records.ts'
import { paths } from '../../paths.ts'
import { visitFor } from '../../services/appointments/visit.ts'
import { prescriptionFor } from '../../services/records/queries.ts'
import { visitToWriteUp } from '../../services/records/visit-to-write-up.ts'
import { writePrescription } from '../../services/records/write-prescription.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'doctor/prescriptions/add'

/** The form; before the patient is there, the visit and why not. */
export async function add(req: Request, res: Response) {
  const id = idOf(req.params)
  const visit = await submit(nothing, {}, () => visitToWriteUp(req.ctx, id))
  if (!visit.ok) return replyRefused(req, res, 'doctor/appointments/show', visit, await visitFor(req.ctx, id))

  return reply(req, res, page, { ...visit.result, form: blankForm(prescriptionForm, { share: 'on' }) })
}

export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const written = await submit(prescriptionForm, req.body, wish => writePrescription(req.ctx, id, wish))
  if (!written.ok) {
    const visit = await visitFor(req.ctx, id)
    return visit.record.canWrite ? replyRefused(req, res, page, written, visit) : add(req, res)
  }
  const prescription = await prescriptionFor(req.ctx, written.result)
  const to = paths.doctor.prescriptions.show(prescription.id)
  return replyDone(req, res, { to, data: { prescription }, status: 201, flash: 'records:flash.prescription' })
}
