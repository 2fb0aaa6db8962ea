import { setTimeout as pause } from 'node:timers/promises'
import type { Temporal } from 'temporal-polyfill'
import { config } from '../../config.ts'
import { type Ctx, passing } from '../../context.ts'
import { mailGateway } from '../../gateways/email.ts'
import { smsGateway } from '../../gateways/sms.ts'
import { Undelivered } from '../../gateways/undelivered.ts'
import { log } from '../../log.ts'
import { answerMailRequests } from '../people/answer-mail-requests.ts'
import { renewLink } from '../people/renew-link.ts'
import { compose } from './compose.ts'
import { type Due, isWornOut, noteDropped, noteFailure, notePutOff, noteSent, takeDue, type Way } from './due.ts'
import { forMany, urgent, type WhyDropped } from './kinds.ts'

const AT_ONCE = 10
/** What is still due then is left to the next run, which begins with the minute. */
const LONGEST_MS = 200_000

type Outcome = 'sent' | 'dropped' | 'later' | 'failed'
type Sent = Record<Outcome, number>

/**
 * Sends every message that is due this way or that, side by side, each no faster than the configured rate; before mails,
 * finds out for whom those are that somebody asked for. What fails is tried again later, ever more seldom, and then
 * given up for all to see; it keeps no other from being sent. Several workers at once send each message once; one that
 * is killed may leave a mail that is sent again under the same Message-ID. Mails that no server carries stay planned, and
 * what is left when it is told to stop. Returns how many were sent, dropped, put off and given up.
 */
export async function sendMessages(ctx: Ctx, stopping?: AbortSignal, ways: Way[] = ['EMAIL', 'SMS']): Promise<Sent> {
  if (ways.includes('EMAIL')) await answerMailRequests(ctx)
  const done = { sent: 0, dropped: 0, later: 0, failed: 0 }
  const carried = ways.filter(way => way === 'SMS' || mailGateway())
  await Promise.all(carried.map(way => deliverAll(ctx, way, done, stopping)))
  return done
}

/** A few at a time: one that takes long keeps its place, and the others go on in theirs. */
async function deliverAll(ctx: Ctx, way: Way, done: Sent, stopping?: AbortSignal) {
  const rate = config.messagesPerSecond
  const underWay = new Set<Promise<unknown>>()
  for (const at of passing(ctx, LONGEST_MS)) {
    const many = Math.min(AT_ONCE - underWay.size, Math.max(1, Math.floor(rate)))
    const due = await takeDue(at.now, way, many)
    for (const each of due) {
      const delivery = deliver(at, each).then(outcome => done[outcome]++, notNoted)
      underWay.add(delivery)
      void delivery.then(() => underWay.delete(delivery))
    }
    if (due.length < many || stopping?.aborted) break
    await pause((due.length / rate) * 1000, undefined, { ref: false })
    if (underWay.size === AT_ONCE) await Promise.race(underWay)
  }
  await Promise.all(underWay)
}

/** Somebody takes it on again when the lease is over. */
const notNoted = (error: Error) => log.error({ err: error }, 'not noted what became of a message')

async function deliver(ctx: Ctx, due: Due): Promise<Outcome> {
  const sms = smsGateway()
  try {
    if (isWornOut(due)) throw new Undelivered('CRASHED', true)
    if (due.data.invitationId) await renewLink(ctx, due.data.invitationId)
    const composed = await compose(ctx, due)
    if ('why' in composed) return notTold(ctx.now, due, composed.why)
    if ('notBefore' in composed) return putOff(due, composed.notBefore)
    if ('mail' in composed) await mailGateway()?.send(composed.mail)
    else if (!sms) return notCarried(ctx.now, due)
    else await sms.send(composed.text)
  } catch (error) {
    return tryAgain(ctx.now, due, error as Error)
  }
  await noteSent(ctx.now, due)
  return 'sent'
}

/** Somebody with an account was mailed. Nobody else tells a patient who has none: if it is urgent, the desk rings. */
const notCarried = (now: Temporal.Instant, due: Due) =>
  due.patientId && urgent.has(due.kind) ? giveUp(now, due, 'NO_GATEWAY') : drop(due, 'NOT_WANTED')

/** What could not be delivered until it was too late was not told, and somebody may have come in vain. */
async function notTold(now: Temporal.Instant, due: Due, why: WhyDropped): Promise<Outcome> {
  const isTooLate = why === 'OVER' && due.attempts > 1 && !forMany.has(due.kind)
  return isTooLate ? giveUp(now, due, why) : drop(due, why)
}

async function drop(due: Due, why: WhyDropped): Promise<Outcome> {
  await noteDropped(due, why)
  return 'dropped'
}

async function giveUp(now: Temporal.Instant, due: Due, why: string): Promise<Outcome> {
  await noteFailure(now, due, why, true)
  return 'failed'
}

async function putOff(due: Due, until: Temporal.Instant): Promise<Outcome> {
  await notePutOff(due, until)
  return 'later'
}

async function tryAgain(now: Temporal.Instant, due: Due, error: Error): Promise<Outcome> {
  const isTold = error instanceof Undelivered
  const said = isTold ? error.message : error.name
  const isGivenUp = await noteFailure(now, due, said, isTold && error.isFinal)
  const { id: notificationId, kind, channel, attempts } = due
  // A server that is down for an hour is no news about every message; what fails in our own house is.
  log[isGivenUp || !isTold ? 'error' : 'warn'](
    { notificationId, kind, channel, attempts, ...(isTold ? { said } : { err: error }) },
    'message not sent'
  )
  return isGivenUp ? 'failed' : 'later'
}
