import type { RequestHandler } from 'express'
import { paths, type Times } from '../paths.ts'
import { holderOf } from '../services/appointments/linked.ts'
import { clinicPhones } from '../services/clinics/queries.ts'
import { visitLinked, whyGone } from '../services/notifications/links.ts'
import { reply, replyProblem, wantsJson } from '../views.ts'

/** The address is a key: it goes to nobody else, neither with a click nor into a search engine. */
export const secretAddress: RequestHandler = (_req, res, next) => {
  res.set({ 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' })
  next()
}

/**
 * The gate of the pages behind a mailed link: from here on it is the account that asks, for that appointment only,
 * whoever is signed in besides. Only of a link that was mailed is it told what became of the appointment: whatever was
 * made up looks the same.
 */
export const visitLink: RequestHandler = async (req, res, next) => {
  const token = String(req.params.token)
  const linked = await visitLinked(req.ctx, token)
  if (linked) {
    req.ctx = { ...req.ctx, actor: holderOf(linked) }
    res.locals.visitPages = pagesBehind(token)
    return next()
  }
  if (wantsJson(req)) return replyProblem(req, res, 404, 'messages:link.gone.title')
  const gone = await whyGone(req.ctx, token)
  const clinics = gone ? [gone.clinic] : await clinicPhones()
  return reply(req, res.status(404), 'visits/gone', { why: gone?.why ?? 'broken', clinics })
}

/** The pages of an appointment, under the names that those of an account's own have. */
const pagesBehind = (token: string) => ({
  show: () => paths.visits.show(token),
  reschedule: (_id: string, query?: Times) => paths.visits.reschedule(token, query),
  cancellation: () => paths.visits.cancellation(token)
})
