import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { openFailures, stillMatters } from './still-matters.ts'

const MOST = 5_000

/**
 * Closes what could not be delivered and matters to nobody any more, so that whoever asks what does need not look at it
 * for ever. Nobody was told. Returns how many there were; what is left is for the next time.
 */
export const closeOutdated = (ctx: Ctx) => db.$executeRaw`
  UPDATE notifications SET closed_at = ${toDate(ctx.now)}
  WHERE id IN (SELECT n.id FROM ${openFailures} AND (${stillMatters(ctx)}) IS NOT TRUE LIMIT ${MOST})`
