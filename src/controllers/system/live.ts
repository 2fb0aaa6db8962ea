import type { Request, Response } from 'express'
import { KINDS } from '../../services/live/news.ts'
import { follow } from '../../services/live/streams.ts'

const EVENTS = 'text/event-stream'
/** Neither compressed nor held back on the way. */
const HEADERS = { 'Content-Type': EVENTS, 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' }
const LEAST_RETRY_MS = 2_000
const RETRY_SPREAD_MS = 8_000

/**
 * What kinds of things happen, as they do: server-sent events. Who does not ask for events hears what kinds there are.
 */
export async function index(req: Request, res: Response) {
  res.vary('Accept')
  const wantsEvents = req.accepts(['json', EVENTS]) === EVENTS
  if (!wantsEvents) return res.json({ about: KINDS })

  res.set(HEADERS)
  return req.method === 'HEAD' ? res.end() : open(req, res)
}

async function open(req: Request, res: Response) {
  // After a restart not everyone is to come back at once.
  const retry = LEAST_RETRY_MS + Math.floor(Math.random() * RETRY_SPREAD_MS)
  res.write(`retry: ${retry}\n: open\n\n`)
  const leave = await follow(req.ctx, req.sessionID, {
    tell: about => write(res, `data: ${JSON.stringify({ about })}\n\n`),
    beat: () => write(res, ':\n\n'),
    end: again => res.end(again ? '' : 'event: over\ndata: {}\n\n')
  })
  if (res.closed) leave()
  else res.once('close', leave)
}

/** Whoever does not read what was said before is dropped, and may come back. */
function write(res: Response, text: string) {
  if (res.writableNeedDrain) res.destroy()
  else res.write(text)
}
