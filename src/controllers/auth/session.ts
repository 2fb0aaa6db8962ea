import type { Request, Response } from 'express'
import type { Actor } from '../../context.ts'
import { ownAccount } from '../../services/people/queries.ts'

/** Who is signed in, and the token that every change must send. */
export async function show(req: Request, res: Response) {
  res.json(await sessionFor(req, req.ctx.actor))
}

export async function sessionFor(req: Request, actor: Actor) {
  if (!actor.id) return { user: null, csrfToken: req.csrfToken() }
  const { id, name, email, role } = await ownAccount({ ...req.ctx, actor })
  return { user: { id, name, email, role }, csrfToken: req.csrfToken() }
}

/** A session of their own, under a new id: what a guest's session held is gone. */
export async function startSession(req: Request, account: Actor) {
  await new Promise<void>((resolve, reject) => req.logIn(account, error => (error ? reject(error) : resolve())))
  const now = req.ctx.now.epochMilliseconds
  Object.assign(req.session, { startedAt: now, seenAt: now, userAgent: (req.get('user-agent') ?? '').slice(0, 300) })
}

export const endSession = (req: Request) =>
  new Promise<void>((resolve, reject) => req.session.destroy(error => (error ? reject(error) : resolve())))
