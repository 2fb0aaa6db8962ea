import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { isOwnClinic } from '../clinics/own-clinic.ts'
import type { MessageData } from '../notifications/kinds.ts'
import { failureOf, stateOf } from './message-state.ts'

/** What is read of a message wherever one is shown: never what it says. */
export const messageFields = {
  ...{ id: true, kind: true, channel: true, status: true, attempts: true, lastError: true, clinicId: true },
  ...{ closedAt: true, data: true },
  copies: { select: { createdAt: true } },
  copyOf: { select: { copies: { select: { createdAt: true } } } },
  ...{ sendAfter: true, createdAt: true, lastAttemptAt: true, sentAt: true, seenToAt: true, recipientId: true },
  recipient: { select: { name: true, role: true } },
  patient: { select: { id: true, name: true } },
  clinic: { select: { id: true, name: true, city: true, timeZone: true } },
  appointment: {
    select: {
      ...{ id: true, reference: true, startsAt: true },
      patient: { select: { id: true, name: true } },
      clinic: { select: { id: true, timeZone: true } }
    }
  }
} satisfies Prisma.NotificationSelect

export type MessageRow = Prisma.NotificationGetPayload<{ select: typeof messageFields }>

/** Whether what it is about is for this person to see: a visit may have gone to another clinic since. */
export const isAboutOwn = (ctx: Ctx, { appointment }: Pick<MessageRow, 'appointment'>) =>
  !appointment || isOwnClinic(ctx, appointment.clinic.id)

/**
 * A message as lists and pages show it, by the clock of the clinic that sees to it; account mails in UTC. Of a visit that
 * went to another clinic, this one knows when it was to be; null when the message did not say.
 */
export function messageView(ctx: Ctx, row: MessageRow) {
  const { id, kind, channel, attempts, recipient, patient, appointment, clinic, lastError, status } = row
  const timeZone = clinic?.timeZone ?? 'UTC'
  const at = (date: Date | null) => date && onTheClock(date, timeZone)
  const isFailure = status === 'FAILED' || status === 'PLANNED'
  return {
    ...{ id, kind, channel, attempts, timeZone, state: stateOf(row) },
    to: { name: recipient?.name ?? patient?.name ?? '', isDoctor: recipient?.role === 'DOCTOR' },
    plannedAt: onTheClock(row.createdAt, timeZone),
    dueAt: onTheClock(row.sendAfter, timeZone),
    lastAttemptAt: at(row.lastAttemptAt),
    sentAt: at(row.sentAt),
    seenToAt: at(row.seenToAt),
    /** Whether a copy of it was sent then, rather than that somebody told them. */
    isSentAgain: isSentAgain(row),
    said: saidOf(row, at),
    failure: isFailure ? failureOf(lastError) : null,
    /** What was said by codes alone: of a failure, or why it was dropped. */
    code: lastError,
    clinic: clinic && { id: clinic.id, name: clinic.name, city: clinic.city },
    appointment: appointment && {
      ...{ id: appointment.id, reference: appointment.reference, patient: appointment.patient },
      ...(isAboutOwn(ctx, row) ? visitTime(appointment) : { startsAt: at(toldTime(row)), timeZone })
    }
  }
}

const visitTime = ({ startsAt, clinic: { timeZone } }: NonNullable<MessageRow['appointment']>) => ({
  startsAt: onTheClock(startsAt, timeZone),
  timeZone
})

const dateOf = (time: string | undefined) => (time ? new Date(time) : null)
const dataOf = ({ data }: MessageRow) => (data ?? {}) as MessageData
const toldTime = (row: MessageRow) => dateOf(dataOf(row).startsAt)

/** Of what it said, what somebody who rings must know: when the visit was, when it was to be, how many times to choose from. */
function saidOf(row: MessageRow, at: (date: Date | null) => string | null) {
  const { from, timeslotIds } = dataOf(row)
  return { from: at(dateOf(from)), startsAt: at(toldTime(row)), times: timeslotIds?.length ?? 0 }
}

const isSentAgain = ({ seenToAt, copies, copyOf }: MessageRow) =>
  [...copies, ...(copyOf?.copies ?? [])].some(({ createdAt }) => createdAt.valueOf() === seenToAt?.valueOf())
