import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { inGsm } from '../../gateways/gsm-alphabet.ts'
import { e164 } from '../../gateways/phone-number.ts'
import type { Text } from '../../gateways/sms.ts'
import { Undelivered } from '../../gateways/undelivered.ts'
import type { Prisma } from '../../generated/client.ts'
import { helpers } from '../../helpers/index.ts'
import { translator } from '../../i18n.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { whySuspended } from '../appointments/suspended.ts'
import { settings } from '../settings/settings.ts'
import type { Waiting } from './due.ts'
import type { Recipient } from './recipient.ts'
import { whyStale } from './still-true.ts'
import { whenToText } from './when-to-text.ts'
import type { NotSent } from './written.ts'

const told = {
  ...{ reference: true, status: true, sequence: true, startsAt: true },
  patient: { select: { name: true, relation: true } },
  timeslot: { select: { suspendedBy: true } },
  clinic: { select: { name: true, phone: true, country: true, timeZone: true } }
} satisfies Prisma.AppointmentSelect

type Told = Prisma.AppointmentGetPayload<{ select: typeof told }>

/**
 * What is texted of an appointment, by the clinic's clock, if it is still so: where and when, its reference and whom to
 * ring. Phones lie about: with whom and what for is nobody's business, and whoever looks after others is told only the
 * initials of whose visit it is. In quiet hours it has to wait. Throws Undelivered of a number that can't be one.
 */
export async function writeText(ctx: Ctx, message: Waiting, to: Recipient): Promise<{ text: Text } | NotSent> {
  const { kind, data, recipientId, patientId } = message
  const whose = recipientId ? { patient: { accountId: recipientId } } : { patientId: patientId ?? '' }
  const visit = await db.appointment.findFirst({ where: { id: message.appointmentId ?? '', ...whose }, select: told })
  if (!visit) return { why: 'NO_ACCOUNT' }
  // Somebody with an account is mailed as well.
  if (recipientId && !(to.wantsTexts && to.phone)) return { why: 'NOT_WANTED' }
  const allowed = await settings()
  const why = whyStale(message, visit, allowed, ctx.now)
  if (why) return { why }
  if (kind === 'appointment.proposed' && !whySuspended(visit, ctx.now)) return { why: 'NOT_TRUE' }

  const number = e164(to.phone ?? '', visit.clinic.country)
  if (!number) throw new Undelivered('NO_NUMBER', true)
  const { startsAt, clinic } = visit
  const about = { startsAt, timeZone: clinic.timeZone, data }
  const notBefore = whenToText(ctx.now, ctx.now, about, allowed)
  if (Temporal.Instant.compare(ctx.now, notBefore) < 0) return { notBefore }
  return { text: { to: number, text: inGsm(words(ctx, visit, message)) } }
}

function words({ locale }: Ctx, visit: Told, { kind, recipientId, data }: Waiting) {
  const [t, h] = [translator(locale), helpers(locale)]
  const { clinic, patient, reference } = visit
  const iso = onTheClock(visit.startsAt, clinic.timeZone)
  const isOwn = !recipientId || patient.relation === 'SELF'
  return t(`texts:kind.${topicOf(kind, data.from === iso, recipientId !== null)}`, {
    ...{ clinic: clinic.name, phone: clinic.phone, reference },
    visit: isOwn ? t('texts:visit.own') : t('texts:visit.of', { initials: h.initials(patient.name) }),
    when: t('texts:when', { day: h.day(iso), time: h.time(iso), zone: h.zone(iso, clinic.timeZone) })
  })
}

/** Under which words it stands in the locale file `texts`. Whoever has an account has the proposed times by e-mail. */
function topicOf(kind: string, isSameTime: boolean, isMailed: boolean) {
  if (kind === 'appointment.moved' && isSameTime) return 'reassigned'
  return kind === 'appointment.proposed' && isMailed ? 'proposedByMail' : kind.split('.')[1]
}
