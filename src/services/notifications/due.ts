import type { Temporal } from 'temporal-polyfill'
import { db } from '../../database/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { MessageKind } from './kinds.ts'

/** What is due and was taken on. `attempts` counts this one. */
export interface Due {
  id: string
  recipientId: string
  kind: MessageKind
  data: { paymentId?: string }
  attempts: number
}

/** Longer than a batch can take. Whoever takes it on and is killed, leaves it to others after that. */
const LEASE_MINUTES = 10
/**
 * After each attempt that failed, in minutes: 30 hours in all, the time it takes to notice and to mend a mail server.
 */
const PAUSES = [1, 5, 15, 60, 240, 720, 720]

/** Takes on up to `many` mails that are due; no other worker gets the same ones. */
export const takeDue = (now: Temporal.Instant, many: number) => db.$queryRaw<Due[]>`
  WITH due AS MATERIALIZED (
    SELECT id FROM notifications WHERE status = 'PLANNED' AND channel = 'EMAIL' AND send_after <= ${toDate(now)}
    ORDER BY send_after LIMIT ${many} FOR UPDATE SKIP LOCKED)
  UPDATE notifications n SET attempts = n.attempts + 1, send_after = ${toDate(now.add({ minutes: LEASE_MINUTES }))}
  FROM due WHERE n.id = due.id
  RETURNING n.id, n.recipient_id AS "recipientId", n.kind, n.data, n.attempts`

/** Notes that it was handed over. */
export const noteSent = (now: Temporal.Instant, due: Due) =>
  noteOf(due, { status: 'SENT', sentAt: toDate(now), lastError: null })

/** Notes that it tells nobody anything any more. */
export const noteDropped = (due: Due) => noteOf(due, { status: 'DROPPED' })

/** Notes what went wrong: it is tried again after a while, or given up. Returns whether it was given up. */
export async function noteFailure(now: Temporal.Instant, due: Due, lastError: string, isFinal: boolean) {
  const pause = isFinal ? undefined : PAUSES[due.attempts - 1]
  const again = pause && { sendAfter: toDate(now.add({ minutes: pause })) }
  await noteOf(due, again ? { ...again, lastError } : { status: 'FAILED', lastError })
  return !again
}

/** Whoever took it on after us, because we took so long, says what became of it. */
const noteOf = ({ id, attempts }: Due, data: Parameters<typeof db.notification.updateMany>[0]['data']) =>
  db.notification.updateMany({ where: { id, attempts, status: 'PLANNED' }, data })
