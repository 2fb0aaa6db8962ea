import type { Request, Response } from 'express'
import { BadRequest } from '../../errors.ts'
import { read } from '../../forms/form.ts'
import { lengthTyped, whoseQuery } from '../../forms/working-hours.ts'
import type { SavedHours } from '../../paths.ts'
import type { Published } from '../../services/availability/publish.ts'
import { type ShownHours, weekOf } from '../../services/availability/working-hours-queries.ts'
import { replyDone } from '../../views.ts'
import { door, whose } from './door.ts'

export const addPage = 'team/working-hours/add'
export const editPage = 'team/working-hours/edit'

/** Whose hours a form is about, null for one's own. Throws BadRequest at the front desk when it doesn't say. */
export function doctorIn({ body, ctx }: Request) {
  const { doctorId } = read(whoseQuery, { doctorId: body?.doctorId })
  if (!doctorId && !ctx.actor.doctorId) throw new BadRequest([{ field: 'doctorId', key: 'team:hours.errors.doctorId' }])
  return doctorId
}

/** What somebody would have typed to have these hours. */
export function typed({ id, version, clinic, room, breaks, slotMinutes, ...hours }: ShownHours) {
  const [first, second] = breaks
  const { weekday, startTime, endTime, validFrom, validUntil } = hours
  return {
    ...{ id, version, clinicId: clinic.id, weekdays: [weekday], roomId: room?.id },
    ...{ startTime, endTime, validFrom, validUntil },
    ...{ breakStart: first?.startTime, breakEnd: first?.endTime },
    ...{ secondBreakStart: second?.startTime, secondBreakEnd: second?.endTime },
    ...lengthTyped(slotMinutes)
  }
}

interface Saved extends Published {
  doctorId: string
  ids?: string[]
}

/** After a change: the hours as they are now, and how many times came and went. */
export async function replySaved(req: Request, res: Response, done: SavedHours['done'], saved: Saved) {
  const { doctorId, ids = [], added, removed, hit: unfit, restored: fit } = saved
  const counts = { added, removed, unfit, fit }
  const to = door(req).workingHours.index({ ...whose(req, doctorId), done, ...counts })
  const { workingHours } = await weekOf(req.ctx, doctorId)
  const data = { workingHours: workingHours.filter(({ id }) => ids.includes(id)), ...counts }
  return replyDone(req, res, { to, data, status: done === 'added' ? 201 : 200 })
}
