import type { Ctx } from '../../context.ts'
import { NotFound } from '../../errors.ts'
import { type Block, printPdf } from '../../gateways/pdf.ts'
import { type Helpers, helpers } from '../../helpers/index.ts'
import { translator } from '../../i18n.ts'
import { paymentPage } from './queries.ts'

type Page = Awaited<ReturnType<typeof paymentPage>>

interface Words {
  t: ReturnType<typeof translator>
  h: Helpers
}

/**
 * A receipt on A4 paper, as PDF, in the language of who asks: what was paid, when, how and for what, and what went back.
 * Its title and its file name name nobody. Throws NotFound of what this person may not see, and while nothing is paid.
 */
export async function receiptFile(ctx: Ctx, id: string) {
  const page = await paymentPage(ctx, id)
  const { payment, appointment } = page
  if (!payment.paidAt) throw new NotFound()
  const words = { t: translator(ctx.locale), h: helpers(ctx.locale) }
  const { t, h } = words
  const title = t('payments:receipt.number', { reference: payment.reference })

  const pdf = await printPdf({
    title,
    language: ctx.locale,
    madeAt: new Date(payment.refundedAt ?? payment.paidAt),
    warning: t('payments:receipt.missingLetters'),
    foot: (page, pages) => [appointment.patient.name, title, t('payments:receipt.page', { page, pages })].join(' · '),
    blocks: [
      { kind: 'title', text: t('payments:receipt.title'), sub: `${title} · ${h.date(payment.paidAt)}` },
      { kind: 'facts', facts: who(words, page) },
      { kind: 'facts', facts: what(words, page, payment.paidAt) },
      sums(words, page)
    ]
  })
  return { name: `receipt-${payment.reference}.pdf`, pdf }
}

const who = ({ t }: Words, { appointment: { patient, doctor, clinic } }: Page) => [
  { term: t('payments:receipt.patient'), lines: [patient.name] },
  { term: t('payments:receipt.doctor'), lines: [doctor.name, doctor.specialization] },
  { term: t('payments:receipt.clinic'), lines: [clinic.name, `${clinic.address}, ${clinic.city}`, clinic.phone] }
]

function what({ t, h }: Words, { payment, appointment }: Page, paidAt: string) {
  const { startsAt, timeZone } = appointment
  const reference = t('payments:receipt.reference', { reference: appointment.reference })
  const how = payment.paidWith
    ? t('payments:receipt.atClinic', { how: t(`payments:paidWith.${payment.paidWith}`) })
    : t(`payments:method.${payment.method}`)
  const clock = (at: string) => `${h.time(at)} ${h.zone(at, timeZone)}`
  const { transactionId } = payment
  return [
    { term: t('payments:receipt.visit'), lines: [h.fullDay(startsAt), clock(startsAt), reference] },
    { term: t('payments:receipt.paidAt'), lines: [h.date(paidAt), clock(paidAt)] },
    {
      term: t('payments:receipt.paidWith'),
      lines: [how, ...(transactionId ? [t('payments:receipt.transaction', { id: transactionId })] : [])]
    }
  ]
}

function sums({ t, h }: Words, { payment }: Page): Block {
  const { refundedAt, refundCause, state } = payment
  const amount = payment.received ?? payment.amount
  const sent = payment.paidWith ? 'givenBack' : 'sentBack'
  const back = refundedAt ? t(`payments:receipt.${sent}`, { date: h.date(refundedAt) }) : t(`payments:state.${state}`)
  const refund = [back, `−${h.moneyAlone(amount)}`]
  const why = refundCause ? [[t(`payments:receipt.why.${refundCause}`), '']] : []
  return {
    kind: 'table',
    title: t('payments:receipt.sums'),
    head: [t('payments:receipt.item'), t('payments:receipt.amount', { currency: amount.currency })],
    rows: [[t('payments:receipt.fee'), h.moneyAlone(amount)], ...(refundCause ? [refund, ...why] : [])]
  }
}
