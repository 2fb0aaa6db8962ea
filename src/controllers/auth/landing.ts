import type { Actor } from '../../context.ts'
import { paths } from '../../paths.ts'
import { may, type Permission } from '../../permissions.ts'

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

export const startPage = (actor: Actor) => starts[actor.role]

/** Where somebody goes after signing in: where they wanted to, unless that part of the product is not theirs. */
export function landing(actor: Actor, next: string | undefined) {
  if (!next) return startPage(actor)
  const permission = areas.get(new URL(next, 'http://docket').pathname.split('/')[1] ?? '')
  return permission && !may(actor, permission) ? startPage(actor) : next
}
