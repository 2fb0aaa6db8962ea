import type { Ctx } from '../../context.ts'
import { onEvent, type Told } from '../../database/events.ts'
import { log } from '../../log.ts'
import { livingSessions, publicId } from '../people/sessions.ts'
import { clinicsOf, concerns, type Kind, type News, newsOf, type Watcher, watcherOf } from './news.ts'

/** Whoever holds the other end of a stream. */
export interface Listener {
  tell: (about: Kind[]) => void
  /** Nothing happened, but the line is open. */
  beat: () => void
  /** Nothing more will come. `again` is whether it is worth to ask for another stream. */
  end: (again: boolean) => void
}

interface Stream extends Watcher {
  sid: string
  userId: string | null
  listener: Listener
}

const FOLD_MS = 300
const BEAT_MS = 20_000
/** A page is shown a moment before its stream is open: what happened in between is told at once. */
const LATELY_MS = 5_000
const MOST_PER_ACCOUNT = 12

/** Oldest first. */
const streams = new Set<Stream>()
const waiting = new Map<string, News>()
const lately: News[] = []
let beating: NodeJS.Timeout | undefined
let isStopped = false

/** How many streams are open in this process. */
export const openStreams = () => streams.size

/**
 * Tells `listener` what kinds of things happen where this person works, soon after they do and many at once, until the
 * function returned is called or the stream ends: with the session, when the account changed, when the process stops,
 * or when the account has too many, the oldest first. It does not keep the session alive.
 */
export async function follow(ctx: Ctx, sid: string, listener: Listener) {
  const stream: Stream = { sid, userId: ctx.actor.id, doctorId: ctx.actor.doctorId, clinicIds: new Set(), listener }
  if (isStopped) {
    listener.end(true)
    return () => {}
  }
  const own = [...streams].filter(({ userId }) => userId === stream.userId)
  for (const oldest of own.slice(0, Math.max(0, own.length + 1 - MOST_PER_ACCOUNT))) end(oldest, false)
  streams.add(stream)
  beating ??= setInterval(beat, BEAT_MS).unref()
  // From now on it ends with every change of the account, also while its clinics are asked for.
  Object.assign(stream, await watcherOf(ctx.actor).catch(() => end(stream, true)))
  await send([stream], [...lately])
  return () => leave(stream)
}

/** Ends every stream, and every one that is asked for from now on: the process stops. */
export function endStreams() {
  isStopped = true
  for (const stream of streams) end(stream, true)
}

/** Says on every stream that it is open, and ends those whose session is over. */
export async function beat() {
  // When the database gives no answer nobody is thrown out on a guess.
  const living = await livingSessions([...streams].map(({ sid }) => sid)).catch(() => null)
  for (const stream of streams) living?.has(stream.sid) === false ? end(stream, false) : stream.listener.beat()
}

onEvent(told => {
  for (const stream of streams) endWhenOver(stream, told)
  for (const news of newsOf(told)) {
    if (waiting.size === 0) setTimeout(unfold, FOLD_MS).unref()
    waiting.set(JSON.stringify(news), news)
  }
})

/** Whoever became somebody else in our eyes asks anew; whoever signed out is told no more. */
function endWhenOver(stream: Stream, { event, subjectId }: Told) {
  if (event === 'session.gone' && publicId(stream.sid) === subjectId) end(stream, false)
  if (event === 'user.changed' && subjectId === stream.userId) end(stream, true)
  if (event === 'doctor.changed' && subjectId === stream.doctorId) end(stream, true)
}

async function unfold() {
  const news = [...waiting.values()]
  waiting.clear()
  lately.push(...news)
  setTimeout(() => lately.splice(0, news.length), LATELY_MS).unref()
  await send([...streams], news)
}

async function send(to: Stream[], news: News[]) {
  if (to.length === 0 || news.length === 0) return
  const doctorIds = new Set(news.flatMap(({ doctorId }) => doctorId ?? []))
  const clinics = await clinicsOf([...doctorIds]).catch(error => {
    log.warn({ error: error.message }, 'live: whose doctors they are')
    return new Map()
  })
  for (const stream of to) {
    if (!streams.has(stream)) continue
    const about = new Set(news.filter(each => concerns(each, stream, clinics)).map(({ kind }) => kind))
    if (about.size) stream.listener.tell([...about])
  }
}

function end(stream: Stream, again: boolean) {
  if (leave(stream)) stream.listener.end(again)
}

function leave(stream: Stream) {
  const was = streams.delete(stream)
  if (streams.size === 0) {
    clearInterval(beating)
    beating = undefined
  }
  return was
}
