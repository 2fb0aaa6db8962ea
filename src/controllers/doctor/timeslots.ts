import type { Request, Response } from 'express'
import { dayQuery, timeslotsForm, weekQuery } from '../../forms/doctor.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { addSlots } from '../../services/availability/add-slots.ts'
import { doctorWeek } from '../../services/availability/slots-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'doctor/timeslots/add'

export async function index(req: Request, res: Response) {
  const { date, ...added } = read(weekQuery, req.query)
  await reply(req, res, 'doctor/timeslots/index', { ...(await doctorWeek(req.ctx, date)), added })
}

export async function add(req: Request, res: Response) {
  const { date } = read(dayQuery, req.query)
  const { clinics, date: from } = await doctorWeek(req.ctx, date)
  const clinicId = clinics.find(({ isOpen }) => isOpen)?.id
  const form = blankForm(timeslotsForm, { clinicId, from, weekdays: [1, 2, 3, 4, 5], minutes: 20 })
  await reply(req, res, page, { clinics, form })
}

export async function create(req: Request, res: Response) {
  const added = await submit(timeslotsForm, req.body, async wish => ({
    from: wish.from,
    ...(await addSlots(req.ctx, wish))
  }))
  if (!added.ok) return replyRefused(req, res, page, added, { clinics: (await doctorWeek(req.ctx)).clinics })

  const { from, created, skipped } = added.result
  const to = paths.doctor.timeslots.index({ date: from, created, skipped: skipped.length, ...count(skipped) })
  return replyDone(req, res, { to, data: { created, skipped }, status: 201 })
}

const count = (skipped: { reason: string }[]) =>
  Object.fromEntries([...Map.groupBy(skipped, ({ reason }) => reason)].map(([reason, each]) => [reason, each.length]))
