import type { Request, Response } from 'express'
import { memberForm, newMemberForm, personForm, userSearch } from '../../forms/admin.ts'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { addUser } from '../../services/people/add-user.ts'
import { listUsers, type UserRecord, userFor } from '../../services/people/admin-queries.ts'
import { changeUser, type UserDetails } from '../../services/people/change-user.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { replyInvited } from './invited.ts'

const { users } = paths.admin

export async function index(req: Request, res: Response) {
  const query = read(userSearch, req.query)
  const form = blankForm(userSearch, { ...query })
  await reply(req, res, 'admin/users/index', { ...(await listUsers(req.ctx, query)), form })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/users/show', { account: await accountOf(req), form: blankForm(nothing) })
}

export async function add(req: Request, res: Response) {
  const form = blankForm(newMemberForm, { role: 'STAFF' })
  await reply(req, res, 'admin/users/add', { clinics: await clinicChoices(req.ctx), form })
}

export async function create(req: Request, res: Response) {
  const added = await submit(newMemberForm, req.body, member => addUser(req.ctx, member))
  if (!added.ok) return replyRefused(req, res, 'admin/users/add', added, { clinics: await clinicChoices(req.ctx) })

  const { id, code } = added.result
  const account = await userFor(req.ctx, id)
  return replyInvited(req, res, { to: users.show(id), data: { account }, person: account, code })
}

export async function edit(req: Request, res: Response) {
  const account = await accountOf(req)
  const form = blankForm(formFor(account), typed(account))
  await reply(req, res, 'admin/users/edit', { account, clinics: await clinicsFor(req, account), form })
}

/** The whole form from a browser; from a program that sends PATCH, only what should change. */
export async function update(req: Request, res: Response) {
  const before = await accountOf(req)
  const body = req.method === 'PATCH' ? { ...typed(before), ...req.body } : req.body
  const change = (details: UserDetails) => changeUser(req.ctx, before.id, details)
  const changed = isMember(before) ? await submit(memberForm, body, change) : await submit(personForm, body, change)
  if (!changed.ok) {
    const data = { account: before, clinics: await clinicsFor(req, before) }
    return replyRefused(req, res, 'admin/users/edit', changed, data)
  }
  const data = { account: await accountOf(req) }
  return replyDone(req, res, { to: users.show(before.id), data, flash: 'admin:flash.saved' })
}

const accountOf = (req: Request) => userFor(req.ctx, idOf(req.params))

const isMember = ({ role }: UserRecord) => role === 'STAFF' || role === 'ADMIN'

const formFor = (account: UserRecord) => (isMember(account) ? memberForm : personForm)

const clinicIdsOf = ({ clinics }: UserRecord) => clinics.map(({ id }) => id)

const clinicsFor = (req: Request, account: UserRecord) =>
  isMember(account) ? clinicChoices(req.ctx, clinicIdsOf(account)) : []

/** What somebody would have typed to have this account. */
function typed(account: UserRecord) {
  const { name, phone, role } = account
  const person = { name, phone: phone ?? '' }
  return isMember(account) ? { ...person, role, clinicIds: clinicIdsOf(account) } : person
}
