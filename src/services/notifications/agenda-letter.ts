import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Letter } from '../../gateways/letter.ts'
import type { Prisma } from '../../generated/client.ts'
import { paths } from '../../paths.ts'
import { boundsOf, onTheClock, toDate } from '../../scheduling/zone.ts'
import { visibleTo } from '../appointments/queries.ts'
import { upcoming } from '../appointments/transitions.ts'
import { pen } from './visit-facts.ts'
import type { Writer } from './written.ts'

const listed = {
  ...{ reference: true, status: true, startsAt: true, endsAt: true },
  patient: { select: { name: true } },
  room: { select: { name: true } }
} satisfies Prisma.AppointmentSelect

type Listed = Prisma.AppointmentGetPayload<{ select: typeof listed }>

/**
 * A doctor's day at one clinic, by its clock, as it stands when it is written: the visits that are expected or have begun.
 * Patients are initials and a reference.
 */
export const writeAgenda: Writer = async (ctx, { data }, { locale, wantsAgenda }) => {
  if (!wantsAgenda) return { why: 'NOT_WANTED' }
  const { day = '', clinicId = '' } = data
  const clinic = await db.clinic.findUnique({ where: { id: clinicId }, select: { name: true, timeZone: true } })
  if (!clinic || !day) return { why: 'NOT_TRUE' }
  const { timeZone } = clinic
  const visits = await visitsThat(ctx, clinicId, Temporal.PlainDate.from(day), timeZone)
  const last = visits.findLast(({ endsAt }) => endsAt > toDate(ctx.now))
  if (!last) return { why: 'OVER' }

  const { t, h, link } = pen(locale)
  const zone = h.zone(onTheClock(last.startsAt, timeZone), timeZone)
  const said = { count: visits.length, clinic: clinic.name, day: h.longDay(day), zone }
  const letter: Letter = {
    language: locale,
    sender: t('common:product'),
    subject: t('emails:agenda.subject', said),
    title: t('emails:agenda.title', said),
    paragraphs: [t('emails:agenda.what', said)],
    facts: factsOf(visits, timeZone, locale),
    links: [
      link(t('emails:agenda.link'), paths.doctor.schedule.index({ date: day })),
      link(t('emails:link.messages'), paths.auth.messages())
    ],
    foot: [t('emails:agenda.why')]
  }
  return { letter, attachments: [] }
}

async function visitsThat(ctx: Ctx, clinicId: string, day: Temporal.PlainDate, timeZone: string) {
  const [from, until] = boundsOf(day, timeZone).map(toDate) as [Date, Date]
  const expected = { clinicId, status: { in: [...upcoming] }, startsAt: { gte: from, lt: until } }
  return db.appointment.findMany({
    where: { AND: [visibleTo(ctx), expected] },
    select: listed,
    orderBy: [{ startsAt: 'asc' }, { endsAt: 'asc' }]
  })
}

function factsOf(visits: Listed[], timeZone: string, locale: string) {
  const { t, h } = pen(locale)
  const times = visits.map(({ startsAt }) => ({ startsAt: onTheClock(startsAt, timeZone), timeZone }))
  return visits.map(({ reference, status, patient, room }, at) => ({
    term: times[at] ? h.timeAmong(times[at], times) : '',
    lines: [[h.initials(patient.name), reference, t(`common:status.${status}`), room?.name].filter(Boolean).join(', ')]
  }))
}
