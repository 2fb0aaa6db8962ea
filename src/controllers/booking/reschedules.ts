import type { Request, Response } from 'express'
import { rescheduleForm, timesQuery } from '../../forms/booking.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { rescheduleAppointment } from '../../services/appointments/reschedule.ts'
import { timesToChoose } from '../../services/availability/times-to-choose.ts'
import { doctorProfile } from '../../services/clinics/doctors.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { pageOf, visitId, visitOf } from './own-visit.ts'

const page = 'booking/reschedules/add'

export async function add(req: Request, res: Response) {
  const query = read(timesQuery, req.query)
  await reply(req, res, page, { ...(await choice(req, query)), form: blankForm(rescheduleForm, { ...query }) })
}

export async function create(req: Request, res: Response) {
  const moved = await submit(rescheduleForm, req.body, wish => rescheduleAppointment(req.ctx, visitId(req), wish))
  if (!moved.ok) return replyRefused(req, res, page, moved, await choice(req, read(timesQuery, req.query)))

  const [to, appointment] = await Promise.all([pageOf(req), visitOf(req)])
  replyDone(req, res, { to, data: { appointment }, flash: 'booking:flash.moved' })
}

/** The appointment, and the times it can move to while it can. */
async function choice(req: Request, query: { date?: string; clinicId?: string }) {
  const appointment = await visitOf(req)
  if (!appointment.canMove) return { appointment }
  const doctor = await doctorProfile(appointment.doctor.id)
  const date = query.date ?? appointment.startsAt.slice(0, 10)
  return { appointment, doctor, ...(await timesToChoose(req.ctx, doctor, { ...query, date })) }
}
