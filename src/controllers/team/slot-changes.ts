import type { Request, RequestHandler, Response } from 'express'
import type { Ctx } from '../../context.ts'
import { slotForm } from '../../forms/doctor.ts'
import { idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { blockSlot } from '../../services/availability/block-slot.ts'
import { openSlot } from '../../services/availability/open-slot.ts'
import { removeSlot } from '../../services/availability/remove-slot.ts'
import { doctorWeek, placeOfSlot, slotFor } from '../../services/availability/slots-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { door, whose } from './door.ts'

export const block = change(blockSlot, 'team:flash.blocked')
export const opening = change(openSlot, 'team:flash.opened')
export const removal = change(removeSlot, 'team:flash.removed')

/** Asks before a time is taken away: that is final. */
export async function askRemoval(req: Request, res: Response) {
  const slot = await slotFor(req.ctx, idOf(req.params))
  const date = slot.startsAt.slice(0, 10)
  const isFree = slot.state === 'FREE' || slot.state === 'BLOCKED'
  if (!isFree) return res.redirect(303, door(req).timeslots.index({ ...whose(req, slot.doctorId), date }))

  return reply(req, res, 'team/slot-removals/add', { slot, date })
}

/** One button of a slot: changed, and back to the page it stood on; else the week as it stands now. */
function change(make: (ctx: Ctx, id: string) => Promise<void>, flash: string): RequestHandler {
  return async (req: Request, res: Response) => {
    const id = idOf(req.params as { id?: string })
    const place = await placeOfSlot(req.ctx, id)
    const changed = await submit(slotForm, req.body, async from => {
      await make(req.ctx, id)
      return from
    })
    if (!changed.ok) {
      const week = await doctorWeek(req.ctx, place.date, place.doctorId)
      return replyRefused(req, res, 'team/timeslots/index', changed, { ...week, added: {} })
    }
    return replyDone(req, res, { to: after(req, { ...place, slot: id }, changed.result), flash })
  }
}

interface Place {
  doctorId: string
  clinicId: string
  date: string
  slot: string
}

/** The page that the button stood on, at its day; the timetable at the time itself. */
function after(req: Request, place: Place, { on, date = place.date }: { on: string; date?: string }) {
  const { doctorId, clinicId, slot } = place
  if (req.ctx.actor.role === 'DOCTOR')
    return on === 'schedule' ? paths.doctor.schedule.index({ date }) : paths.doctor.timeslots.index({ date })
  if (on === 'timetable') return paths.admin.timetable({ clinicId, date, slot })
  return on === 'week'
    ? paths.admin.timetable({ doctorId, date, slot })
    : paths.admin.timeslots.index({ doctorId, date })
}
