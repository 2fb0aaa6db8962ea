import type { Ctx } from '../../context.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { publishing } from '../availability/publish.ts'
import { type Kind, type KindName, kinds, subjectOf } from './kinds.ts'

/**
 * Takes a thing out of use: it is offered to nobody any more, and what refers to it stays. Twice is once. Throws
 * NotFound.
 */
export const deactivate = (ctx: Ctx, kind: KindName, id: string) => mark(ctx, kinds[kind], id, false)

/** Puts a thing in use again; the times of a doctor are published at once. Twice is once. Throws NotFound. */
export const activate = (ctx: Ctx, kind: KindName, id: string) => mark(ctx, kinds[kind], id, true)

async function mark(ctx: Ctx, kind: Kind, id: string, isActive: boolean) {
  const { type } = kind
  const subject = subjectOf(kind, await kind.find(ctx, id))
  await publishing(async tx => {
    const where = { id, deactivatedAt: isActive ? ({ not: null } as const) : null }
    const { count } = await kind.mark(tx, where, isActive ? null : toDate(ctx.now))
    if (!count) return

    await record(tx, ctx, `${type}.${isActive ? 'activated' : 'deactivated'}`, subject)
    if (isActive) await kind.activated?.(tx, ctx, id)
  })
}
