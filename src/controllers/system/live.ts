import type { Request, Response } from 'express'
import { idOf } from '../../forms/form.ts'
import { doctorProfile } from '../../services/clinics/doctors.ts'
import { follow } from '../../services/live/streams.ts'
import { kindsHeard } from '../../services/live/watchers.ts'

const EVENTS = 'text/event-stream'
/** Neither compressed nor held back on the way. */
const HEADERS = { 'Content-Type': EVENTS, 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' }
const LEAST_RETRY_MS = 2_000
const RETRY_SPREAD_MS = 8_000
/** Pages that hear something spread what they ask then by as much, without being told. */
const SPREAD_MS = 700

/**
 * What kinds of things happen, as they do: server-sent events. Who does not ask for events hears what kinds there are.
 */
export const index = (req: Request, res: Response) => answer(req, res, null)

/** The same, and to anybody, whenever the times of a doctor change. */
export async function show(req: Request, res: Response) {
  const doctor = await doctorProfile(idOf(req.params))
  return answer(req, res, doctor.id)
}

async function answer(req: Request, res: Response, timesOf: string | null) {
  res.vary('Accept')
  const wantsEvents = req.accepts(['json', EVENTS]) === EVENTS
  if (!wantsEvents) return res.json({ about: await kindsHeard(req.ctx, timesOf) })

  res.set(HEADERS)
  return req.method === 'HEAD' ? res.end() : open(req, res, timesOf)
}

async function open(req: Request, res: Response, timesOf: string | null) {
  // After a restart not everyone is to come back at once.
  const retry = LEAST_RETRY_MS + Math.floor(Math.random() * RETRY_SPREAD_MS)
  res.write(`retry: ${retry}\n: open\n\n`)
  const listener = {
    tell: (about: string[], withinMs: number) =>
      write(res, `data: ${JSON.stringify({ about, ...(withinMs > SPREAD_MS && { withinMs }) })}\n\n`),
    beat: () => write(res, ':\n\n'),
    end: (again: boolean) => res.end(again ? '' : 'event: over\ndata: {}\n\n')
  }
  const leave = await follow(req.ctx, req.sessionID, listener, timesOf)
  if (res.closed) leave()
  else res.once('close', leave)
}

/** Whoever does not read what was said before is dropped, and may come back. */
function write(res: Response, text: string) {
  if (res.writableNeedDrain) res.destroy()
  else res.write(text)
}
