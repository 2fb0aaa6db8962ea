import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Mail } from '../../gateways/email.ts'
import type { Letter } from '../../gateways/letter.ts'
import type { Waiting } from './due.ts'
import type { WhyDropped } from './kinds.ts'
import type { Recipient } from './recipient.ts'

/** Why a message is not sent now, or not at all. */
export type NotSent = { why: WhyDropped } | { notBefore: Temporal.Instant }

/** A mail as far as it depends on what it tells of. */
export interface Written extends Pick<Mail, 'attachments' | 'calendar' | 'unsubscribeUrl'> {
  letter: Letter
  /** Whom to answer; nobody in particular when it is left out. */
  replyTo?: string
}

/** Writes the mails of some kinds, from what is true now, to whoever gets them. */
export type Writer = (ctx: Ctx, message: Waiting, to: Recipient) => Promise<Written | NotSent>
