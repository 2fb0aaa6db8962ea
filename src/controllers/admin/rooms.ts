import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { newRoomForm, roomForm, roomQuery, roomSearch } from '../../forms/catalogue.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { addRoom } from '../../services/clinics/add-room.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { renameRoom } from '../../services/clinics/rename-room.ts'
import { everyRoom, listRooms, roomFor } from '../../services/clinics/room-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const { rooms } = paths.admin

export async function index(req: Request, res: Response) {
  const query = read(roomSearch, req.query)
  const chosen = query.clinicId ? [query.clinicId] : []
  const [found, clinics] = await Promise.all([listRooms(req.ctx, query), clinicChoices(req.ctx, chosen)])
  await reply(req, res, 'admin/rooms/index', { ...found, clinics, form: blankForm(roomSearch, { ...query }) })
}

export async function csv(req: Request, res: Response) {
  const found = await everyRoom(req.ctx, read(roomSearch, req.query))
  await replyRows(req, res, 'rooms', found, {
    'admin:rooms.name': ({ name }) => name,
    'admin:clinics.one': ({ clinic }) => clinic.name,
    'admin:clinics.city': ({ clinic }) => clinic.city,
    'admin:list.state': ({ isActive }) => req.t(`admin:state.${isActive ? 'active' : 'inactive'}`)
  })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/rooms/show', { room: await roomOf(req) })
}

export async function add(req: Request, res: Response) {
  const clinics = await clinicChoices(req.ctx)
  const { clinicId = clinics.length === 1 ? clinics[0]?.id : undefined } = read(roomQuery, req.query)
  await reply(req, res, 'admin/rooms/add', { clinics, form: blankForm(newRoomForm, { clinicId }) })
}

export async function create(req: Request, res: Response) {
  const added = await submit(newRoomForm, req.body, room => addRoom(req.ctx, room))
  if (!added.ok) return replyRefused(req, res, 'admin/rooms/add', added, { clinics: await clinicChoices(req.ctx) })

  const room = await roomFor(req.ctx, added.result)
  return replyDone(req, res, { to: rooms.show(room.id), data: { room }, status: 201, flash: 'admin:flash.added' })
}

export async function edit(req: Request, res: Response) {
  const room = await roomOf(req)
  await reply(req, res, 'admin/rooms/edit', { room, form: blankForm(roomForm, { name: room.name }) })
}

export async function update(req: Request, res: Response) {
  const room = await roomOf(req)
  const changed = await submit(roomForm, req.body, details => renameRoom(req.ctx, room.id, details))
  if (!changed.ok) return replyRefused(req, res, 'admin/rooms/edit', changed, { room })
  const data = { room: await roomOf(req) }
  return replyDone(req, res, { to: rooms.show(room.id), data, flash: 'admin:flash.saved' })
}

const roomOf = (req: Request) => roomFor(req.ctx, idOf(req.params))
