import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { newMemberForm, userForm, userSearch } from '../../forms/users.ts'
import { paths } from '../../paths.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { addUser } from '../../services/people/add-user.ts'
import { everyUser, listUsers, type UserRecord, userFor } from '../../services/people/admin-queries.ts'
import { changeUser } from '../../services/people/change-user.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { replyInvited } from './invited.ts'

const { users } = paths.admin

export async function index(req: Request, res: Response) {
  const query = read(userSearch, req.query)
  const chosen = query.clinicId ? [query.clinicId] : []
  const [found, clinics] = await Promise.all([listUsers(req.ctx, query), clinicChoices(req.ctx, chosen)])
  await reply(req, res, 'admin/users/index', { ...found, clinics, form: blankForm(userSearch, { ...query }) })
}

/** Exactly the list, however long, as a table for a spreadsheet. */
export async function csv(req: Request, res: Response) {
  const { t, ctx } = req
  const query = read(userSearch, req.query)
  await replyRows(req, res, 'users', notingExport(ctx, 'users', query, everyUser(ctx, query)), {
    'admin:users.csv.name': account => account.name,
    'admin:users.csv.email': account => account.email,
    'admin:users.csv.phone': account => account.phone,
    'admin:users.csv.role': ({ role }) => t(`admin:roles.${role}`),
    'admin:users.csv.clinics': ({ clinics }) => clinics.map(({ name }) => name).join(', '),
    'admin:users.csv.state': ({ state }) => t(`admin:state.${state}`),
    'admin:users.csv.createdAt': ({ createdAt }) => createdAt.slice(0, 10)
  })
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
  const form = blankForm(userForm, typed(account))
  await reply(req, res, 'admin/users/edit', { account, clinics: await clinicsFor(req, account), form })
}

/** The whole form from a browser, less what it can't say; from a program that sends PATCH, only what should change. */
export async function update(req: Request, res: Response) {
  const before = await accountOf(req)
  const body = req.method === 'PATCH' ? { ...typed(before), ...req.body } : { role: before.role, ...req.body }
  const changed = await submit(userForm, body, details => changeUser(req.ctx, before.id, details))
  const clinics = changed.ok ? [] : await clinicsFor(req, before)
  if (!changed.ok) return replyRefused(req, res, 'admin/users/edit', changed, { account: before, clinics })

  const data = { account: await accountOf(req) }
  const flash = data.account.role === before.role ? 'admin:flash.saved' : 'admin:flash.roleChanged'
  return replyDone(req, res, { to: users.show(before.id), data, flash })
}

const accountOf = (req: Request) => userFor(req.ctx, idOf(req.params))

const clinicsFor = (req: Request, account: UserRecord) =>
  account.role === 'DOCTOR' ? [] : clinicChoices(req.ctx, clinicIdsOf(account))

/** A doctor's clinics are not the account's. */
const clinicIdsOf = ({ role, clinics }: UserRecord) => (role === 'STAFF' ? clinics.map(({ id }) => id) : [])

/** What somebody would have typed to have this account. */
const typed = (account: UserRecord) => {
  const { name, phone, role } = account
  return { name, phone: phone ?? '', role, clinicIds: clinicIdsOf(account) }
}
