import type { DeskMethod, PaymentMethod } from '../../src/generated/enums.ts'
import type { Chance } from './chance.ts'
import { booksOf, bySystem, type Visit, type Who } from './payments.ts'
import type { Slot } from './publish-slots.ts'
import { DAY, MINUTE, type World } from './world.ts'

type Online = Exclude<PaymentMethod, 'PAY_AT_CLINIC'>

/** What people pay with from afar, and at the desk, some more often than others. */
const online: Online[] = ['CARD', 'CARD', 'CARD', 'CARD', 'WALLET', 'WALLET', 'NET_BANKING']
const onlineInIndia: Online[] = ['UPI', 'UPI', 'UPI', 'UPI', 'CARD', 'CARD', 'NET_BANKING', 'WALLET']
const desk: DeskMethod[] = ['CARD', 'CARD', 'CARD', 'CASH', 'CASH', 'CASH', 'NET_BANKING']
const deskInIndia: DeskMethod[] = ['UPI', 'UPI', 'CASH', 'CASH', 'CARD', 'WALLET']

/** How much earlier than it is booked a time is chosen, and a payment begun. */
export const CHOOSING = 4 * MINUTE
const PAYING = 3 * MINUTE

/** How somebody means to pay, before it is known what becomes of it; null for a time that nobody came to pay for. */
export function wayToPay(
  { chance }: World,
  id: string,
  slot: Slot,
  { status, bookedById }: Pick<Visit, 'status' | 'bookedById'>
) {
  const draw = chance(`way/${id}`)
  const { story, staff } = slot.clinic
  const isByDesk = staff.includes(bookedById)
  const isGoneBefore = status === 'HELD' || (status === 'EXPIRED' && (isByDesk || !draw.often(0.4)))
  if (isGoneBefore || slot.doctor.feeMinor === 0) return null
  if (isByDesk) return 'PAY_AT_CLINIC'
  const isOnline = status === 'EXPIRED' || draw.often(0.6)
  return isOnline ? draw.pick(story.currency === 'INR' ? onlineInIndia : online) : 'PAY_AT_CLINIC'
}

/** The payment of a visit, from what became of the visit. `keepsNothing` when it is told that the money went back. */
export function payFor(world: World, visit: Visit, slot: Slot, way: PaymentMethod, keepsNothing: boolean) {
  if (way === 'PAY_AT_CLINIC') return payAtTheDesk(world, visit, slot)
  const books = booksOf(world, visit)
  const draw = world.chance(`payment/${visit.id}`)
  const payer = { actorId: visit.bookedById, actorRole: 'PATIENT' }
  const created = Date.parse(String(visit.createdAt))
  if (visit.status === 'EXPIRED') {
    const isDeclined = keepsNothing || draw.often(0.6)
    const tried = books.start(way, created + CHOOSING - PAYING, payer)
    return books.fail(tried, isDeclined ? 'DECLINED' : 'ABANDONED', created + CHOOSING, isDeclined ? bySystem : payer)
  }

  const begun = created + CHOOSING - PAYING
  const isSecondTry = draw.often(0.06)
  if (isSecondTry) {
    const other = draw.pick(online.filter(method => method !== way))
    books.fail(books.start(other, begun, payer), 'REPLACED', begun + MINUTE, payer)
  }
  const payment = books.start(way, isSecondTry ? begun + MINUTE : begun, payer, isSecondTry ? 2 : 1)
  books.succeed(payment, created + CHOOSING)

  const called = calledOff(visit, slot)
  const isKept = visit.cancelledLate && called?.who.actorRole === 'STAFF' && !keepsNothing && draw.often(0.5)
  if (called && !isKept) books.oweRefund(payment, called.at, called.who, called.cause)
}

function payAtTheDesk(world: World, visit: Visit, slot: Slot) {
  const books = booksOf(world, visit)
  const draw = world.chance(`payment/${visit.id}`)
  const payment = books.atClinic(Date.parse(String(visit.createdAt)))
  const called = calledOff(visit, slot)
  if (called) return books.callOff(payment, called.at, called.who)

  const at = takenAt(world, visit, draw)
  const { story, staff } = slot.clinic
  const paidWith = draw.often(0.02) ? 'OTHER' : draw.pick(story.currency === 'INR' ? deskInIndia : desk)
  if (at !== null) books.collect(payment, at, draw.pick(staff), paidWith, paidWith === 'OTHER' ? 'Gift voucher' : null)
}

/** On arrival or after the visit. Of the last days, a few have still to pay. */
function takenAt({ now }: World, { status, checkedInAt, endsAt }: Visit, draw: Chance) {
  const owesStill = draw.often(now - Date.parse(String(endsAt)) < 3 * DAY ? 0.15 : 0.01)
  const [arrival, after] = [Date.parse(String(checkedInAt)) + draw.between(1, 2) * MINUTE, draw.between(2, 9) * MINUTE]
  if (status === 'CHECKED_IN') return draw.often(0.5) ? Math.min(now, arrival) : null
  if (status !== 'COMPLETED' || owesStill) return null
  return draw.often(0.4) ? Math.min(now, arrival) : Math.min(now, Date.parse(String(endsAt)) + after)
}

/** When, by whom and how a visit was called off, if it was. */
function calledOff({ status, cancelledAt, cancelledById }: Visit, { doctor, clinic }: Slot) {
  if (status !== 'CANCELLED' && status !== 'REJECTED') return null
  const actorId = String(cancelledById)
  const actorRole = actorId === doctor.userId ? 'DOCTOR' : clinic.staff.includes(actorId) ? 'STAFF' : 'PATIENT'
  const who: Who = { actorId, actorRole }
  return { at: Date.parse(String(cancelledAt)), who, cause: status }
}
