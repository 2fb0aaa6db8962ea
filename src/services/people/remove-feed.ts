import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { endFeed } from './feed.ts'
import { ownId } from './queries.ts'

/** Switches one's own calendar address off, if there is one: nothing is to be had there from then on. */
export const removeFeed = (ctx: Ctx) =>
  transaction(async tx => {
    const id = ownId(ctx)
    if (await endFeed(tx, id)) await record(tx, ctx, 'user.feed-removed', { type: 'user', id })
  })
