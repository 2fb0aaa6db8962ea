/**
 * Everything that is told by message, by who is told: patients or whoever looks after them, doctors, the owner of an
 * account. Words are under the same name in the locale file `emails`, and in `texts` and `notices` where it goes there.
 */
const byTopic = {
  appointment: ['booked', 'confirmed', 'rejected', 'moved', 'cancelled', 'reminder', 'proposed'],
  payment: ['receipt', 'refunded', 'time-gone'],
  doctor: ['booked', 'moved', 'cancelled', 'agenda'],
  account: ['invited', 'confirm', 'reset', 'password-changed', 'email-change', 'email-changed', 'email-known']
} as const satisfies Record<string, readonly string[]>

export type MessageKind = { [T in keyof typeof byTopic]: `${T}.${(typeof byTopic)[T][number]}` }[keyof typeof byTopic]

/** All of them, by their whole names. */
export const messageKinds = Object.entries(byTopic).flatMap(([topic, kinds]) =>
  kinds.map(kind => `${topic}.${kind}`)
) as MessageKind[]

/** What nobody should learn late: whoever has no mail is texted it, and the desk rings if that fails. */
export const urgent: ReadonlySet<MessageKind> = new Set([
  ...(['appointment.rejected', 'appointment.moved', 'appointment.cancelled', 'appointment.proposed'] as const)
])

/** What goes to many at once and that nobody waits for. */
export const forMany: ReadonlySet<MessageKind> = new Set(['appointment.reminder', 'doctor.agenda'] as const)

/** What else a message must know of what it tells: ids, times by the clinic's clock, never names or words. */
export interface MessageData {
  /** How often the appointment had been changed by then (RFC 5545, SEQUENCE): older news is no news. */
  sequence?: number
  /** When the visit was to be then, and before it was moved. */
  startsAt?: string
  from?: string
  /** Whoever is told did it. */
  isOwn?: boolean
  /** So many hours before the visit. */
  hours?: number
  /** The times that were proposed. */
  timeslotIds?: string[]
  /** How many times had been proposed by then, times and again. */
  round?: number
  /** Whose visit it was before. */
  formerDoctorId?: string
  paymentId?: string
  invitationId?: string
  /** The day of an agenda, and the clinic whose day it is. */
  day?: string
  clinicId?: string
}

/** Why a message was not sent, when that is as it should be. */
export const whyDropped = ['SUPERSEDED', 'OVER', 'NOT_WANTED', 'NO_ACCOUNT', 'NOT_TRUE'] as const

export type WhyDropped = (typeof whyDropped)[number]
