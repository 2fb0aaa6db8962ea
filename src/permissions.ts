import type { Actor } from './context.ts'

type Role = Actor['role']

/**
 * Who may do what. No line, no right. Which records of a kind is another matter: services find them through the person.
 */
const table = {
  'appointments.book': ['PATIENT'],
  'patients.look-after': ['PATIENT'],
  'schedule.run': ['DOCTOR'],
  'records.keep': ['DOCTOR'],
  'profile.keep': ['DOCTOR'],
  /** To hear of what happens at one's clinics, or that there is a new notice. */
  'live.follow': ['PATIENT', 'DOCTOR', 'STAFF', 'ADMIN'],
  'notices.read': ['PATIENT', 'DOCTOR'],
  /** To say what one wants to be sent. */
  'messages.choose': ['PATIENT', 'DOCTOR'],
  /** To have a calendar of one's own appointments. */
  'calendar.follow': ['PATIENT', 'DOCTOR'],
  'admin.enter': ['STAFF', 'ADMIN'],
  'appointments.list': ['STAFF', 'ADMIN'],
  'appointments.run': ['STAFF', 'ADMIN'],
  'appointments.book-for-patients': ['STAFF', 'ADMIN'],
  /** To squeeze somebody in on top of another, with a reason that is kept. */
  'appointments.overbook': ['STAFF', 'ADMIN'],
  'appointments.cancel': ['STAFF', 'ADMIN'],
  'appointments.move': ['STAFF', 'ADMIN'],
  'patients.manage': ['STAFF', 'ADMIN'],
  'payments.list': ['STAFF', 'ADMIN'],
  /** To take money at the desk and note it. */
  'payments.collect': ['STAFF', 'ADMIN'],
  /** To give money back, keep it when a visit is cancelled late, or let somebody off what they owe. */
  'payments.refund': ['STAFF', 'ADMIN'],
  /** To see what was sent to whom and what was not, send it again, and see to who could not be reached. */
  'messages.list': ['STAFF', 'ADMIN'],
  /** To replace who somebody is, for good. */
  'patients.erase': ['ADMIN'],
  'rooms.assign': ['STAFF', 'ADMIN'],
  'availability.manage': ['STAFF', 'ADMIN'],
  'closures.manage': ['STAFF', 'ADMIN'],
  'clinics.read': ['STAFF', 'ADMIN'],
  'clinics.manage': ['ADMIN'],
  'doctors.read': ['STAFF', 'ADMIN'],
  'doctors.manage': ['ADMIN'],
  'rooms.read': ['STAFF', 'ADMIN'],
  'rooms.manage': ['ADMIN'],
  /** Specializations, and what people come with. */
  'catalogue.manage': ['ADMIN'],
  'analytics.read': ['STAFF', 'ADMIN'],
  /** How the machinery does. */
  'system.read': ['ADMIN'],
  'users.manage': ['ADMIN'],
  'audit.read': ['ADMIN'],
  'settings.manage': ['ADMIN']
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof table

export const may = (actor: Actor, permission: Permission) => (table[permission] as readonly Role[]).includes(actor.role)
