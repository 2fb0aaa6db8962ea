import type { TFunction } from 'i18next'
import type { Ctx } from '../../context.ts'
import { type Block, printPdf } from '../../gateways/pdf.ts'
import { type Helpers, helpers } from '../../helpers/index.ts'
import type { Money } from '../../helpers/money.ts'
import { translator } from '../../i18n.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { Measures } from './measures.ts'
import { type Report, report } from './queries.ts'
import type { Asked } from './scope.ts'

const MOST_DOCTORS = 20

interface Words {
  t: TFunction
  h: Helpers
}

/**
 * A report as PDF on A4, in the words of whoever asks: the numbers in all, by clinic, by doctor, by weekday and hour.
 */
export async function reportFile(ctx: Ctx, asked: Asked) {
  const found = await report(ctx, asked)
  const words = { t: translator(ctx.locale), h: helpers(ctx.locale) }
  const { t, h } = words
  const { period, before, clinic, doctor } = found
  const what = [clinic?.name ?? t('admin:analytics.allClinics'), doctor?.name].filter(Boolean).join(', ')
  const days = `${h.shortDate(before.from)} – ${h.shortDate(before.to)}`
  const sub = `${h.date(period.from)} – ${h.date(period.to)} · ${what} · ${t('admin:analytics.pdf.comparedWith', { days })}`
  const title = t('admin:analytics.title')
  return printPdf({
    title,
    language: ctx.locale,
    isLong: true,
    madeAt: toDate(ctx.now),
    foot: (page, pages) =>
      t('admin:analytics.pdf.foot', { from: h.date(period.from), to: h.date(period.to), page, pages }),
    warning: t('admin:analytics.pdf.missingLetters'),
    blocks: [
      { kind: 'title', text: title, sub },
      ...facts(words, found),
      table(words, 'byClinic', found.byClinic),
      table(words, 'byDoctor', found.byDoctor.slice(0, MOST_DOCTORS), found.byDoctor.length),
      hours(words, found)
    ]
  })
}

/** Each number, and what it was before. */
function facts({ t, h }: Words, { totals, totalsBefore }: Report): Block[] {
  const fact = (name: string, of: (measures: Measures) => string) => ({
    term: t(`admin:analytics.column.${name}`),
    lines: [of(totals), t('admin:analytics.pdf.before', { value: of(totalsBefore) })]
  })
  const share = (value: number | null) => (value === null ? '–' : h.percent(value))
  const sum = (amounts: Money[]) => amounts.map(amount => h.moneyAmong(amount, amounts)).join(', ') || '–'
  const money = (['fees', 'received', 'refunded', 'revenue'] as const).map(name => ({
    term: t(`admin:analytics.column.${name}`),
    lines: [sum(totals[name]), t('admin:analytics.pdf.before', { value: sum(totalsBefore[name]) })]
  }))
  return [
    {
      kind: 'facts',
      facts: (['booked', 'completed', 'cancelled', 'missed'] as const).map(name => fact(name, is => h.number(is[name])))
    },
    {
      kind: 'facts',
      facts: [
        fact('late', is => h.number(is.cancelledLate)),
        fact('missedShare', is => share(is.missedShare)),
        fact('utilisation', is => share(is.utilisation)),
        fact('leadDays', is => (is.leadDays === null ? '–' : h.number(is.leadDays, 1)))
      ]
    },
    { kind: 'facts', facts: money }
  ]
}

type Row = Measures & { name: string; fees: Money[]; revenue: Money[] }

function table({ t, h }: Words, by: 'byClinic' | 'byDoctor', rows: Row[], many = rows.length): Block {
  const columns = ['booked', 'completed', 'cancelled', 'missed', 'utilisation', 'fees', 'revenue']
  const all = rows.flatMap(row => [...row.fees, ...row.revenue])
  const money = (amounts: Money[]) => amounts.map(amount => h.moneyAmong(amount, all)).join(' ')
  return {
    kind: 'table',
    title: many > rows.length ? t('admin:analytics.pdf.most', { count: rows.length }) : t(`admin:analytics.${by}`),
    head: [t(`admin:analytics.column.${by}`), ...columns.map(column => t(`admin:analytics.column.${column}`))],
    rows: rows.map(row => [
      row.name,
      ...[row.booked, row.completed, row.cancelled, row.missed].map(value => h.number(value)),
      row.utilisation === null ? '–' : h.percent(row.utilisation),
      money(row.fees),
      money(row.revenue)
    ])
  }
}

function hours({ t, h }: Words, { byHour }: Report): Block {
  const weekdays = [1, 2, 3, 4, 5, 6, 7]
  const known = new Map(byHour.map(({ weekday, hour, booked }) => [`${weekday} ${hour}`, booked]))
  return {
    kind: 'table',
    title: t('admin:analytics.heat.title'),
    head: [t('admin:analytics.heat.hour'), ...weekdays.map(day => h.weekdays([day]))],
    rows: [...new Set(byHour.map(({ hour }) => hour))]
      .sort((a, b) => a - b)
      .map(hour => [`${hour}:00`, ...weekdays.map(day => h.number(known.get(`${day} ${hour}`) ?? 0))])
  }
}
