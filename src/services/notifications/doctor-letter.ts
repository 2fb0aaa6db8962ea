import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Letter } from '../../gateways/letter.ts'
import type { Prisma } from '../../generated/client.ts'
import { paths } from '../../paths.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { visibleTo } from '../appointments/queries.ts'
import { isCalledOff } from '../appointments/transitions.ts'
import { settings } from '../settings/settings.ts'
import { writeAgenda } from './agenda-letter.ts'
import type { Waiting } from './due.ts'
import type { WhyDropped } from './kinds.ts'
import type { Recipient } from './recipient.ts'
import { whyStale } from './still-true.ts'
import { invitation } from './visit-calendar.ts'
import { letterOf, pen, visitFields } from './visit-facts.ts'
import type { Writer } from './written.ts'

const told = {
  ...{ ...visitFields, status: true, sequence: true },
  timeslot: { select: { suspendedBy: true } }
} satisfies Prisma.AppointmentSelect

type Told = Prisma.AppointmentGetPayload<{ select: typeof told }>

interface About {
  visit: Told
  /** The words for it in the locale file `emails`. */
  topic: 'booked' | 'moved' | 'cancelled' | 'former'
  /** When it is, or was while it was this doctor's; by the clinic's clock. */
  startsAt: string
  from: string | undefined
  /** Of what is told: what was taken away may have changed since. */
  sequence: number
}

/**
 * What a doctor is told of an appointment, by the clinic's clock, if it is still so: when, where and whose, by initials
 * and reference. A doctor whose visit was given to another is told that, wherever it went since.
 */
export const writeToDoctor: Writer = async (ctx, message, to) => {
  if (message.kind === 'doctor.agenda') return writeAgenda(ctx, message, to)
  if (!to.wantsNews) return { why: 'NOT_WANTED' }
  const { kind, data, appointmentId: id } = message
  const isFormer = data.formerDoctorId !== undefined && data.formerDoctorId === ctx.actor.doctorId
  const isTaken = kind === 'doctor.cancelled' && isFormer
  const visit =
    id && (await db.appointment.findFirst({ where: { AND: [{ id }, isTaken ? {} : visibleTo(ctx)] }, select: told }))
  if (!visit) return { why: 'SUPERSEDED' }
  const why = isTaken ? whyNotTaken(ctx, visit) : await whyNot(ctx, message, visit)
  if (why) return { why }

  const now = onTheClock(visit.startsAt, visit.clinic.timeZone)
  const about: About = {
    ...{ visit, from: data.from },
    topic: isTaken ? 'former' : (kind.split('.')[1] as About['topic']),
    startsAt: isTaken ? (data.startsAt ?? now) : now,
    sequence: isTaken ? (data.sequence ?? visit.sequence) : visit.sequence
  }
  const letter = letterAbout(ctx.locale, about)
  return { letter, replyTo: visit.clinic.email, attachments: [], calendar: calendarOf(ctx, about, to) }
}

const whyNotTaken = ({ actor }: Ctx, { doctorId }: Told): WhyDropped | null =>
  doctorId === actor.doctorId ? 'SUPERSEDED' : null

async function whyNot({ now }: Ctx, { kind, data }: Waiting, visit: Told): Promise<WhyDropped | null> {
  if (kind !== 'doctor.cancelled') return whyStale({ kind, data }, visit, await settings(), now)
  return isCalledOff(visit.status) ? null : 'SUPERSEDED'
}

function letterAbout(locale: string, about: About): Letter {
  const { t, h, fact, when, link } = pen(locale)
  const { visit, topic, startsAt, from } = about
  const { id, clinic, room, patient, reference, status } = visit
  const isOn = topic === 'booked' || topic === 'moved'
  const said = { day: h.longDay(startsAt), time: h.time(startsAt) }
  const page = paths.doctor.appointments.show(id)
  const list = paths.doctor.schedule.index({ date: startsAt.slice(0, 10) })
  return letterOf(locale, visit, {
    subject: t(`emails:doctor.${topic}.subject`, said),
    title: t(`emails:doctor.${topic}.title`),
    paragraphs: [
      ...(isOn && status === 'BOOKED' ? [t('emails:doctor.next.toConfirm')] : []),
      t(`emails:doctor.${topic}.what`),
      ...(isOn && status !== 'BOOKED' ? [t('emails:doctor.next.isConfirmed')] : [])
    ],
    facts: [
      ...fact('when', when(startsAt, clinic.timeZone)),
      ...fact('before', topic === 'moved' && from ? when(from, clinic.timeZone) : null),
      ...fact('initials', h.initials(patient.name)),
      ...fact('reference', reference),
      // Where it was is not known any more.
      ...(topic === 'former' ? [] : fact('clinic', clinic.name, room?.name))
    ],
    links: [
      topic === 'former' ? link(t('emails:link.day'), list) : link(t('emails:link.see'), page),
      link(t('emails:link.messages'), paths.auth.messages())
    ],
    why: t('emails:foot.doctor')
  })
}

function calendarOf(ctx: Ctx, { visit, topic, startsAt, sequence }: About, to: Recipient) {
  const begin = new Date(startsAt)
  const end = new Date(begin.valueOf() + visit.endsAt.valueOf() - visit.startsAt.valueOf())
  const isOff = topic === 'cancelled' || topic === 'former'
  return invitation(ctx, to, { visit: { ...visit, startsAt: begin, endsAt: end }, sequence, isOff, isDoctors: true })
}
