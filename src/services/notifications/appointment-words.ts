import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/client.ts'
import type { PaymentState } from '../../helpers/payment.ts'
import { isTooLateToChange } from '../../scheduling/rules.ts'
import { instantOf, onTheClock, toDate } from '../../scheduling/zone.ts'
import { presentPayment, stateOf } from '../payments/view.ts'
import type { MessageData } from './kinds.ts'
import { pen, visitFields } from './visit-facts.ts'

export const told = {
  ...visitFields,
  ...{ status: true, sequence: true, feeMinor: true, currency: true, cancelledById: true },
  timeslot: { select: { suspendedBy: true } },
  payments: presentPayment
} satisfies Prisma.AppointmentSelect

export type Told = Prisma.AppointmentGetPayload<{ select: typeof told }>

/** What a mail about an appointment is about. */
export interface About {
  topic: 'booked' | 'confirmed' | 'rejected' | 'moved' | 'cancelled' | 'reminder' | 'proposed'
  visit: Told
  accountId: string
  /** Of the account. */
  email: string
  /** By the clinic's clock, as are the times that were proposed and can still be had. */
  startsAt: string
  freeTimes: string[]
  data: MessageData
  isOff: boolean
}

/** Under which words it stands in the locale file `emails`, whose it is to whoever gets it, and what they name. */
export function wordsFor(locale: string, about: About) {
  const { h } = pen(locale)
  const { visit, topic, startsAt, data, accountId } = about
  const { patient, clinic, cancelledById } = visit
  const isSameTime = topic === 'moved' && data.from === startsAt
  const isOwnMove = topic === 'moved' && data.isOwn === true
  const isCalledOff = topic === 'cancelled' && cancelledById !== accountId
  return {
    words: isSameTime ? 'reassigned' : isCalledOff ? 'called-off' : isOwnMove ? 'moved-by-you' : topic,
    whose: patient.relation === 'SELF' ? 'own' : 'other',
    said: { day: h.longDay(startsAt), time: h.time(startsAt), clinic: clinic.name, patient: patient.name }
  }
}

/** What happened, and what follows: for the time, for the money, for whoever reads it. */
export function paragraphsOf(ctx: Ctx, about: About): string[] {
  const { t } = pen(ctx.locale)
  const { visit, topic, data, isOff, freeTimes } = about
  const { words, whose, said } = wordsFor(ctx.locale, about)
  const soon = soonIn(ctx, about)
  const what = t(`emails:appointment.${words}.what.${whose}`, { ...said, soon })
  const count = freeTimes.length
  if (topic === 'proposed') return [what, t(count ? 'emails:next.choose' : 'emails:next.noneLeft', { count })]
  if (isOff) return [what, moneyOnceOff(ctx.locale, visit)].filter(each => each !== null)

  const isOtherDoctor = words === 'moved' && data.formerDoctorId
  const isNews = topic === 'booked' || topic === 'moved'
  return [
    what,
    ...(isOtherDoctor ? [t('emails:next.otherDoctor')] : []),
    ...(isNews ? [t(`emails:next.${visit.status === 'BOOKED' ? 'toConfirm' : 'isConfirmed'}`)] : []),
    changeOf(ctx, visit, topic === 'moved' && !data.isOwn)
  ]
}

/** Whether whoever looks after the patient can still move or cancel it. */
export const isChangeable = ({ now }: Ctx, { status, startsAt, clinic }: Told) =>
  status !== 'CHECKED_IN' && !isTooLateToChange(instantOf(startsAt), now, clinic)

/** How many days are left, by the clinic's clock, when it is written. */
function soonIn({ now, locale }: Ctx, { startsAt }: About) {
  const { t, h } = pen(locale)
  const count = h.daysUntil(startsAt, now.toString())
  return count < 2 ? t(`emails:soon.${count < 1 ? 'today' : 'tomorrow'}`) : t('emails:soon.inDays', { count })
}

/** How it is changed; `isNotOwn` when others have chosen the time. */
function changeOf(ctx: Ctx, visit: Told, isNotOwn: boolean) {
  const { t, h } = pen(ctx.locale)
  const { startsAt, clinic } = visit
  const { cancellationNoticeMinutes: minutes, timeZone, phone } = clinic
  if (!isChangeable(ctx, visit)) return t(`emails:next.${isNotOwn ? 'lateIfNot' : 'late'}`, { phone })
  const until = onTheClock(toDate(instantOf(startsAt).subtract({ minutes })), timeZone)
  return t(`emails:next.${isNotOwn ? 'untilIfNot' : 'until'}`, { day: h.longDay(until), time: h.time(until) })
}

/** What it costs, and how that stands. */
export function feeOf(locale: string, { payments: [payment], status, feeMinor, currency }: Told) {
  const { t, h } = pen(locale)
  const amount = h.moneyAlone({ amountMinor: feeMinor, currency })
  if (!payment) return feeMinor ? amount : t('emails:money.none')
  const { paidWith, method } = payment
  const how = t(paidWith ? `payments:paidWith.${paidWith}` : `payments:method.${method}`)
  return t(`payments:how.${stateOf(payment, status)}`, { amount, method: how })
}

/** What becomes of money that came; what only was to be paid is owed no more. */
const endings: Partial<Record<PaymentState, string>> = {
  REFUND_DUE: 'onItsWay',
  REFUND_AT_CLINIC: 'atClinic',
  REFUNDED: 'back',
  SUCCESS: 'kept'
}

function moneyOnceOff(locale: string, { payments: [payment], status }: Told) {
  const { t, h } = pen(locale)
  const ending = payment && endings[stateOf(payment, status)]
  if (!ending) return t('emails:money.none')
  const { receivedMinor, amountMinor, currency } = payment
  const amount = h.moneyAlone({ amountMinor: receivedMinor ?? amountMinor, currency })
  return t(`emails:money.${ending}`, { amount })
}
