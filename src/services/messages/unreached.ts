import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { may } from '../../permissions.ts'
import { pageOf, skipTo } from '../lists/pages.ts'
import { messagesAtDesk } from './message-at-desk.ts'
import { comesAt, openFailures, stillMatters } from './still-matters.ts'
import { topic } from './topic.ts'
import { isVisible } from './visible-messages.ts'

interface Line {
  ids: string[]
}

/**
 * Who could not be told something that still matters, the soonest visit first, a page at a time: one entry for each
 * person, visit and topic: the latest message that failed, and `others`, the latest of each other way. What matters to
 * nobody any more drops out by itself.
 */
export async function unreached(ctx: Ctx, { page }: { page: number }) {
  const { skip, take } = skipTo(page)
  const [{ people, entries }, lines] = await Promise.all([
    counted(ctx),
    db.$queryRaw<Line[]>`
      SELECT array_agg(id ORDER BY created DESC, sends DESC, id) AS ids FROM (${latest(ctx)}) u
      GROUP BY who, about, topic ORDER BY min(soon), max(failed), min(id::text) LIMIT ${take} OFFSET ${skip}`
  ])
  const found = await messagesAtDesk(
    ctx,
    lines.flatMap(({ ids }) => ids)
  )
  const messages = lines.flatMap(({ ids }) => {
    const [message, ...others] = ids.flatMap(id => found.find(each => each.id === id) ?? [])
    return message ? { ...message, others } : []
  })
  return { messages, people, ...pageOf(entries, page) }
}

/** How many people they are: none for whoever may not see to them. */
export async function unreachedCount(ctx: Ctx) {
  if (!may(ctx.actor, 'messages.list')) return 0
  return (await counted(ctx)).people
}

async function counted(ctx: Ctx) {
  const [counts] = await db.$queryRaw<{ people: number; entries: number }[]>`
    SELECT count(DISTINCT who)::int AS people, count(DISTINCT (who, about, topic))::int AS entries
    FROM (${latest(ctx)}) u`
  return counts ?? { people: 0, entries: 0 }
}

/** SQL: the latest of what failed, for each person, visit, topic and way. */
const latest = (ctx: Ctx) => Prisma.sql`
  SELECT DISTINCT ON (who, about, topic, n.channel) coalesce(n.recipient_id, n.patient_id) AS who,
    coalesce(n.appointment_id, n.id) AS about, ${topic} AS topic, n.id, n.created_at AS created, n.send_after AS sends,
    n.last_attempt_at AS failed, ${comesAt} AS soon
  FROM ${openFailures} AND ${isVisible(ctx)} AND ${stillMatters(ctx)}
  ORDER BY who, about, topic, n.channel, n.created_at DESC, n.send_after DESC, n.id`
