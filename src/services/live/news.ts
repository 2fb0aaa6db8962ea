import type { Told } from '../../database/events.ts'

/** What a stream may say happened to the team: the kind of thing, never which one or whose. */
export const TEAM = ['appointment', 'timeslot', 'closure', 'message', 'settings'] as const

export type Kind = (typeof TEAM)[number] | 'notice'

/** Something that happened at a clinic, or to a doctor wherever they work, or, with neither, to everyone. */
export interface News {
  kind: Kind
  clinicId: string | null
  doctorId: string | null
  /** Whose notices they are: nobody else hears of them. */
  accountId: string | null
  /** The doctors whose free times it may have changed; all of the clinic's when none is named, null for nobody's. */
  timesOf: string[] | null
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
  ['settings', 'settings'],
  ['message', 'message'],
  ['notice', 'notice']
])
/** Their events are about a doctor, if they name no clinic. */
const aboutDoctors = new Set(['timeslots', 'time-off', 'working-hours', 'doctor'])
/** After these, other times may be free than before. Everybody may know: they see the times. */
const changesTimes =
  /^(timeslots?|time-off|working-hours|closure|clinic|doctor)\.|^appointment\.(held|released|expired|booked|overbooked|moved|reassigned|rejected|cancelled)$/

/** What an event is to those who watch: nothing for most. When something was missed, it may have been anything. */
export function newsOf({ event, clinicId, subjectId, doctorIds }: Told): News[] {
  const [subject = ''] = event.split('.')
  const of = { clinicId, doctorId: null, accountId: null, timesOf: null }
  if (event === 'missed')
    return [...TEAM, 'notice' as const].map(kind => ({ ...of, kind, timesOf: kind === 'timeslot' ? [] : null }))
  // What waits to be sent wakes who sends: nobody looks at it.
  const kind = event === 'message.planned' ? undefined : kinds.get(subject)
  if (!kind) return []
  if (kind === 'notice') return [{ ...of, kind, accountId: subjectId }]
  const doctorId = !clinicId && aboutDoctors.has(subject) ? subjectId : null
  const timesOf = changesTimes.test(event) ? [...new Set(doctorId ? [doctorId, ...doctorIds] : doctorIds)] : null
  return [{ ...of, kind, doctorId, timesOf }]
}
