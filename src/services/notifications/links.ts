import { config } from '../../config.ts'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { paths } from '../../paths.ts'
import { toDate } from '../../scheduling/zone.ts'
import { isSigned, sign } from '../../signatures.ts'
import { upcoming } from '../appointments/transitions.ts'

/** What a link to an appointment is good for: this appointment as it stands, for whoever it was mailed to. */
export interface Linked {
  id: string
  /** Rises when the appointment is moved or ends: older links are good for nothing then. */
  sequence: number
  accountId: string
  /** The account's address: with another one, older links are good for nothing. */
  email: string
}

const said = ({ id, sequence, accountId, email }: Linked) => [id, sequence, accountId, email.toLowerCase()].join(':')

/**
 * The address of a page for one appointment that needs no signing in: until the visit begins, until it is moved or
 * cancelled, and as long as the account looks after the patient and has that address. Opening it changes nothing.
 */
export const visitLink = (linked: Linked) => config.baseUrl + paths.visits.show(visitToken(linked))

/** What stands in that address: whose it is does not. */
export const visitToken = (linked: Linked) =>
  `${linked.id.replaceAll('-', '')}${linked.sequence}-${sign('visit', said(linked))}`

const token = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})(0|[1-9]\d{0,8})-([\w-]{22})$/

/** The appointment that a link opens, and the account it was mailed to; null when the link is not good any more. */
export async function visitLinked(ctx: Ctx, given: string): Promise<Linked | null> {
  const mailed = await mailedLink(given)
  return mailed && !whyNotGood(ctx, mailed) ? mailed.linked : null
}

/** What became of the appointment of a link that was good once, and whom to ring; null when it was made up. */
export async function whyGone(ctx: Ctx, given: string) {
  const mailed = await mailedLink(given)
  const why = mailed && whyNotGood(ctx, mailed)
  return why ? { why, clinic: mailed.visit.clinic } : null
}

/** The appointment that has just been cancelled, to whoever has the link that it has since: for an hour, else null. */
export async function visitCancelled({ now }: Ctx, given: string): Promise<Linked | null> {
  const mailed = await mailedLink(given)
  if (!mailed) return null
  const { status, sequence, cancelledAt } = mailed.visit
  const isFresh = cancelledAt && cancelledAt > toDate(now.subtract({ hours: 1 }))
  return isFresh && status === 'CANCELLED' && sequence === mailed.linked.sequence ? mailed.linked : null
}

const found = {
  ...{ status: true, sequence: true, startsAt: true, cancelledAt: true },
  clinic: { select: { id: true, name: true, city: true, phone: true } },
  patient: { select: { account: { select: { id: true, email: true, disabledAt: true, erasedAt: true } } } }
} satisfies Prisma.AppointmentSelect

interface Mailed {
  linked: Linked
  visit: Prisma.AppointmentGetPayload<{ select: typeof found }>
}

/** A link that was mailed, whatever became of its appointment since; null when it was made up. */
async function mailedLink(given: string): Promise<Mailed | null> {
  const [, a, b, c, d, e, count, signature = ''] = token.exec(given) ?? []
  if (!a) return null
  const [id, sequence] = [[a, b, c, d, e].join('-'), Number(count)]
  const visit = await db.appointment.findUnique({ where: { id }, select: found })
  const account = visit?.patient.account
  if (!account || account.disabledAt || account.erasedAt) return null
  const linked = { id, sequence, accountId: account.id, email: account.email }
  return isSigned('visit', said(linked), signature) ? { linked, visit } : null
}

function whyNotGood({ now }: Ctx, { linked, visit }: Mailed) {
  const { status, sequence, startsAt } = visit
  if (status === 'CANCELLED') return 'cancelled'
  if (status === 'REJECTED') return 'rejected'
  if (!upcoming.some(each => each === status) || startsAt <= toDate(now)) return 'begun'
  return sequence === linked.sequence ? null : 'moved'
}

/** Where somebody stops reminders from coming, without signing in. */
export const unsubscribeLink = (userId: string) => config.baseUrl + paths.unsubscriptions(unsubscribeToken(userId))

export const unsubscribeToken = (userId: string) => `${userId}.${sign('unsubscribe', userId)}`

const unsubscribing = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{22})$/

/** Whose reminders a link stops; null when it was made up. */
export function unsubscribed(given: string): string | null {
  const [, userId = '', signature = ''] = unsubscribing.exec(given) ?? []
  return userId && isSigned('unsubscribe', userId, signature) ? userId : null
}
