import pg from 'pg'
import { log } from '../log.ts'

/** What the database says happened (trigger `audit_events_told`): identifiers only. */
export interface Told {
  /** The audit event's name; `missed` when the line was down and anything may have happened. */
  event: string
  clinicId: string | null
  subjectId: string | null
}

type Listener = (told: Told) => void

const CHANNEL = 'docket_events'
const LONGEST_PAUSE = 10_000
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
 * Listens on a connection of its own, from when it resolves. A line that breaks is taken up again after a pause, and
 * everyone is told that something may have been missed.
 */
export async function startListening(url: string) {
  let client: pg.Client | undefined
  let stopped = false
  let pause = 100

  const open = async () => {
    client = new pg.Client({ connectionString: url, application_name: 'docket-events', keepAlive: true })
    client.on('notification', ({ payload = '' }) => tell(JSON.parse(payload) as Told))
    client.on('error', error => log.warn({ error: error.message }, 'events: connection lost'))
    client.on('end', () => {
      isUp = false
      if (!stopped) retry()
    })
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
    isUp = true
    pause = 100
  }
  const retry = () => {
    const again = async () => {
      if (stopped) return
      await open().then(
        () => tell({ event: 'missed', clinicId: null, subjectId: null }),
        error => {
          log.warn({ error: error.message }, 'events: no connection')
          client?.removeAllListeners('end')
          retry()
        }
      )
    }
    setTimeout(again, pause).unref()
    pause = Math.min(pause * 2, LONGEST_PAUSE)
  }

  await open()
  return {
    stop: async () => {
      stopped = true
      isUp = false
      await client?.end()
    }
  }
}

function tell(told: Told) {
  for (const listener of listeners) listener(told)
}
