import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { feedFile } from '../../services/appointments/feed-file.ts'

/** For calendar programs, which ask again and again: what has not changed is not sent again. */
export async function show(req: Request, res: Response) {
  const file = await feedFile(req.ctx, String(req.params.token))
  const tag = `"${createHash('sha256').update(file).digest('base64url')}"`
  res.set({ 'Cache-Control': 'private, no-cache', ETag: `W/${tag}` })
  if (has(req, tag)) return res.status(304).end()
  return res.type('text/calendar; charset=utf-8').send(file)
}

/** Also when it says no-cache: that is meant for caches on the way, and some programs always do (RFC 9111, 5.2.1.4). */
function has(req: Request, tag: string) {
  const known = req.get('If-None-Match')?.split(',') ?? []
  return known.some(each => each.trim().replace(/^W\//, '') === tag)
}
