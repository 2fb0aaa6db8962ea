import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Letter } from '../../gateways/letter.ts'
import { paths } from '../../paths.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { choosable } from '../appointments/proposals.ts'
import { whySuspended } from '../appointments/suspended.ts'
import { afterMove } from '../appointments/transitions.ts'
import { settings } from '../settings/settings.ts'
import { type About, feeOf, isChangeable, paragraphsOf, type Told, told, wordsFor } from './appointment-words.ts'
import type { Waiting } from './due.ts'
import { notBefore } from './enough.ts'
import type { WhyDropped } from './kinds.ts'
import { unsubscribeLink, visitLink } from './links.ts'
import type { Recipient } from './recipient.ts'
import { whyStale } from './still-true.ts'
import { invitation } from './visit-calendar.ts'
import { letterOf, namedFor, pen, visitFacts } from './visit-facts.ts'
import type { Writer } from './written.ts'

/**
 * What whoever looks after a patient is told of an appointment, by the clinic's clock, if it is still so: when, for
 * whom, with whom and where; what for, never. What the team wrote stands on the page that the mail leads to. To an
 * address that nobody has shown to be theirs, initials only, nothing for a calendar, and few an hour.
 */
export const writeAboutAppointment: Writer = async (ctx, message, to) => {
  const { appointmentId: id, recipientId: accountId } = message
  if (!id || !accountId || !to.email) return { why: 'NO_ACCOUNT' }
  const found = await db.appointment.findFirst({ where: { id, patient: { accountId } }, select: told })
  if (!found) return { why: 'NO_ACCOUNT' }
  const why = await whyNot(ctx, message, found, to)
  if (why) return { why }
  const later = to.isConfirmed ? null : await notBefore(ctx, message)
  if (later) return { notBefore: later }

  const visit = namedFor(to, found)
  const about = await aboutOf(ctx, message, { visit, accountId, email: to.email })
  const isReminder = about.topic === 'reminder'
  const invited = { visit, isOff: about.isOff, sequence: visit.sequence, isDoctors: false }
  const isInvited = to.isConfirmed && !isReminder && about.topic !== 'proposed'
  const calendar = isInvited && invitation(ctx, to, invited)
  return {
    ...{ letter: letterAbout(ctx, about), replyTo: visit.clinic.email, attachments: [] },
    ...(calendar && { calendar }),
    ...(isReminder && { unsubscribeUrl: unsubscribeLink(accountId) })
  }
}

async function whyNot({ now }: Ctx, { kind, data }: Waiting, visit: Told, to: Recipient): Promise<WhyDropped | null> {
  if (kind === 'appointment.reminder' && !to.wantsReminders) return 'NOT_WANTED'
  const isSolved = kind === 'appointment.proposed' && !(whySuspended(visit, now) && afterMove('PATIENT', visit.status))
  return whyStale({ kind, data }, visit, await settings(), now) ?? (isSolved ? 'NOT_TRUE' : null)
}

async function aboutOf(ctx: Ctx, { kind, data }: Waiting, of: Pick<About, 'visit' | 'accountId' | 'email'>) {
  const { visit } = of
  return {
    ...{ ...of, data },
    startsAt: onTheClock(visit.startsAt, visit.clinic.timeZone),
    topic: kind.split('.')[1] as About['topic'],
    isOff: kind === 'appointment.rejected' || kind === 'appointment.cancelled',
    freeTimes: await timesLeft(ctx, visit.id, data.timeslotIds)
  }
}

/** Those of the times that were proposed that can still be had. */
async function timesLeft(ctx: Ctx, id: string, timeslotIds: string[] = []) {
  if (timeslotIds.length === 0) return []
  const left = await choosable(ctx, new Map([[id, timeslotIds]]))
  return left.get(id)?.map(({ startsAt }) => startsAt) ?? []
}

function letterAbout(ctx: Ctx, about: About): Letter {
  const { locale } = ctx
  const { t } = pen(locale)
  const { words, whose, said } = wordsFor(locale, about)
  return letterOf(locale, about.visit, {
    subject: t(`emails:appointment.${words}.subject.${whose}`, said),
    title: t(`emails:title.${titleOf(about)}.${whose}`, said),
    paragraphs: paragraphsOf(ctx, about),
    facts: factsOf(locale, about),
    links: linksOf(ctx, about),
    why: t('emails:foot.visit')
  })
}

/** When it is stands largest, unless it is not then any more. */
const titleOf = ({ topic, isOff }: About) => (isOff || topic === 'proposed' ? topic : 'on')

function factsOf(locale: string, about: About): Letter['facts'] {
  const { fact, when } = pen(locale)
  const { visit, topic, startsAt, isOff, data, freeTimes } = about
  const { timeZone } = visit.clinic
  const isMoved = topic === 'moved' && data.from && data.from !== startsAt
  return [
    ...fact('free', ...freeTimes.map(time => when(time, timeZone))),
    ...fact(topic === 'proposed' ? 'planned' : 'when', when(startsAt, timeZone)),
    ...fact('before', isMoved && data.from ? when(data.from, timeZone) : null),
    ...visitFacts(visit, locale),
    ...fact('room', isOff || topic === 'proposed' ? null : visit.room?.name),
    ...fact('reference', visit.reference),
    ...fact('payment', isOff || topic === 'proposed' ? null : feeOf(locale, visit))
  ]
}

function linksOf(ctx: Ctx, { visit, topic, isOff, accountId, email }: About): Letter['links'] {
  const { t, link } = pen(ctx.locale)
  const { id, sequence, doctor, clinic, doctorId } = visit
  const isBookable = !doctor.deactivatedAt && !clinic.deactivatedAt
  if (isOff)
    return [
      link(t('emails:link.again'), isBookable ? paths.booking.doctors.show(doctorId) : paths.booking.doctors.index()),
      link(t('emails:link.see'), paths.booking.appointments.show(id))
    ]
  const label = topic === 'proposed' ? 'choose' : isChangeable(ctx, visit) ? 'change' : 'see'
  return [
    { label: t(`emails:link.${label}`), url: visitLink({ id, sequence, accountId, email }) },
    ...(topic === 'reminder' ? [{ label: t('emails:link.stop'), url: unsubscribeLink(accountId) }] : [])
  ]
}
