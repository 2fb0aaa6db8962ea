import type { Request, Response } from 'express'
import { blankForm, type Form, submit } from '../../forms/form.ts'
import { settingsForm } from '../../forms/settings.ts'
import { paths } from '../../paths.ts'
import { changeSettings, defaults } from '../../services/settings/change-settings.ts'
import { lateReminders } from '../../services/settings/late-reminders.ts'
import { type Settings, settings, settingsSchema } from '../../services/settings/settings.ts'
import { waysToPay } from '../../services/settings/ways-to-pay.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'
import { clinicChoices } from './clinic-choices.ts'

const page = 'admin/settings/edit'
const schema = settingsForm(settingsSchema)

export async function edit(req: Request, res: Response) {
  const inForce = await settings()
  const [payments, late] = await Promise.all([waysToPay(), lateReminders(inForce)])
  const form = blankForm(schema, inForce)
  await reply(req, res, page, { settings: inForce, defaults, payments, late, ...choices(req, form), form })
}

/** The whole form from a browser; from a program that sends PATCH, only what should change. */
export async function update(req: Request, res: Response) {
  const inForce = await settings()
  const isPatch = req.method === 'PATCH'
  const body = isPatch ? { ...inForce, ...req.body } : req.body
  const changed = await submit(schema, body, wanted =>
    changeSettings(req.ctx, isPatch ? only(req.body, wanted) : wanted)
  )
  if (!changed.ok) {
    const [payments, late] = await Promise.all([waysToPay(), lateReminders(inForce)])
    const more = { payments, late, ...choices(req, changed.form) }
    return replyRefused(req, res, page, changed, { settings: inForce, defaults, ...more })
  }

  const data = { settings: changed.result, defaults }
  return replyDone(req, res, { to: paths.admin.settings(), data, flash: 'admin:flash.settings' })
}

const only = (sent: object, wanted: Settings): Partial<Settings> =>
  Object.fromEntries(Object.entries(wanted).filter(([key]) => Object.hasOwn(sent, key)))

/** Some lengths of time are chosen, as on the form of a clinic, not typed. */
function choices(req: Request, form: Form) {
  if (wantsJson(req)) return {}
  const { minimumNotice, cancellationNotice } = clinicChoices(req, form)
  return { notices: { minimumNoticeMinutes: minimumNotice, cancellationNoticeMinutes: cancellationNotice } }
}
