import type { Actor } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Told } from '../../database/events.ts'

/** What a stream may say happened: the kind of thing, never which one or whose. */
export const KINDS = ['appointment', 'timeslot', 'closure', 'settings'] as const

export type Kind = (typeof KINDS)[number]

/** Something that happened at a clinic, or to a doctor wherever they work, or, with neither, to everyone. */
export interface News {
  kind: Kind
  clinicId: string | null
  doctorId: string | null
}

/** What is said first of an event's name, and the kind of thing it is about. Of all else nobody is told. */
const kinds = new Map<string, Kind>([
  ['appointment', 'appointment'],
  ['payment', 'appointment'],
  ['timeslot', 'timeslot'],
  ['timeslots', 'timeslot'],
  ['time-off', 'timeslot'],
  ['working-hours', 'timeslot'],
  ['closure', 'closure'],
  ['clinic', 'settings'],
  ['doctor', 'settings'],
  ['room', 'settings'],
  ['settings', 'settings']
])
/** Their events are about a doctor, if they name no clinic. */
const aboutDoctors = new Set(['timeslots', 'time-off', 'working-hours', 'doctor'])

/** What an event is to those who watch: nothing for most. When something was missed, it may have been anything. */
export function newsOf({ event, clinicId, subjectId }: Told): News[] {
  if (event === 'missed') return KINDS.map(kind => ({ kind, clinicId: null, doctorId: null }))
  const [subject = ''] = event.split('.')
  const kind = kinds.get(subject)
  return kind ? [{ kind, clinicId, doctorId: !clinicId && aboutDoctors.has(subject) ? subjectId : null }] : []
}

/** Who watches: an account, with the clinics whose news it may hear; null for all of them. */
export interface Watcher {
  doctorId: string | null
  clinicIds: ReadonlySet<string> | null
}

/** The front desk watches its own clinics, doctors those they work at, admins all. Anybody else watches none. */
export async function watcherOf({ role, doctorId, clinicIds }: Actor): Promise<Watcher> {
  if (role === 'ADMIN') return { doctorId, clinicIds: null }
  if (role === 'DOCTOR' && doctorId)
    return { doctorId, clinicIds: new Set((await clinicsOf([doctorId])).get(doctorId)) }
  return { doctorId, clinicIds: new Set(role === 'STAFF' ? clinicIds : []) }
}

/** The clinics of each of these doctors. */
export async function clinicsOf(doctorIds: string[]) {
  const clinics = new Map<string, string[]>(doctorIds.map(id => [id, []]))
  if (doctorIds.length === 0) return clinics
  const rows = await db.doctorClinic.findMany({ where: { doctorId: { in: doctorIds } } })
  for (const { doctorId, clinicId } of rows) clinics.get(doctorId)?.push(clinicId)
  return clinics
}

/** Whether somebody may hear of it. `clinics` are those of the doctors in the news. */
export function concerns({ clinicId, doctorId }: News, watcher: Watcher, clinics: Map<string, string[]>) {
  const { clinicIds } = watcher
  if (!clinicIds) return true
  if (clinicId) return clinicIds.has(clinicId)
  if (!doctorId) return true
  return doctorId === watcher.doctorId || Boolean(clinics.get(doctorId)?.some(id => clinicIds.has(id)))
}
