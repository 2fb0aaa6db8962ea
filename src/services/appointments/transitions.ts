import type { Actor, Ctx } from '../../context.ts'
import { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus as Status } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'

type Role = Actor['role']

const team: Role[] = ['DOCTOR', 'STAFF', 'ADMIN']
const anyone: Role[] = ['PATIENT', ...team]

/** Who may move an appointment from where to where. No line, no move. */
const table: Record<Status, Partial<Record<Status, Role[]>>> = {
  HELD: { BOOKED: [...anyone, 'SYSTEM'], CONFIRMED: team, EXPIRED: [...anyone, 'SYSTEM'] },
  BOOKED: { BOOKED: anyone, CONFIRMED: team, REJECTED: team, CHECKED_IN: team, CANCELLED: anyone, NO_SHOW: team },
  CONFIRMED: { BOOKED: ['PATIENT'], CONFIRMED: team, CHECKED_IN: team, CANCELLED: anyone, NO_SHOW: team },
  CHECKED_IN: { CONFIRMED: team, COMPLETED: team, CANCELLED: team },
  COMPLETED: {},
  // Money may arrive after the hold ran out: its time is booked if nobody took it.
  EXPIRED: { BOOKED: ['SYSTEM'] },
  CANCELLED: {},
  REJECTED: {},
  NO_SHOW: {}
}

/** Statuses that keep the slot, the patient's time and the room from anyone else. The database has the same list. */
export const live = ['HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED'] as const satisfies Status[]

/** The same as SQL over `a` (appointments); spelled out, so that the database can use its indexes of live ones. */
export const isLive = Prisma.sql`a.status IN ('HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED')`

/** Live ones that count just now: a hold that ran out keeps nothing from anybody. */
export const standing = ({ now }: Ctx) =>
  ({
    status: { in: [...live] },
    NOT: { status: 'HELD', holdExpiresAt: { lte: toDate(now) } }
  }) satisfies Prisma.AppointmentWhereInput

/** The same as SQL over `a`. */
export const isStanding = ({ now }: Ctx) =>
  Prisma.sql`${isLive} AND NOT (a.status = 'HELD' AND a.hold_expires_at <= ${toDate(now)}::timestamptz)`

/** Statuses of a visit that is still to come. */
export const upcoming = ['BOOKED', 'CONFIRMED', 'CHECKED_IN'] as const satisfies Status[]

/** The same as SQL over `a`. */
export const isUpcoming = Prisma.sql`a.status IN ('BOOKED', 'CONFIRMED', 'CHECKED_IN')`

/** Whether a visit that was booked does not take place. */
export const isCalledOff = (status: Status): status is 'CANCELLED' | 'REJECTED' =>
  status === 'CANCELLED' || status === 'REJECTED'

export const mayMove = (role: Role, from: Status, to: Status) => table[from][to]?.includes(role) ?? false

/**
 * What an appointment is when it has been moved; null when it stays where it is. What a patient moves is confirmed
 * anew. Only the team moves somebody who waits already: a doctor may have to go home.
 */
export function afterMove(role: Role, from: Status): Status | null {
  if (from !== 'BOOKED' && from !== 'CONFIRMED' && from !== 'CHECKED_IN') return null
  const to = role === 'PATIENT' ? 'BOOKED' : from === 'CHECKED_IN' ? 'CONFIRMED' : from
  return mayMove(role, from, to) ? to : null
}
