import type { Request, Response } from 'express'
import { NO_ROOM, visitRoomForm } from '../../forms/admin.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { changeRoom } from '../../services/appointments/change-room.ts'
import { roomChoices } from '../../services/appointments/room-choices.ts'
import { noteDeskLook } from '../../services/appointments/visit.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/appointment-rooms/edit'
const { show } = paths.admin.appointments

export async function edit(req: Request, res: Response) {
  const choices = await roomChoices(req.ctx, idOf(req.params))
  const { id, roomId, canChangeRoom } = choices.appointment
  if (!canChangeRoom) return res.redirect(303, show(id))

  await noteDeskLook(req.ctx, choices.appointment)
  return reply(req, res, page, { ...choices, form: blankForm(visitRoomForm, { roomId: roomId ?? NO_ROOM }) })
}

export async function update(req: Request, res: Response) {
  const id = idOf(req.params)
  const changed = await submit(visitRoomForm, req.body, choice => changeRoom(req.ctx, id, choice))
  const choices = await roomChoices(req.ctx, id)
  if (!changed.ok) return replyRefused(req, res, page, changed, choices)

  const { appointment } = choices
  return replyDone(req, res, { to: show(id), data: { appointment }, flash: 'admin:flash.roomChanged' })
}
