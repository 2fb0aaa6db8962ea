import type { Request, Response } from 'express'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { hoursForm, hoursQuery, lengthTyped, whoseQuery } from '../../forms/working-hours.ts'
import { addWorkingHours } from '../../services/availability/add-working-hours.ts'
import { changeWorkingHours } from '../../services/availability/change-working-hours.ts'
import { newHours, weekOf, workingHoursFor } from '../../services/availability/working-hours-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply, replyRefused } from '../../views.ts'
import { door } from './door.ts'
import { addPage, doctorIn, editPage, replySaved, typed } from './hours-pages.ts'

/** At the front desk without a doctor's name: asks for one. */
export async function index(req: Request, res: Response) {
  const { doctorId, ...saved } = read(hoursQuery, req.query)
  if (doctorId || req.ctx.actor.doctorId)
    return reply(req, res, 'team/working-hours/index', { ...(await weekOf(req.ctx, doctorId)), saved })

  const doctors = await doctorChoices(req.ctx)
  return reply(req, res, 'team/working-hours/choose', { doctors, form: blankForm(whoseQuery) })
}

export async function add(req: Request, res: Response) {
  const { doctorId } = read(whoseQuery, req.query)
  if (!doctorId && !req.ctx.actor.doctorId) return res.redirect(303, door(req).workingHours.index())

  const { doctor, defaults } = await newHours(req.ctx, doctorId)
  const { slotMinutes, ...known } = defaults
  const form = blankForm(hoursForm, { doctorId, ...known, ...lengthTyped(slotMinutes) })
  return reply(req, res, addPage, { doctor, defaults, form })
}

export async function create(req: Request, res: Response) {
  const doctorId = doctorIn(req)
  const saved = await submit(hoursForm, req.body, wish => addWorkingHours(req.ctx, wish))
  if (!saved.ok) return replyRefused(req, res, addPage, saved, await newHours(req.ctx, doctorId))

  return replySaved(req, res, 'added', saved.result)
}

export async function edit(req: Request, res: Response) {
  const known = await workingHoursFor(req.ctx, idOf(req.params))
  const form = blankForm(hoursForm, typed(known.workingHours))
  await reply(req, res, editPage, { ...known, form })
}

export async function update(req: Request, res: Response) {
  const id = idOf(req.params)
  await workingHoursFor(req.ctx, id)
  const saved = await submit(hoursForm, req.body, wish => changeWorkingHours(req.ctx, id, wish))
  if (!saved.ok) return replyRefused(req, res, editPage, saved, await workingHoursFor(req.ctx, id))

  return replySaved(req, res, 'changed', saved.result)
}
