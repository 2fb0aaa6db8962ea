import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import type { MessageState } from '../../helpers/message.ts'
import { daysAsked } from '../appointments/on-days-asked.ts'
import { type Ask, asFarAsCounted, everyRow, type Order, type Place, slice } from '../lists/keyset.ts'
import { ordered } from '../lists/pages.ts'
import { meant } from './meant.ts'
import { dueNow, inMessageState, type KindGroup, kindsIn } from './message-state.ts'
import { type MessageRow, messageFields, messageView } from './message-view.ts'
import { visibleMessages } from './visible-messages.ts'

type Sorted = 'createdAt' | 'sendAfter'

export interface MessageSearch extends Place {
  /** An appointment's reference, or words of the name of whoever is told or is the patient. */
  q?: string
  /** `DUE`: waits although its time has come, or is tried again. */
  state?: MessageState | 'DUE'
  channel?: 'EMAIL' | 'SMS'
  kind?: KindGroup
  clinicId?: string
  /** First and last day, `YYYY-MM-DD`, on which it was written, each by the clinic's clock; without a clinic in UTC. */
  from?: string
  to?: string
  sort?: Sorted | `-${Sorted}`
}

/** Messages this person may see, the latest written first unless asked otherwise, a page at a time. */
export async function listMessages(ctx: Ctx, search: MessageSearch) {
  const where = await narrowed(ctx, search)
  const [total, { rows, ...places }] = await Promise.all([
    db.notification.count({ where, ...asFarAsCounted(orderOf(search)) }),
    slice(orderOf(search), search, found(where))
  ])
  return { messages: rows.map(row => messageView(ctx, row)), total, ...places }
}

/** All of them, in the same order. */
export async function* everyMessage(ctx: Ctx, search: MessageSearch) {
  for await (const row of everyRow(orderOf(search), found(await narrowed(ctx, search)))) yield messageView(ctx, row)
}

const found =
  (where: Prisma.NotificationWhereInput) =>
  ({ where: beyond, ...rest }: Ask) =>
    db.notification.findMany({ where: { AND: [where, beyond] }, select: messageFields, ...rest })

function orderOf({ sort = '-createdAt' }: MessageSearch): Order<MessageRow, Sorted> {
  const order = ordered<Sorted>(sort)
  return { ...order, of: row => row[order.by], holds: 'date', ids: 'uuid' }
}

async function narrowed(ctx: Ctx, search: MessageSearch): Promise<Prisma.NotificationWhereInput> {
  const { q, state, channel, kind, clinicId } = search
  return {
    AND: [
      visibleMessages(ctx),
      state === 'DUE' ? dueNow(ctx) : state ? inMessageState[state] : {},
      channel ? { channel } : {},
      clinicId ? { clinicId } : {},
      q ? await meant(q) : {},
      await writtenOnDaysAsked(ctx, search)
    ],
    ...(kind && { kind: { in: kindsIn(kind) } })
  }
}

async function writtenOnDaysAsked(ctx: Ctx, search: MessageSearch): Promise<Prisma.NotificationWhereInput> {
  const asked = await daysAsked(ctx, search)
  if (!asked) return {}
  const { from, to } = search
  const inUtc = {
    ...(from && { gte: new Date(`${from}T00:00:00Z`) }),
    ...(to && { lte: new Date(`${to}T23:59:59.999Z`) })
  }
  const { whole, zones } = asked
  const atClinics = zones.map(({ clinicIds, between }) => ({ clinicId: clinicIds, createdAt: between }))
  const ofNoClinic = { clinicId: null, createdAt: inUtc }
  return { AND: [{ OR: [...atClinics, ofNoClinic] }, ...(zones.length ? [{ createdAt: around(whole) }] : [])] }
}

/** The days of all zones, with room for those of UTC: what an index can look up. */
const DAY = 86_400_000
const around = ({ gte, lt }: { gte?: Date; lt?: Date }) => ({
  ...(gte && { gte: new Date(gte.valueOf() - DAY) }),
  ...(lt && { lt: new Date(lt.valueOf() + DAY) })
})
