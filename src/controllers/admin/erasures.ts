import type { Request, Response } from 'express'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { erasureForm, erasureReasons } from '../../forms/users.ts'
import { paths } from '../../paths.ts'
import { userFor } from '../../services/people/admin-queries.ts'
import { erasePatient, patientToErase } from '../../services/people/erase-patient.ts'
import { eraseUser, userToErase } from '../../services/people/erase-user.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/erasures/add'
const { users, patients } = paths.admin

/** An erased account still has a page; an erased patient has none. */
const kinds = {
  users: {
    find: userToErase,
    erase: eraseUser,
    after: async (req: Request, id: string) => ({ to: users.show(id), data: { account: await userFor(req.ctx, id) } })
  },
  patients: { find: patientToErase, erase: erasePatient, after: async () => ({ to: patients.index() }) }
}

type Kind = keyof typeof kinds

/** Asks before somebody's data is gone for good, or says why it stays. */
export const add = (kind: Kind) => async (req: Request, res: Response) => {
  const found = await kinds[kind].find(req.ctx, idOf(req.params))
  if (found.why === 'erased') return res.redirect(303, users.show(found.person.id))

  return reply(req, res, page, { kind, ...found, reasons: erasureReasons, form: blankForm(erasureForm) })
}

export const create = (kind: Kind) => async (req: Request, res: Response) => {
  const found = await kinds[kind].find(req.ctx, idOf(req.params))
  const { id } = found.person
  const erased = await submit(erasureForm, req.body, wish => kinds[kind].erase(req.ctx, id, wish))
  if (!erased.ok) return replyRefused(req, res, page, erased, { kind, ...found, reasons: erasureReasons })

  return replyDone(req, res, { ...(await kinds[kind].after(req, id)), flash: 'admin:flash.erased' })
}
