import type { Request, Response } from 'express'
import { blankForm, read, submit } from '../../forms/form.ts'
import { timeOffForm, timeOffQuery, timeOffSearch } from '../../forms/time-off.ts'
import { addTimeOff } from '../../services/availability/add-time-off.ts'
import { oftenBlocked } from '../../services/availability/often-blocked.ts'
import { listTimeOff, timeOffFor } from '../../services/availability/time-off-queries.ts'
import { whoseTime } from '../../services/availability/whose-time.ts'
import { reply, replyDone } from '../../views.ts'
import { door, whose } from './door.ts'
import { addPage, backTo, choices, choosePage, replyWrong } from './time-off-pages.ts'

export async function index(req: Request, res: Response) {
  const query = read(timeOffSearch, req.query)
  const [found, doctors] = await Promise.all([listTimeOff(req.ctx, query), choices(req)])
  await reply(req, res, 'team/time-off/index', { ...found, doctors, form: blankForm(timeOffSearch, { ...query }) })
}

/** At the front desk without a doctor's name: asks for one first. */
export async function add(req: Request, res: Response) {
  const { doctorId, ...asked } = read(timeOffQuery, req.query)
  if (!doctorId && !req.ctx.actor.doctorId)
    return reply(req, res, choosePage, { doctors: await choices(req), form: blankForm(timeOffQuery, asked) })

  const doctor = await whoseTime(req.ctx, doctorId)
  const { id: clinicId, timeZone } = doctor.clinics.find(({ id }) => id === asked.clinicId) ?? doctor.clinics[0] ?? {}
  const shortcuts = asked.on && asked.date && timeZone ? oftenBlocked(req.ctx, asked.date, timeZone) : []
  const { startTime, endTime } = asked.startTime ? asked : (shortcuts[0] ?? {})
  const form = blankForm(timeOffForm, { kind: 'days', ...asked, startTime, endTime, doctorId, clinicId })
  return reply(req, res, addPage, { doctor, shortcuts, form })
}

export async function create(req: Request, res: Response) {
  const added = await submit(timeOffForm, req.body, async ({ change: _, on, ...wish }) => ({
    ...(await addTimeOff(req.ctx, wish)),
    to: wish.date && on && backTo(on, { ...wish, date: wish.date })
  }))
  if (!added.ok) return replyWrong(req, res, added)

  const { id, hits, to } = added.result
  const timeOff = await timeOffFor(req.ctx, id)
  const { timeOff: list, conflicts } = door(req)
  const about = whose(req, timeOff.doctor.id)
  return replyDone(req, res, {
    to: hits.length ? conflicts(about) : (to ?? list.index(about)),
    data: { timeOff, hits },
    status: 201,
    flash: hits.length ? 'team:timeOff.flash.savedWithHits' : 'team:timeOff.flash.saved'
  })
}
