import type { Request, Response } from 'express'
import type { Refused } from '../../forms/form.ts'
import { type Back, paths } from '../../paths.ts'
import type { AppointmentView } from '../../services/appointments/queries.ts'
import { noteDeskLook, visitAtDesk, visitFor } from '../../services/appointments/visit.ts'
import { replyRefused } from '../../views.ts'

/** A visit as it is worked with behind this door: the front desk sees nothing of the patient's record. */
export const visitOf = ({ ctx }: Request, id: string) =>
  ctx.actor.role === 'DOCTOR' ? visitFor(ctx, id) : visitAtDesk(ctx, id)

type Visit = Awaited<ReturnType<typeof visitOf>>

/** The page of a visit as it stands, and why it stays so. */
export async function replyAsItStands(req: Request, res: Response, refused: Refused, visit: Visit) {
  await noteDeskLook(req.ctx, visit.appointment)
  const door = req.ctx.actor.role === 'DOCTOR' ? 'doctor' : 'admin'
  return replyRefused(req, res, `${door}/appointments/show`, refused, visit)
}

/** The page of a visit: one's own door's. */
export const pageOf = ({ ctx }: Request, id: string) =>
  (ctx.actor.role === 'DOCTOR' ? paths.doctor : paths.admin).appointments.show(id)

/** Where somebody goes on after seeing to a visit: doctors at its day, the front desk where it came from. */
export const after = ({ ctx }: Request, { from }: Back, appointment: AppointmentView) =>
  ctx.actor.role === 'DOCTOR'
    ? paths.doctor.schedule.index({ date: appointment.startsAt.slice(0, 10) })
    : paths.admin.appointments.back(from, appointment)
