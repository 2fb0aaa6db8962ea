import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { log } from '../log.ts'

/** What the database says happened (triggers `audit_events_told`, `sessions_told`): identifiers only. */
export interface Told {
  /**
   * The audit event's name; `session.gone` for a session that was ended; `missed` when the line was down and anything
   * may have happened.
   */
  event: string
  clinicId: string | null
  subjectId: string | null
  /** The doctors whose times it is about, as far as it is about some doctors’. */
  doctorIds: string[]
}

type Listener = (told: Told) => void

const CHANNEL = 'docket_events'
const PATIENCE = 10_000
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 10_000
/** A line that is cut without a word looks like one on which nothing happens: it is asked now and then. */
const ASK_EVERY = 30_000
const listeners = new Set<Listener>()
let isUp = false

/** Whether what happens in any process is heard in this one just now. */
export const isListening = () => isUp

/** Calls `listener` for everything that happens in any process, until the function returned is called. */
export function onEvent(listener: Listener) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/**
 * Listens on a connection of its own, from when it resolves; rejects when there is none to be had. A line that breaks is
 * taken up again after a pause, and everyone is told that something may have been missed.
 */
export async function startListening(url: string) {
  const stopping = new AbortController()
  let line = await open(url)
  isUp = true
  const kept = keep()

  async function keep() {
    for (;;) {
      await line.ended
      isUp = false
      const next = await reopened(url, stopping.signal)
      if (!next) return
      line = next
      isUp = true
      tell({ event: 'missed', clinicId: null, subjectId: null, doctorIds: [] })
    }
  }

  return {
    stop: async () => {
      stopping.abort()
      isUp = false
      await line.close()
      await kept
    }
  }
}

/** A new line, however long it takes; none once it is said to stop. */
async function reopened(url: string, signal: AbortSignal) {
  for (let longest = FIRST_PAUSE; !signal.aborted; longest = Math.min(longest * 2, LONGEST_PAUSE)) {
    await pause(longest * (0.5 + Math.random() / 2), null, { signal, ref: false }).catch(() => {})
    if (signal.aborted) return null
    try {
      const line = await open(url)
      if (!signal.aborted) return line
      await line.close()
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'events: no connection')
    }
  }
  return null
}

async function open(url: string) {
  const client = new pg.Client({
    ...{ connectionString: url, application_name: 'docket-events', keepAlive: true },
    ...{ connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE }
  })
  const ended = new Promise<void>(resolve => client.once('end', resolve))
  const close = () => client.end().catch(() => {})
  client.on('notification', ({ payload }) => hear(payload))
  client.on('error', error => log.warn({ error: error.message }, 'events: connection lost'))
  try {
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
  } catch (error) {
    void close()
    throw error
  }
  const asking = setInterval(() => client.query('SELECT 1').catch(close), ASK_EVERY).unref()
  void ended.then(() => clearInterval(asking))
  return { ended, close }
}

/** Anyone who may connect to the database may say anything on its channels. */
function hear(payload = '') {
  const told = parsed(payload)
  if (typeof told?.event !== 'string') return log.warn('events: not understood')
  const { event, clinicId = null, subjectId = null, doctorIds } = told
  tell({ event, clinicId, subjectId, doctorIds: Array.isArray(doctorIds) ? doctorIds : [] })
}

function parsed(payload: string): Partial<Told> | null {
  try {
    return JSON.parse(payload)
  } catch {
    return null
  }
}

/** What one listener can't bear, the others hear all the same. */
function tell(told: Told) {
  for (const listener of listeners)
    try {
      listener(told)
    } catch (error) {
      log.error({ err: error }, 'events: a listener failed')
    }
}
