import type { Temporal } from 'temporal-polyfill'
import { type Ctx, passing } from '../../context.ts'
import { type Mail, type MailGateway, mailGateway, Undelivered } from '../../gateways/email.ts'
import { log } from '../../log.ts'
import { turns } from '../../turns.ts'
import { composeMail } from './compose.ts'
import { type Due, noteDropped, noteFailure, noteSent, takeDue } from './due.ts'

const BATCH = 50
const AT_ONCE = 5
/** What is still due then is left to the next run. */
const LONGEST_MS = 240_000

type Outcome = 'sent' | 'dropped' | 'later' | 'failed'

/**
 * Sends every mail that is due. What fails is tried again later, ever more seldom, and then given up for all to see; it
 * keeps no other from being sent. Several workers at once send each mail once; one that is killed may leave a mail that
 * is sent again under the same Message-ID. Without a mail server all stays planned. Returns how many were sent,
 * dropped, put off and given up.
 */
export async function sendMessages(ctx: Ctx) {
  const done = { sent: 0, dropped: 0, later: 0, failed: 0 }
  const gateway = mailGateway()
  if (!gateway) return done
  for (const at of passing(ctx, LONGEST_MS)) {
    const due = await takeDue(at.now, BATCH)
    const inTurn = turns(AT_ONCE, BATCH)
    const outcomes = await Promise.all(due.map(each => inTurn(() => deliver(at, gateway, each))))
    for (const outcome of outcomes) done[outcome]++
    if (due.length < BATCH) break
  }
  return done
}

async function deliver(ctx: Ctx, gateway: MailGateway, due: Due): Promise<Outcome> {
  let mail: Mail | null
  try {
    mail = await composeMail(ctx, due)
    if (mail) await gateway.send(mail)
  } catch (error) {
    return putOff(ctx.now, due, error as Error)
  }
  await (mail ? noteSent(ctx.now, due) : noteDropped(due))
  return mail ? 'sent' : 'dropped'
}

async function putOff(now: Temporal.Instant, due: Due, error: Error): Promise<Outcome> {
  const isTold = error instanceof Undelivered
  const said = isTold ? error.message : error.name
  const isGivenUp = await noteFailure(now, due, said, isTold && error.isFinal)
  const { id: notificationId, kind, attempts } = due
  // A server that is down for an hour is no news about every mail; what fails in our own house is.
  log[isGivenUp || !isTold ? 'error' : 'warn'](
    { notificationId, kind, attempts, ...(isTold ? { said } : { err: error }) },
    'mail not sent'
  )
  return isGivenUp ? 'failed' : 'later'
}
