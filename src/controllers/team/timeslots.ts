import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { timeslotsForm, weekQuery, whoseWeekQuery } from '../../forms/doctor.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { whoseQuery } from '../../forms/working-hours.ts'
import { addSlots } from '../../services/availability/add-slots.ts'
import { doctorWeek } from '../../services/availability/slots-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { door, whose } from './door.ts'
import { doctorIn } from './hours-pages.ts'

const page = 'team/timeslots/add'

/** At the front desk without a doctor's name: asks for one. */
export async function index(req: Request, res: Response) {
  const { doctorId, date, ...added } = read(weekQuery, req.query)
  if (doctorId || req.ctx.actor.doctorId)
    return reply(req, res, 'team/timeslots/index', { ...(await doctorWeek(req.ctx, date, doctorId)), added })

  const doctors = await doctorChoices(req.ctx)
  return reply(req, res, 'team/timeslots/choose', { doctors, form: blankForm(whoseQuery) })
}

/** The week as a table for a spreadsheet. */
export async function csv(req: Request, res: Response) {
  const { doctorId, date } = read(whoseWeekQuery, req.query)
  if (!doctorId && !req.ctx.actor.doctorId) return res.redirect(303, door(req).timeslots.index())

  const { t } = req
  const { doctor, timeslots } = await doctorWeek(req.ctx, date, doctorId)
  return replyRows(req, res, 'timeslots', timeslots, {
    'team:slots.csv.date': ({ startsAt }) => startsAt.slice(0, 10),
    'team:slots.csv.from': ({ startsAt }) => startsAt.slice(11, 16),
    'team:slots.csv.to': ({ endsAt }) => endsAt.slice(11, 16),
    'team:slots.csv.timeZone': slot => slot.timeZone,
    'team:slots.csv.doctor': () => doctor.name,
    'team:slots.csv.clinic': slot => slot.clinic,
    'team:slots.csv.room': slot => slot.room,
    'team:slots.csv.state': ({ state }) => t(`team:slots.state.${state}`)
  })
}

export async function add(req: Request, res: Response) {
  const { doctorId, date } = read(whoseWeekQuery, req.query)
  if (!doctorId && !req.ctx.actor.doctorId) return res.redirect(303, door(req).timeslots.index())

  const { doctor, clinics, date: from } = await doctorWeek(req.ctx, date, doctorId)
  const clinicId = clinics.find(({ isOpen }) => isOpen)?.id
  const known = { ...whose(req, doctor.id), clinicId, from, weekdays: [1, 2, 3, 4, 5], minutes: 20 }
  return reply(req, res, page, { doctor, clinics, form: blankForm(timeslotsForm, known) })
}

export async function create(req: Request, res: Response) {
  const doctorId = doctorIn(req)
  const added = await submit(timeslotsForm, req.body, async wish => ({
    from: wish.from,
    ...(await addSlots(req.ctx, wish))
  }))
  if (!added.ok) {
    const { doctor, clinics } = await doctorWeek(req.ctx, undefined, doctorId)
    return replyRefused(req, res, page, added, { doctor, clinics })
  }
  const { from, created, skipped } = added.result
  const counts = { created, skipped: skipped.length, ...count(skipped) }
  const to = door(req).timeslots.index({ ...whose(req, doctorId), date: from, ...counts })
  return replyDone(req, res, { to, data: { created, skipped }, status: 201 })
}

const count = (skipped: { reason: string }[]) =>
  Object.fromEntries([...Map.groupBy(skipped, ({ reason }) => reason)].map(([reason, each]) => [reason, each.length]))
