import type { Request, Response } from 'express'
import { profileForm } from '../../forms/admin.ts'
import { photoForm } from '../../forms/doctor.ts'
import { nothing } from '../../forms/fields.ts'
import { blankForm, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { changeProfile } from '../../services/people/change-profile.ts'
import { ownProfile } from '../../services/people/own-profile.ts'
import { removePhoto, setPhoto } from '../../services/people/set-photo.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'doctor/profile/edit'
const photoPage = 'doctor/profile/photo'

export async function edit(req: Request, res: Response) {
  await reply(req, res, page, await blankPage(req))
}

/** The whole form from a browser; from a program that sends PATCH, only what should change. */
export async function update(req: Request, res: Response) {
  const body = req.method === 'PATCH' ? { ...typed(await ownProfile(req.ctx)), ...req.body } : req.body
  const changed = await submit(profileForm, body, details => changeProfile(req.ctx, details))
  const data = { profile: await ownProfile(req.ctx) }
  if (!changed.ok) return replyRefused(req, res, page, changed, data)
  return replyDone(req, res, { to: paths.doctor.profile(), data, flash: 'doctor:profile.saved' })
}

/** On a page of its own: sending a photo loses nothing that was typed in the profile. */
export async function editPicture(req: Request, res: Response) {
  await reply(req, res, photoPage, await photoData(req))
}

export async function setPicture(req: Request, res: Response) {
  const set = await submit(photoForm, req.body, async ({ photo }) => setPhoto(req.ctx, await photo.bytes()))
  if (!set.ok) return replyRefused(req, res, photoPage, set, { profile: await ownProfile(req.ctx) })
  return replyPicture(req, res, 'doctor:profile.photo.set')
}

export async function removePicture(req: Request, res: Response) {
  const removed = await submit(nothing, req.body, () => removePhoto(req.ctx))
  if (!removed.ok) return replyRefused(req, res, photoPage, removed, { profile: await ownProfile(req.ctx) })
  return replyPicture(req, res, 'doctor:profile.photo.removed')
}

async function replyPicture(req: Request, res: Response, flash: string) {
  return replyDone(req, res, { to: paths.doctor.profile(), data: { profile: await ownProfile(req.ctx) }, flash })
}

const photoData = async (req: Request) => ({ profile: await ownProfile(req.ctx), form: blankForm(photoForm) })

async function blankPage(req: Request) {
  const profile = await ownProfile(req.ctx)
  return { profile, form: blankForm(profileForm, typed(profile)) }
}

/** What they would have typed to have this profile. */
function typed({ name, phone, biography, languages, yearsOfExperience }: Awaited<ReturnType<typeof ownProfile>>) {
  return { name, phone: phone ?? '', biography, languages: languages.join(', '), yearsOfExperience }
}
