import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { paths } from '../../paths.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { receiptFile } from '../payments/receipt-file.ts'
import type { PaymentKind } from './tell-of-payment.ts'
import { letterOf, namedFor, pen, visitFacts, visitFields } from './visit-facts.ts'
import type { Writer } from './written.ts'

const told = {
  ...{ id: true, reference: true, method: true, status: true, amountMinor: true, receivedMinor: true },
  ...{ currency: true, transactionId: true, paidAt: true, paidWith: true, refundCause: true, refundedAt: true },
  appointment: { select: visitFields }
} satisfies Prisma.PaymentSelect

type Told = Prisma.PaymentGetPayload<{ select: typeof told }>

/** The words of each kind are under this name in the locale file `emails`. */
const topics = {
  'payment.receipt': 'receipt',
  'payment.refunded': 'refunded',
  'payment.time-gone': 'timeGone'
} as const

/** Money that was noted by mistake, or that has not moved yet, is no news. */
const isTrue: Record<PaymentKind, (payment: Told) => boolean> = {
  'payment.receipt': ({ paidAt, status }) => paidAt !== null && ['SUCCESS', 'REFUNDED'].includes(status),
  'payment.refunded': ({ status }) => status === 'REFUNDED',
  'payment.time-gone': ({ refundCause }) => refundCause === 'TIME_GONE'
}

/**
 * What is told of a payment, by the clinic's clock, if it is still true. It names whose visit it is, with whom and where;
 * what for, never. A receipt comes with its paper, on which the whole name stands, if the address has been shown to be
 * theirs.
 */
export const writeAboutPayment: Writer = async (ctx, message, to) => {
  const { locale, isConfirmed } = to
  const kind = message.kind as PaymentKind
  const payment = await db.payment.findFirst({
    where: { id: message.data.paymentId ?? '', appointment: { patient: { accountId: message.recipientId ?? '' } } },
    select: told
  })
  if (!payment || !isTrue[kind](payment)) return { why: 'NOT_TRUE' }
  const appointment = namedFor(to, payment.appointment)

  const { t, h } = pen(locale)
  const topic = topics[kind]
  const amount = h.moneyAlone(amountOf(kind, payment))
  const said = { amount, reference: payment.reference }
  const letter = letterOf(locale, appointment, {
    subject: t(`emails:${topic}.subject`, said),
    title: t(`emails:${topic}.title`),
    paragraphs: [t(`emails:${topic}.what`, said), t(`emails:${topic}.${nextOf(kind, payment, isConfirmed)}`)],
    facts: factsOf(kind, { ...payment, appointment }, amount, locale),
    links: linksOf(kind, payment, locale),
    why: t('emails:foot.payment')
  })
  const attachments = kind === 'payment.receipt' && isConfirmed ? [await receiptIn(ctx, payment.id)] : []
  return { letter, replyTo: appointment.clinic.email, attachments }
}

async function receiptIn(ctx: Ctx, paymentId: string) {
  const { name: filename, pdf: content } = await receiptFile(ctx, paymentId)
  return { filename, content, contentType: 'application/pdf' }
}

/** What goes back is what came. */
const amountOf = (kind: PaymentKind, { amountMinor, receivedMinor, currency }: Told) => ({
  amountMinor: kind === 'payment.receipt' ? amountMinor : (receivedMinor ?? amountMinor),
  currency
})

function nextOf(kind: PaymentKind, { method }: Told, isConfirmed: boolean) {
  if (kind === 'payment.receipt' && !isConfirmed) return 'nextOnline'
  return kind === 'payment.refunded' && method === 'PAY_AT_CLINIC' ? 'nextAtClinic' : 'next'
}

function factsOf(kind: PaymentKind, payment: Told, amount: string, locale: string) {
  const { t, when, fact } = pen(locale)
  const { appointment, method, paidWith, refundCause } = payment
  const { clinic, reference, startsAt } = appointment
  const on = (date: Date | null) => date && when(onTheClock(date, clinic.timeZone), clinic.timeZone)
  const isReceipt = kind === 'payment.receipt'
  const isRefund = kind === 'payment.refunded'
  return [
    ...fact('amount', amount),
    ...fact('receipt', payment.reference),
    ...fact('transaction', payment.transactionId),
    ...fact('paidOn', isReceipt ? on(payment.paidAt) : null),
    ...fact('paidWith', isReceipt ? t(paidWith ? `payments:paidWith.${paidWith}` : `payments:method.${method}`) : null),
    ...fact('refundedOn', isRefund ? on(payment.refundedAt) : null),
    ...fact('why', isRefund && refundCause ? t(`payments:refundCause.${refundCause}`) : null),
    ...fact('appointment', on(startsAt), t('payments:receipt.reference', { reference })),
    ...visitFacts(appointment, locale)
  ]
}

function linksOf(kind: PaymentKind, { id, appointment }: Told, locale: string) {
  const { t, link } = pen(locale)
  const payment = link(t(`emails:${topics[kind]}.link`), paths.booking.payments.show(id))
  const again = link(t('emails:timeGone.again'), paths.booking.doctors.show(appointment.doctorId))
  return kind === 'payment.time-gone' ? [again, payment] : [payment]
}
