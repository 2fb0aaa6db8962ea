import { config } from '../../config.ts'
import { db } from '../../database/client.ts'
import type { Letter } from '../../gateways/letter.ts'
import type { Prisma } from '../../generated/client.ts'
import { helpers } from '../../helpers/index.ts'
import { translator } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import type { MessageKind } from './kinds.ts'

const told = {
  ...{ id: true, reference: true, method: true, status: true, amountMinor: true, receivedMinor: true },
  ...{ currency: true, transactionId: true, paidAt: true, paidWith: true, refundCause: true, refundedAt: true },
  appointment: {
    select: {
      ...{ reference: true, startsAt: true, doctorId: true },
      patient: { select: { name: true } },
      doctor: { select: { user: { select: { name: true } } } },
      clinic: { select: { name: true, address: true, city: true, phone: true, email: true, timeZone: true } }
    }
  }
} satisfies Prisma.PaymentSelect

type Told = Prisma.PaymentGetPayload<{ select: typeof told }>

/** The words of each kind are under this name in the locale file `emails`. */
const topics = {
  'payment.receipt': 'receipt',
  'payment.refunded': 'refunded',
  'payment.time-gone': 'timeGone'
} as const

/** Money that was noted by mistake, or that has not moved yet, is no news. */
const isTrue: Record<MessageKind, (payment: Told) => boolean> = {
  'payment.receipt': ({ paidAt, status }) => paidAt !== null && ['SUCCESS', 'REFUNDED'].includes(status),
  'payment.refunded': ({ status }) => status === 'REFUNDED',
  'payment.time-gone': ({ refundCause }) => refundCause === 'TIME_GONE'
}

/**
 * What is told of a payment, in a language, by the clinic's clock; null when it is not true any more. It names whose
 * visit it is, with whom and where; what for, never.
 */
export async function paymentLetter(kind: MessageKind, paymentId: string, locale: string) {
  const payment = await db.payment.findUnique({ where: { id: paymentId }, select: told })
  if (!payment || !isTrue[kind](payment)) return null

  const t = translator(locale)
  const topic = topics[kind]
  const { clinic } = payment.appointment
  const amount = helpers(locale).moneyAlone(amountOf(kind, payment))
  const said = { amount, reference: payment.reference }
  const letter: Letter = {
    language: locale,
    sender: t('common:product'),
    subject: t(`emails:${topic}.subject`, said),
    title: t(`emails:${topic}.title`),
    paragraphs: [t(`emails:${topic}.what`, said), t(`emails:${topic}.${nextOf(kind, payment)}`)],
    facts: factsOf(kind, payment, amount, locale),
    links: linksOf(kind, payment, locale),
    foot: [t('emails:foot.questions', clinic), t('emails:foot.why')]
  }
  return { letter, replyTo: clinic.email }
}

/** What goes back is what came. */
const amountOf = (kind: MessageKind, { amountMinor, receivedMinor, currency }: Told) => ({
  amountMinor: kind === 'payment.receipt' ? amountMinor : (receivedMinor ?? amountMinor),
  currency
})

const nextOf = (kind: MessageKind, { method }: Told) =>
  kind === 'payment.refunded' && method === 'PAY_AT_CLINIC' ? 'nextAtClinic' : 'next'

function factsOf(kind: MessageKind, payment: Told, amount: string, locale: string) {
  const [t, h] = [translator(locale), helpers(locale)]
  const { appointment, method, paidWith, refundCause } = payment
  const { clinic, doctor, patient, reference } = appointment
  const { timeZone } = clinic
  const on = (date: Date | null) => {
    const iso = date && onTheClock(date, timeZone)
    return iso && t('emails:at', { day: h.fullDay(iso), time: h.time(iso), zone: h.zone(iso, timeZone) })
  }
  const isReceipt = kind === 'payment.receipt'
  const fact = (name: string, ...lines: (string | null)[]) => ({
    term: t(`emails:fact.${name}`),
    lines: lines.filter(line => line !== null)
  })
  return [
    fact('amount', amount),
    fact('reference', payment.reference),
    fact('transaction', payment.transactionId),
    fact('paidOn', isReceipt ? on(payment.paidAt) : null),
    fact('paidWith', isReceipt ? t(paidWith ? `payments:paidWith.${paidWith}` : `payments:method.${method}`) : null),
    fact('refundedOn', kind === 'payment.refunded' ? on(payment.refundedAt) : null),
    fact('why', kind === 'payment.refunded' && refundCause ? t(`payments:refundCause.${refundCause}`) : null),
    fact('appointment', on(appointment.startsAt), t('payments:receipt.reference', { reference })),
    fact('patient', patient.name),
    fact('doctor', doctor.user.name),
    fact('clinic', clinic.name, `${clinic.address}, ${clinic.city}`)
  ].filter(({ lines }) => lines.length)
}

function linksOf(kind: MessageKind, { id, appointment }: Told, locale: string) {
  const t = translator(locale)
  const at = (path: string) => config.baseUrl + path
  const payment = { label: t(`emails:${topics[kind]}.link`), url: at(paths.booking.payments.show(id)) }
  const again = { label: t('emails:timeGone.again'), url: at(paths.booking.doctors.show(appointment.doctorId)) }
  return kind === 'payment.time-gone' ? [again, payment] : [payment]
}
