import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { sqlState, transaction } from '../../database/transaction.ts'
import { Refusal } from '../../errors.ts'
import { record } from '../audit/record.ts'
import { type Kind, type KindName, kinds, subjectOf, type Uses } from './kinds.ts'

const STILL_REFERRED_TO = '23503'

/** A thing and what refers to it, each with how often. Throws NotFound. */
export async function removalOf(ctx: Ctx, name: KindName, id: string) {
  const kind: Kind = kinds[name]
  const thing = await kind.find(ctx, id)
  return { thing, uses: listed(await kind.uses(db, id)) }
}

/**
 * Removes a thing for good. Throws NotFound, and a Refusal that says what refers to it and how often; the database's
 * foreign keys have the last word, and then it is the same Refusal.
 */
export async function removeThing(ctx: Ctx, name: KindName, id: string) {
  const kind: Kind = kinds[name]
  const { type } = kind
  const subject = subjectOf(kind, await kind.find(ctx, id))
  await transaction(async tx => {
    const uses = await kind.uses(tx, id)
    if (listed(uses).length) throw inUse(uses)

    await kind.remove(tx, id)
    await record(tx, ctx, `${type}.removed`, subject)
  }).catch(async error => {
    throw sqlState(error) === STILL_REFERRED_TO ? inUse(await kind.uses(db, id)) : error
  })
}

const listed = (uses: Uses) => Object.entries(uses).flatMap(([what, count]) => (count ? { what, count } : []))

function inUse(uses: Uses) {
  const problems = listed(uses).map(({ what, count }) => ({
    field: null,
    key: `admin:removal.uses.${what}`,
    params: { count }
  }))
  return new Refusal(problems.length ? problems : [{ field: null, key: 'admin:removal.inUse' }])
}
