import type { Request, RequestHandler, Response } from 'express'
import { checkForm, detailsForm, holdForm, holdFromQuery, holdQuery } from '../../forms/booking.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { changeHold } from '../../services/appointments/change-hold.ts'
import { holdTimeslot } from '../../services/appointments/hold.ts'
import { type AppointmentRow, appointmentFor, holdFor, isOver, view } from '../../services/appointments/queries.ts'
import { chosenTime } from '../../services/availability/queries.ts'
import { patientsOf } from '../../services/people/queries.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'
import { checkPage } from './check-page.ts'

export const show = whileHeld(async (req, res, hold) => {
  await reply(req, res, 'booking/holds/show', { ...(await checkPage(req.ctx, hold)), form: blankForm(checkForm) })
})

export async function add(req: Request, res: Response) {
  const { timeslotId } = read(holdQuery, req.query)
  const chosen = timeslotId ? await chosenTime(req.ctx, timeslotId) : null
  const patients = await patientsOf(req.ctx)
  await reply(req, res, 'booking/holds/add', { chosen, patients, form: blankForm(holdForm, { timeslotId }) })
}

export async function create(req: Request, res: Response) {
  const { doctorId, date } = read(holdFromQuery, req.query)
  const { timeslotId, reason } = req.body ?? {}
  const held = await submit(holdForm, req.body, choice => holdTimeslot(req.ctx, choice))
  if (!held.ok && doctorId && !timeslotId && !reason && !wantsJson(req))
    return res.redirect(303, paths.booking.doctors.timeslots(doctorId, { date, chosen: 'yes' }))
  if (!held.ok) return replyRefused(req, res, 'booking/holds/refused', held)

  const hold = view(req.ctx, await holdFor(req.ctx, held.result.id))
  replyDone(req, res, { to: paths.booking.holds.edit(hold.id), data: { hold }, status: 201 })
}

export const edit = whileHeld(async (req, res, hold) => {
  const form = blankForm(detailsForm, { patientId: hold.patient.id, reason: hold.reason })
  await reply(req, res, 'booking/holds/edit', { ...(await detailsPage(req, hold.id)), form })
})

export async function update(req: Request, res: Response) {
  const id = idOf(req.params)
  const changed = await submit(detailsForm, req.body, details => changeHold(req.ctx, id, details))
  if (!changed.ok) return replyRefused(req, res, 'booking/holds/edit', changed, await detailsPage(req, id))

  replyDone(req, res, { to: paths.booking.holds.show(id) })
}

/** To a browser: a hold that is booked is an appointment, and one that is over is not kept any more. */
function whileHeld(show: (req: Request, res: Response, hold: AppointmentRow) => Promise<void>): RequestHandler {
  return async (req, res) => {
    const found = await appointmentFor(req.ctx, idOf(req.params as { id?: string }))
    const isHeld = found.status === 'HELD' || found.status === 'EXPIRED'
    if (!isHeld && !wantsJson(req)) return res.redirect(303, paths.booking.appointments.show(found.id))

    const hold = await holdFor(req.ctx, found.id)
    return isOver(req.ctx, hold) ? showOver(req, res, hold) : show(req, res, hold)
  }
}

const showOver = (req: Request, res: Response, hold: AppointmentRow) =>
  reply(req, res, 'booking/holds/over', { hold: view(req.ctx, hold) })

async function detailsPage(req: Request, id: string) {
  const [hold, patients] = await Promise.all([holdFor(req.ctx, id), patientsOf(req.ctx)])
  return { hold: view(req.ctx, hold), patients }
}
