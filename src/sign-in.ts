import type { Request } from 'express'
import type { Actor } from './context.ts'
import { paths } from './paths.ts'
import { may, type Permission } from './permissions.ts'
import { ownAccount } from './services/people/queries.ts'

/** Two pages to sign in at, one machinery. */
export type Door = 'patients' | 'team'

/** A session of their own, under a new id: what a guest's session held is gone. */
export async function startSession(req: Request, account: Actor) {
  await new Promise<void>((resolve, reject) => req.logIn(account, error => (error ? reject(error) : resolve())))
  const now = req.ctx.now.epochMilliseconds
  Object.assign(req.session, { startedAt: now, seenAt: now, userAgent: (req.get('user-agent') ?? '').slice(0, 300) })
}

export const endSession = (req: Request) =>
  new Promise<void>((resolve, reject) => req.session.destroy(error => (error ? reject(error) : resolve())))

/** Who is signed in, and the token that every change must send. */
export async function sessionFor(req: Request, actor: Actor) {
  if (!actor.id) return { user: null, csrfToken: req.csrfToken() }
  const { id, name, email, role } = await ownAccount({ ...req.ctx, actor })
  return { user: { id, name, email, role }, csrfToken: req.csrfToken() }
}

/** The page that answers a role's first question: what is next? */
const starts: Record<Actor['role'], string> = {
  PATIENT: paths.booking.appointments.index(),
  DOCTOR: paths.doctor.schedule.index(),
  STAFF: paths.admin.index(),
  ADMIN: paths.admin.index(),
  GUEST: paths.home(),
  SYSTEM: paths.home()
}

const areas = new Map<string, Permission>([
  ['booking', 'appointments.book'],
  ['doctor', 'schedule.run'],
  ['admin', 'admin.enter']
])
/** What everybody finds under booking. */
const finding = ['clinics', 'doctors']

export const startPage = (actor: Actor) => starts[actor.role]

/** Where somebody goes after signing in: where they wanted to, unless that part of the product is not theirs. */
export function landing(actor: Actor, next: string | undefined) {
  if (!next) return startPage(actor)
  const [, area = '', part = ''] = new URL(next, 'http://docket').pathname.split('/')
  const permission = area === 'booking' && finding.includes(part) ? undefined : areas.get(area)
  return permission && !may(actor, permission) ? startPage(actor) : next
}
