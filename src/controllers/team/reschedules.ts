import type { Request, Response } from 'express'
import { moveQuery, rescheduleForm } from '../../forms/booking.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { type Move, paths } from '../../paths.ts'
import { type AppointmentView, appointmentFor, view } from '../../services/appointments/queries.ts'
import { rescheduleAppointment } from '../../services/appointments/reschedule.ts'
import { lookAtVisit } from '../../services/appointments/visit.ts'
import { timesToChoose } from '../../services/availability/times-to-choose.ts'
import { doctorProfile } from '../../services/clinics/doctors.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { door } from './door.ts'

const page = 'team/reschedules/add'
const said = { flash: 'team:flash.moved' }

export async function add(req: Request, res: Response) {
  const { timeslotId, ...query } = read(moveQuery, req.query)
  await reply(req, res, page, { ...(await choice(req, query)), form: blankForm(rescheduleForm, { timeslotId }) })
}

export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const { timeslotId: _, ...query } = read(moveQuery, req.query)
  const before = await appointmentOf(req)
  const moved = await submit(rescheduleForm, req.body, wish => rescheduleAppointment(req.ctx, id, wish))
  if (!moved.ok) return replyRefused(req, res, page, moved, await choice(req, query))

  const appointment = await appointmentOf(req)
  const to = after(req, query, before, appointment)
  return replyDone(req, res, { to, data: { appointment }, ...(query.from !== 'conflicts' && said) })
}

/** The appointment, and the times it can move to while it can. The front desk keeps to the clinic it is at. */
async function choice(req: Request, { from, ...query }: Move) {
  const appointment = await lookAtVisit(req.ctx, idOf(req.params))
  if (!appointment.canMove) return { appointment, from }
  const doctor = await doctorProfile(appointment.doctor.id)
  const clinicId = req.ctx.actor.role === 'STAFF' ? appointment.clinic.id : query.clinicId
  const near = appointment.startsAt.slice(0, 10)
  return { appointment, from, doctor, ...(await timesToChoose(req.ctx, doctor, { date: query.date, near, clinicId })) }
}

const appointmentOf = async (req: Request) => view(req.ctx, await appointmentFor(req.ctx, idOf(req.params)))

/**
 * The worklist names whoever was moved. The front desk is back where it was: on the timetable at the day that the
 * appointment was moved from.
 */
function after(req: Request, { from }: Move, before: AppointmentView, { id, startsAt }: AppointmentView) {
  if (from === 'conflicts') return door(req).conflicts({ moved: id })
  if (req.ctx.actor.role === 'DOCTOR') return paths.doctor.schedule.index({ date: startsAt.slice(0, 10) })
  return paths.admin.appointments.back(from, before)
}
