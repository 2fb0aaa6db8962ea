/**
 * Everything that is written down, by what it is of. The words for each are in the locale file `audit`; an event that is
 * recorded and not listed here has none.
 */
const byTopic = {
  access: ['refused'],
  appointment: [
    ...[
      'held',
      'hold-changed',
      'released',
      'expired',
      'booked',
      'moved',
      'confirmed',
      'rejected',
      'checked-in',
      'check-in-undone'
    ],
    ...['completed', 'cancelled', 'no-show', 'room-changed', 'overbooked', 'reassigned', 'moved-here', 'proposed']
  ],
  appointments: ['exported'],
  audit: ['exported'],
  clinic: ['opened', 'changed', 'activated', 'deactivated', 'removed'],
  closure: ['added', 'removed'],
  doctor: ['hired', 'changed', 'photo-changed', 'photo-removed', 'activated', 'deactivated', 'removed'],
  invitation: ['created', 'accepted'],
  message: ['resent', 'settled'],
  messages: ['exported'],
  note: ['written', 'shared'],
  patient: ['added', 'changed', 'archived', 'erased', 'viewed', 'history-added', 'allergies-changed'],
  patients: ['exported'],
  payment: [
    ...['started', 'failed', 'succeeded', 'replaced', 'collected', 'collection-undone', 'called-off'],
    ...['waived', 'refund-owed', 'refunded', 'refund-bounced']
  ],
  payments: ['exported'],
  prescription: ['written', 'shared'],
  room: ['added', 'changed', 'activated', 'deactivated', 'removed'],
  session: ['ended'],
  settings: ['changed'],
  specialization: ['added', 'changed', 'activated', 'deactivated', 'removed'],
  symptom: ['added', 'changed', 'activated', 'deactivated', 'removed'],
  timeslot: ['blocked', 'opened', 'removed'],
  timeslots: ['added', 'published'],
  'time-off': ['added', 'removed'],
  user: [
    ...['added', 'registered', 'changed', 'disabled', 'enabled', 'erased', 'password-changed', 'password-reset'],
    ...['reset-offered', 'sessions-ended', 'signed-in', 'signed-out', 'sign-in-failed', 'feed-made', 'feed-removed'],
    ...['email-confirmed', 'email-change-asked', 'email-changed']
  ],
  users: ['exported'],
  'working-hours': ['added', 'changed', 'removed']
} as const satisfies Record<string, readonly string[]>

/** Topics with the names of their events: `clinic` with `clinic.opened` and so on. */
export const topics = Object.entries(byTopic).map(([topic, verbs]) => ({
  topic,
  events: verbs.map(verb => `${topic}.${verb}`)
}))

/** The events that a word stands for: one of them by its name, or all of a topic. */
export const eventsCalled = (word: string) => topics.find(({ topic }) => topic === word)?.events ?? [word]

/** Only what has words can be recorded. */
export type EventName = { [T in keyof typeof byTopic]: `${T}.${(typeof byTopic)[T][number]}` }[keyof typeof byTopic]
