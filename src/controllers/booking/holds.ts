import type { Request, Response } from 'express'
import { detailsForm, holdForm, holdQuery } from '../../forms/booking.ts'
import { blankForm, type Form, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { changeHold } from '../../services/appointments/change-hold.ts'
import { holdTimeslot } from '../../services/appointments/hold.ts'
import { holdFor, view } from '../../services/appointments/queries.ts'
import { chosenTime } from '../../services/availability/queries.ts'
import { patientsOf } from '../../services/people/queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

export async function show(req: Request, res: Response) {
  const hold = view(req.ctx, await holdFor(req.ctx, idOf(req.params)))
  await reply(req, res, 'booking/holds/show', { hold })
}

export async function add(req: Request, res: Response) {
  const { timeslotId } = read(holdQuery, req.query)
  const chosen = timeslotId ? await chosenTime(req.ctx, timeslotId) : null
  const patients = await patientsOf(req.ctx)
  await reply(req, res, 'booking/holds/add', { chosen, patients, form: blankForm(holdForm, { timeslotId }) })
}

export async function create(req: Request, res: Response) {
  const held = await submit(holdForm, req.body, choice => holdTimeslot(req.ctx, choice))
  if (!held.ok) return replyRefused(req, res, 'booking/holds/refused', held)

  const hold = view(req.ctx, await holdFor(req.ctx, held.result.id))
  replyDone(req, res, { to: paths.booking.holds.edit(hold.id), data: { hold }, status: 201 })
}

export async function edit(req: Request, res: Response) {
  const hold = view(req.ctx, await holdFor(req.ctx, idOf(req.params)))
  await showDetails(req, res, hold.id, blankForm(detailsForm, { patientId: hold.patient.id, reason: hold.reason }))
}

export async function update(req: Request, res: Response) {
  const id = idOf(req.params)
  const changed = await submit(detailsForm, req.body, details => changeHold(req.ctx, id, details))
  if (!changed.ok) return replyRefused(req, res, 'booking/holds/edit', changed, await detailsPage(req, id))

  replyDone(req, res, { to: paths.booking.holds.show(id) })
}

const showDetails = async (req: Request, res: Response, id: string, form: Form) =>
  reply(req, res, 'booking/holds/edit', { ...(await detailsPage(req, id)), form })

async function detailsPage(req: Request, id: string) {
  const [hold, patients] = await Promise.all([holdFor(req.ctx, id), patientsOf(req.ctx)])
  return { hold: view(req.ctx, hold), patients }
}
