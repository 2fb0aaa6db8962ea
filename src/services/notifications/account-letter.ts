import { config } from '../../config.ts'
import { db } from '../../database/client.ts'
import type { Letter } from '../../gateways/letter.ts'
import { paths } from '../../paths.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { mailable } from '../people/invitations.ts'
import type { MessageKind } from './kinds.ts'
import { pen } from './visit-facts.ts'
import type { Writer } from './written.ts'

type Kind = Extract<MessageKind, `account.${string}`>
type Link = NonNullable<Awaited<ReturnType<typeof mailable>>>
type Owner = NonNullable<Awaited<ReturnType<typeof ownerOf>>>

/** What each kind says of itself: the rest is the same for all. Its words are under `account` in the locale file of mails. */
type Part = Pick<Letter, 'facts' | 'links'> & { topic: string; until?: string; address?: string | null }

/**
 * Writes to the owner of an account about the account. A link that was used, replaced or has run out meanwhile is not
 * mailed any more. Only whoever has shown that an address is theirs is called by the name of the account: somebody else
 * may have typed both.
 */
export const writeAboutAccount: Writer = async (ctx, { kind, recipientId, data }, { locale }) => {
  const owner = await ownerOf(recipientId ?? '')
  if (!owner) return { why: 'NO_ACCOUNT' }
  const link = data.invitationId ? await mailable(ctx, data.invitationId) : null
  const part = link ? linked(locale, owner, link) : told(locale, kind as Kind, owner)
  if (!part) return { why: 'SUPERSEDED' }

  const { t } = pen(locale)
  const { topic, facts, links, until, address } = part
  const said = { until, address, email: config.supportEmail }
  const letter: Letter = {
    language: locale,
    sender: t('common:product'),
    subject: t(`emails:account.${topic}.subject`),
    title: t(`emails:account.${topic}.title`),
    paragraphs: [
      ...(isGreeted(topic, owner) ? [t('emails:account.hello', { name: owner.name })] : []),
      t(`emails:account.${topic}.what`, said),
      t(`emails:account.${topic}.next`, said)
    ],
    ...{ facts, links },
    foot: [t('emails:account.never'), t('emails:account.questions', said)]
  }
  return { letter, replyTo: config.supportEmail, attachments: [] }
}

const clinic = { clinic: { select: { name: true, timeZone: true } } }

const ownerOf = (id: string) =>
  db.user.findUnique({
    where: { id },
    select: {
      ...{ name: true, email: true, role: true, passwordHash: true, emailConfirmedAt: true },
      staffClinics: { select: clinic },
      doctor: { select: { clinics: { select: clinic } } }
    }
  })

const isGreeted = (topic: string, { passwordHash, emailConfirmedAt }: Owner) =>
  !topic.startsWith('email') && (passwordHash === null || emailConfirmedAt !== null)

/** A mail that exists for the link in it. */
function linked(locale: string, owner: Owner, { purpose, code, ...link }: Link): Part | null {
  const { t, link: at } = pen(locale)
  const until = lasting(locale, link)
  const to = (topic: string, path: string): Part => ({
    ...{ topic, until, facts: [] },
    links: [at(t(`emails:account.${topic}.link`), path)]
  })
  if (purpose === 'JOIN')
    return {
      ...to('invited', paths.auth.register({ invitation: code })),
      facts: invitedTo(locale, owner, link.expiresAt)
    }
  if (purpose === 'RESET') return to(link.invitedById ? 'resetOffered' : 'reset', paths.auth.reset({ code }))
  if (purpose === 'CHANGE') return { ...to('emailChange', paths.auth.confirmation({ code })), address: link.email }
  return owner.emailConfirmedAt ? null : to('confirm', paths.auth.confirmation({ code }))
}

/** News; null when it should have had a link. */
function told(locale: string, kind: Kind, { role }: Owner): Part | null {
  const { t, link } = pen(locale)
  const again = (label: string) => link(t(`emails:account.${label}`), paths.auth.forgotten())
  const signIn = role === 'PATIENT' ? paths.auth.login() : paths.admin.login()
  if (kind === 'account.password-changed') return { topic: 'passwordChanged', facts: [], links: [again('notMe')] }
  if (kind === 'account.email-changed') return { topic: 'emailChanged', facts: [], links: [] }
  if (kind !== 'account.email-known') return null
  return { topic: 'emailKnown', facts: [], links: [link(t('emails:account.signIn'), signIn), again('forgotten')] }
}

/** By the clock of the clinic, for whoever works at one. */
function invitedTo(locale: string, { email, role, staffClinics, doctor }: Owner, expiresAt: Date): Letter['facts'] {
  const { t, when } = pen(locale)
  const clinics = [...staffClinics, ...(doctor?.clinics ?? [])].map(each => each.clinic)
  const timeZone = clinics[0]?.timeZone ?? 'UTC'
  const fact = (name: string, ...lines: string[]) => ({ term: t(`emails:account.fact.${name}`), lines })
  return [
    fact('email', email),
    fact('role', t(`auth:roles.${role}`)),
    fact('clinics', ...clinics.map(({ name }) => name)),
    fact('until', when(onTheClock(expiresAt, timeZone), timeZone))
  ].filter(({ lines }) => lines.length)
}

/** How long a link works from when it was made: mails may take a while. */
function lasting(locale: string, { createdAt, expiresAt }: Pick<Link, 'createdAt' | 'expiresAt'>) {
  const { t } = pen(locale)
  const minutes = Math.round((expiresAt.valueOf() - createdAt.valueOf()) / 60_000)
  if (minutes < 120) return t('emails:account.minutes', { count: minutes })
  return minutes <= 48 * 60
    ? t('emails:account.hours', { count: Math.round(minutes / 60) })
    : t('emails:account.days', { count: Math.round(minutes / 60 / 24) })
}
