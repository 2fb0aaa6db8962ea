import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { activate, deactivate } from '../../services/catalogue/deactivate.ts'
import { type KindName, kinds } from '../../services/catalogue/kinds.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

/** What clinics, doctors, rooms, specializations and symptoms have in common: they can be taken out of use. */

const page = 'admin/deactivations/add'

export const add = (kind: KindName) => async (req: Request, res: Response) => {
  await reply(req, res, page, { collection: kind, thing: await thingOf(req, kind), form: blankForm(nothing) })
}

export const create = (kind: KindName) => change(kind, deactivate, 'admin:flash.deactivated')

export const remove = (kind: KindName) => change(kind, activate, 'admin:flash.activated')

const change = (kind: KindName, verb: typeof activate, flash: string) => async (req: Request, res: Response) => {
  const thing = await thingOf(req, kind)
  const done = await submit(nothing, req.body, () => verb(req.ctx, kind, thing.id))
  if (!done.ok) return replyRefused(req, res, page, done, { collection: kind, thing })

  const data = { [kinds[kind].type]: await thingOf(req, kind) }
  return replyDone(req, res, { to: paths.admin[kind].show(thing.id), data, flash })
}

const thingOf = (req: Request, kind: KindName) => kinds[kind].find(req.ctx, idOf(req.params))
