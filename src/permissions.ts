import type { Actor } from './context.ts'

type Role = Actor['role']

/** Who may do what. No line, no right. Which records of a kind is another matter: services find them through the person. */
const table = {
  'appointments.book': ['PATIENT'],
  'patients.look-after': ['PATIENT'],
  'schedule.run': ['DOCTOR'],
  'records.keep': ['DOCTOR'],
  'admin.enter': ['STAFF', 'ADMIN'],
  'appointments.list': ['STAFF', 'ADMIN'],
  'appointments.cancel': ['STAFF', 'ADMIN'],
  'appointments.move': ['STAFF', 'ADMIN'],
  'rooms.assign': ['STAFF', 'ADMIN'],
  'availability.manage': ['STAFF', 'ADMIN'],
  'closures.manage': ['STAFF', 'ADMIN'],
  'clinics.read': ['STAFF', 'ADMIN'],
  'clinics.manage': ['ADMIN'],
  'doctors.read': ['STAFF', 'ADMIN'],
  'doctors.manage': ['ADMIN'],
  'users.manage': ['ADMIN']
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof table

export const may = (actor: Actor, permission: Permission) => (table[permission] as readonly Role[]).includes(actor.role)
