import type { Request, Response } from 'express'
import { photoQuery } from '../../forms/booking.ts'
import { idOf, read } from '../../forms/form.ts'
import { photoOf } from '../../services/clinics/photos.ts'

/** Under its hash it never changes; asked for without, it may be another one next time. */
export async function show(req: Request, res: Response) {
  const { v } = read(photoQuery, req.query)
  const { bytes, type, hash } = await photoOf(idOf(req.params))
  res.set('Cache-Control', v === hash ? 'public, max-age=31536000, immutable' : 'no-cache')
  res.type(type).send(Buffer.from(bytes))
}
