import type { Ctx } from '../../context.ts'
import { onEvent, type Told } from '../../database/events.ts'
import { log } from '../../log.ts'
import { livingSessions, publicId } from '../people/sessions.ts'
import { foldedNews } from './folded.ts'
import type { Kind, News } from './news.ts'
import { clinicsOf, heardOf, type Watcher, watcherOf } from './watchers.ts'

/** Whoever holds the other end of a stream. */
export interface Listener {
  /** `withinMs`: over how long those who hear the same had better spread what they ask then. */
  tell: (about: Kind[], withinMs: number) => void
  /** Nothing happened, but the line is open. */
  beat: () => void
  /** Nothing more will come. `again` is whether it is worth to ask for another stream. */
  end: (again: boolean) => void
}

interface Stream extends Watcher {
  /** None for a guest. */
  sid: string | null
  userId: string | null
  doctorId: string | null
  listener: Listener
}

const BEAT_MS = 20_000
const MOST_PER_ACCOUNT = 12
/** About what a page costs that is asked for anew. */
const MS_PER_LISTENER = 20

/** Oldest first. */
const streams = new Set<Stream>()
let beating: NodeJS.Timeout | undefined
let isStopped = false

/** How many streams are open in this process. */
export const openStreams = () => streams.size

/**
 * Tells `listener` what kinds of things happen where this person works, to their notices and, for anybody, to the times
 * of a doctor, soon after they do and many at once. Until the function returned is called or the stream ends: with the
 * session, when the account or that doctor changed, when the process stops, or when the account has too many, the oldest
 * first. It does not keep the session alive.
 */
export async function follow(ctx: Ctx, sid: string, listener: Listener, timesOf: string | null = null) {
  const { id: userId, doctorId } = ctx.actor
  const nothing = {
    accountId: null,
    team: null,
    times: timesOf ? { doctorId: timesOf, clinicIds: new Set<string>() } : null
  }
  const stream: Stream = { sid: userId && sid, userId, doctorId, listener, ...nothing }
  if (isStopped) {
    listener.end(true)
    return () => {}
  }
  const own = userId ? [...streams].filter(each => each.userId === userId) : []
  for (const oldest of own.slice(0, Math.max(0, own.length + 1 - MOST_PER_ACCOUNT))) end(oldest, false)
  streams.add(stream)
  beating ??= setInterval(beat, BEAT_MS).unref()
  // From now on it ends with every change of the account, also while its clinics are asked for.
  Object.assign(stream, await watcherOf(ctx.actor, timesOf).catch(() => end(stream, true)))
  await send([stream], lately())
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
  const living = await livingSessions([...streams].flatMap(({ sid }) => sid ?? [])).catch(() => null)
  for (const stream of streams)
    stream.sid && living?.has(stream.sid) === false ? end(stream, false) : stream.listener.beat()
}

const lately = foldedNews(news => send([...streams], news))
onEvent(told => {
  for (const stream of streams) endWhenOver(stream, told)
})

/** Whoever became somebody else in our eyes asks anew; whoever signed out is told no more. */
function endWhenOver(stream: Stream, { event, subjectId }: Told) {
  if (event === 'session.gone' && stream.sid && publicId(stream.sid) === subjectId) end(stream, false)
  if (event === 'user.changed' && subjectId && subjectId === stream.userId) end(stream, true)
  if (event === 'doctor.changed' && subjectId && [stream.doctorId, stream.times?.doctorId].includes(subjectId))
    end(stream, true)
}

async function send(to: Stream[], news: News[]) {
  if (to.length === 0 || news.length === 0) return
  const doctorIds = new Set(news.flatMap(({ doctorId }) => doctorId ?? []))
  const clinics = await clinicsOf([...doctorIds]).catch(error => {
    log.warn({ error: error.message }, 'live: whose doctors they are')
    return new Map()
  })
  const heard = to.flatMap(stream => {
    const about = new Set(news.flatMap(each => heardOf(each, stream, clinics)))
    return streams.has(stream) && about.size ? [{ stream, about: [...about] }] : []
  })
  for (const { stream, about } of heard) stream.listener.tell(about, heard.length * MS_PER_LISTENER)
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
