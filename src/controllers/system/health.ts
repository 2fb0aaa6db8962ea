import type { Request, Response } from 'express'
import { isReady } from '../../services/settings/readiness.ts'

export const live = (_req: Request, res: Response) => res.json({ status: 'ok' })

export async function ready(_req: Request, res: Response) {
  const ok = await isReady()
  res.status(ok ? 200 : 503).json({ status: ok ? 'ok' : 'unavailable' })
}
