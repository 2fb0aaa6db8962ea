import { config } from '../../config.ts'
import type { Letter } from '../../gateways/letter.ts'
import type { Prisma } from '../../generated/client.ts'
import { helpers } from '../../helpers/index.ts'
import { translator } from '../../i18n.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import type { Recipient } from './recipient.ts'

/** What is read of a visit for every mail about it. */
export const visitFields = {
  ...{ id: true, reference: true, startsAt: true, endsAt: true, doctorId: true },
  patient: { select: { name: true, relation: true } },
  doctor: { select: { deactivatedAt: true, user: { select: { name: true } } } },
  room: { select: { name: true } },
  clinic: {
    select: {
      ...{ name: true, address: true, city: true, phone: true, email: true, timeZone: true },
      ...{ cancellationNoticeMinutes: true, deactivatedAt: true }
    }
  }
} satisfies Prisma.AppointmentSelect

export type Visit = Prisma.AppointmentGetPayload<{ select: typeof visitFields }>

/** A visit as it is told to somebody: whose it is by initials, to an address that nobody has shown to be theirs. */
export const namedFor = <V extends Visit>({ isConfirmed, locale }: Recipient, visit: V): V =>
  isConfirmed ? visit : { ...visit, patient: { ...visit.patient, name: helpers(locale).initials(visit.patient.name) } }

type Said = string | null | undefined

/** Words, times and facts as mails have them, in one language. */
export function pen(locale: string) {
  const [t, h] = [translator(locale), helpers(locale)]
  /** A time by the clock it is written on. Its zone is named so, unless it was written elsewhere. */
  const when = (iso: string, timeZone: string) => {
    const zone = onTheClock(new Date(iso), timeZone) === iso ? timeZone : iso.slice(-'+00:00'.length)
    return t('emails:at', { day: h.fullDay(iso), time: h.time(iso), zone: h.zone(iso, zone) })
  }
  /** None, when there is nothing to say. */
  const fact = (name: string, ...said: Said[]): Letter['facts'] => {
    const lines = said.filter(line => typeof line === 'string')
    return lines.length ? [{ term: t(`emails:fact.${name}`), lines }] : []
  }
  /** One address of this site. */
  const link = (label: string, path: string) => ({ label, url: config.baseUrl + path })
  return { t, h, when, fact, link }
}

/** Whose visit it is, with whom and where. What for, never. */
export function visitFacts({ patient, doctor, clinic }: Visit, locale: string): Letter['facts'] {
  const { fact } = pen(locale)
  return [
    ...fact('patient', patient.name),
    ...fact('doctor', doctor.user.name),
    ...fact('clinic', clinic.name, `${clinic.address}, ${clinic.city}`, clinic.phone)
  ]
}

/** A letter with what stands around each: whom to ask, and why one gets it. */
export function letterOf(
  locale: string,
  { clinic }: Pick<Visit, 'clinic'>,
  { why, ...letter }: Omit<Letter, 'language' | 'sender' | 'foot'> & { why: string }
): Letter {
  const { t } = pen(locale)
  const foot = [t('emails:foot.questions', clinic), `${why} ${t('emails:foot.clock')}`]
  return { language: locale, sender: t('common:product'), head: clinic.name, ...letter, foot }
}
