import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { NotificationChannel } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { MessageData, MessageKind } from './kinds.ts'

/** To whom: an account, or a patient who has none. */
export type To = { recipientId: string; patientId?: never } | { patientId: string; recipientId?: never }

export type Message = To & {
  kind: MessageKind
  channel: NotificationChannel
  /** What it tells of, and which time of that. With kind, channel and recipient it makes the message what it is. */
  about: string
  appointmentId?: string | undefined
  clinicId?: string | undefined
  /** Where it goes when that is not the account's own address. */
  address?: string | undefined
  data?: MessageData
  /** At once, unless it is said. */
  sendAfter?: Temporal.Instant
}

/** What makes a message what it is: there is never a second one with the same key. */
export const keyOf = ({ kind, about, channel, recipientId, patientId }: Message) =>
  [kind, about, channel, recipientId ?? patientId].join(':')

/**
 * Writes messages into the ledger, in the transaction of what they tell of: both are true or neither. They are sent from
 * there (`deliver.ts`), each once, however often it is planned; one that was dropped in between is planned anew. What
 * is shown on a page is there at once.
 */
export async function planMessages(tx: Tx, { now }: Ctx, messages: Message[]) {
  if (messages.length === 0) return
  const rows = messages.map(({ sendAfter = now, data = {}, ...message }) => ({
    ...{ ...message, data, sendAfter: toDate(sendAfter) },
    dedupeKey: keyOf({ ...message })
  }))
  await tx.$executeRaw`
    INSERT INTO notifications (recipient_id, patient_id, address, appointment_id, clinic_id, kind, channel, dedupe_key,
      data, send_after, created_at, status, sent_at)
    SELECT "recipientId", "patientId", address, "appointmentId", "clinicId", kind, channel, "dedupeKey", data,
      "sendAfter", ${toDate(now)},
      CASE channel WHEN 'IN_APP' THEN 'SENT' ELSE 'PLANNED' END::"NotificationStatus",
      CASE channel WHEN 'IN_APP' THEN ${toDate(now)}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m("recipientId" uuid, "patientId" uuid, address citext,
      "appointmentId" uuid, "clinicId" uuid, kind text, channel "NotificationChannel", "dedupeKey" text, data jsonb,
      "sendAfter" timestamptz)
    ON CONFLICT (dedupe_key) DO UPDATE
      SET status = 'PLANNED', send_after = excluded.send_after, data = excluded.data, attempts = 0, last_error = NULL
      WHERE notifications.status = 'DROPPED'`
}
