import type { Temporal } from 'temporal-polyfill'
import type { Role } from './generated/enums.ts'

/** Who asks. GUEST is not signed in; SYSTEM is a job or the seeds. */
export interface Actor {
  id: string | null
  role: Role | 'GUEST' | 'SYSTEM'
  name: string
  /** The clinics a STAFF account works for; empty for everyone else. */
  clinicIds: string[]
  /** The doctor a DOCTOR account is. */
  doctorId: string | null
  /** Not signed in, but with a link that was mailed to the account: all it opens is this appointment, or none. */
  link?: { visitId: string | null }
}

/** What every service, job, seed and test is told: who, when, and how to speak to them. */
export interface Ctx {
  actor: Actor
  now: Temporal.Instant
  locale: string
  requestId: string
  /** The address the request came from; null for what runs by itself. */
  address: string | null
}

export const guest: Actor = { id: null, role: 'GUEST', name: '', clinicIds: [], doctorId: null }
export const system: Actor = { id: null, role: 'SYSTEM', name: 'Docket', clinicIds: [], doctorId: null }

/** A context for work that nobody asked for: jobs and seeds. */
export const systemCtx = (now: Temporal.Instant, requestId: string): Ctx => ({
  actor: system,
  now,
  locale: 'en',
  requestId,
  address: null
})

/**
 * The same as time goes by, until so many milliseconds of it have: for work in batches, which stops by itself when there
 * is no more.
 */
export function* passing(ctx: Ctx, most: number) {
  const began = performance.now()
  for (let passed = 0; passed < most; passed = Math.round(performance.now() - began))
    yield { ...ctx, now: ctx.now.add({ milliseconds: passed }) }
}
