import { setTimeout as pause } from 'node:timers/promises'
import type { Prisma } from '../generated/client.ts'
import { turns } from '../turns.ts'
import { db } from './client.ts'

export type Tx = Prisma.TransactionClient

const TRIES = 12
const LONGEST_PAUSE = 1000
const clashes = new Set(['40001', '40P01'])

// Serializable transactions that run side by side clash, most of all while tables are small. Few at a time are as
// fast as many, and nobody's tries run out.
const inTurn = turns(3, 1000)

/**
 * Runs `work` in one serializable transaction: all of it happens or none. When the database finds that it clashed
 * with another (SQLSTATE 40001, 40P01), or `alsoRetry` says so, it is run again after a random pause; so `work` may
 * do nothing that can't be undone, and may not begin another. Throws what `work` throws; Busy when too many wait.
 */
export async function transaction<T>(
  work: (tx: Tx) => Promise<T>,
  alsoRetry: (error: unknown) => boolean = () => false
) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTurn(() => db.$transaction(work, { isolationLevel: 'Serializable' }))
    } catch (error) {
      const again = clashes.has(sqlState(error)) || alsoRetry(error)
      if (!again || attempt === TRIES) throw error

      await pause(Math.random() * Math.min(LONGEST_PAUSE, 10 * 2 ** attempt))
    }
  }
}

/** The SQLSTATE behind an error, '' when the database had no part in it. */
export function sqlState(error: unknown): string {
  const { code, meta, cause } = (error ?? {}) as DatabaseError
  if (code === 'P2034') return '40001'
  const original = meta?.driverAdapterError?.cause?.originalCode ?? cause?.originalCode
  return original ?? (code && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('P2') ? code : '')
}

/** Whether the database refused because of this constraint or index. */
export function violates(error: unknown, constraint: string) {
  const { meta, cause, message } = (error ?? {}) as DatabaseError
  const said = meta?.driverAdapterError?.cause?.originalMessage ?? cause?.originalMessage ?? message ?? ''
  return said.includes(`"${constraint}"`)
}

interface Original {
  originalCode?: string
  originalMessage?: string
}

interface DatabaseError {
  code?: string
  message?: string
  cause?: Original
  meta?: { driverAdapterError?: { cause?: Original } }
}
