import type { Temporal } from 'temporal-polyfill'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { MessageData, MessageKind, WhyDropped } from './kinds.ts'

/** What goes somewhere: a notice on a page is there already. */
export type Way = 'EMAIL' | 'SMS'

/** A message as it waits in the ledger: to an account, or to a patient who has none. */
export interface Waiting {
  id: string
  kind: MessageKind
  channel: Way
  recipientId: string | null
  patientId: string | null
  address: string | null
  appointmentId: string | null
  data: MessageData
}

/** What is due and was taken on. `attempts` counts this one. */
export interface Due extends Waiting {
  attempts: number
  /** When the visit is that it is about, as it is and as it was. */
  times: (Date | null)[]
}

/** Longer than an attempt can take. Whoever takes it on and is killed, leaves it to others after that. */
const LEASE_MINUTES = 5
/**
 * After each attempt that failed, in minutes: 30 hours in all, the time it takes to notice and to mend a mail server.
 */
const PAUSES = [1, 5, 15, 60, 240, 720, 720]
/** Whoever is expected soon must hear of it soon, from the desk if not by message: the desk has to know in time. */
const SOON_HOURS = 24
const MOST_WHEN_SOON = 5
const HOURS_FOR_THE_DESK = 2
const LEAST_ATTEMPTS = 3

/** Whether it was taken on more often than it can have failed: whoever did was killed by it. */
export const isWornOut = ({ attempts }: Due) => attempts > PAUSES.length + 1

/**
 * Takes on up to `many` messages that are due this way; no other worker gets the same ones. What somebody waits for
 * comes before what is sent to many: reminders and lists of the day.
 */
export async function takeDue(now: Temporal.Instant, way: Way, many: number) {
  const first = await take(now, way, many, isAwaited)
  return first.length === many ? first : [...first, ...(await take(now, way, many - first.length, Prisma.sql`true`))]
}

/** As the index `notifications_awaited` has it. */
const isAwaited = Prisma.sql`kind NOT IN ('appointment.reminder', 'doctor.agenda')`

const take = (now: Temporal.Instant, way: Way, many: number, which: Prisma.Sql) => db.$queryRaw<Due[]>`
  WITH due AS MATERIALIZED (
    SELECT id FROM notifications
    WHERE status = 'PLANNED' AND channel = ${way}::"NotificationChannel" AND send_after <= ${toDate(now)} AND ${which}
    ORDER BY send_after LIMIT ${many} FOR UPDATE SKIP LOCKED)
  UPDATE notifications n SET attempts = n.attempts + 1, last_attempt_at = ${toDate(now)},
    send_after = ${toDate(now.add({ minutes: LEASE_MINUTES }))}
  FROM due WHERE n.id = due.id
  RETURNING n.id, n.kind, n.channel, n.recipient_id AS "recipientId", n.patient_id AS "patientId", n.address,
    n.appointment_id AS "appointmentId", n.data, n.attempts,
    ARRAY[(SELECT starts_at FROM appointments a WHERE a.id = n.appointment_id), (n.data->>'startsAt')::timestamptz,
      (n.data->>'from')::timestamptz] AS times`

/** Notes that it was handed over, even if it was dropped meanwhile: it went. */
export const noteSent = (now: Temporal.Instant, due: Due) =>
  noteOf(due, { status: 'SENT', sentAt: toDate(now), lastError: null }, ['PLANNED', 'DROPPED'])

/** Notes that it tells nobody anything any more, and why. */
export const noteDropped = (due: Due, why: WhyDropped) => noteOf(due, { status: 'DROPPED', lastError: why })

/** Puts it off without an attempt. */
export const notePutOff = (due: Due, until: Temporal.Instant) =>
  noteOf(due, { sendAfter: toDate(until), attempts: due.attempts - 1 })

/**
 * Notes what went wrong: it is tried again after a while, or given up, sooner when the visit it is about is soon.
 * Returns whether it was given up.
 */
export async function noteFailure(now: Temporal.Instant, due: Due, lastError: string, isFinal: boolean) {
  const again = isFinal ? null : nextTry(now, due)
  await noteOf(due, again ? { sendAfter: toDate(again), lastError } : { status: 'FAILED', lastError })
  return !again
}

function nextTry(now: Temporal.Instant, { kind, attempts, times }: Due) {
  const pause = PAUSES[attempts - 1]
  if (!pause) return null
  // Money is not in such a hurry.
  if (kind.startsWith('payment.')) return now.add({ minutes: pause })
  const ahead = times.map(time => (time?.valueOf() ?? 0) - now.epochMilliseconds).filter(time => time > 0)
  const hours = Math.min(...ahead) / 3_600_000
  const isTooLate = pause / 60 > hours - HOURS_FOR_THE_DESK && attempts >= LEAST_ATTEMPTS
  return isTooLate || (hours <= SOON_HOURS && attempts >= MOST_WHEN_SOON) ? null : now.add({ minutes: pause })
}

type Change = Parameters<typeof db.notification.updateMany>[0]['data']

/** Whoever took it on after us, because we took so long, says what became of it. */
const noteOf = ({ id, attempts }: Due, data: Change, from: ('PLANNED' | 'DROPPED')[] = ['PLANNED']) =>
  db.notification.updateMany({ where: { id, attempts, status: { in: from } }, data })
