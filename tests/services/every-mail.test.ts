import { readdirSync } from 'node:fs'
import { load } from 'cheerio'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { messageKinds } from '../../src/services/notifications/kinds.ts'
import { arriving, healthWords, invitationIn } from '../support/appointment-mails.ts'
import { everyMessage } from '../support/every-message.ts'
import { mailServerOfFile } from '../support/mail-server.ts'

const now = Temporal.Instant.from('2026-11-24T09:00:00Z')
const languages = readdirSync('src/locales')
const server = mailServerOfFile()

const words = (text: string) => new Set(text.match(/[\p{L}\p{N}]+/gu))
const withCalendar = /^(appointment|doctor)\.(booked|confirmed|rejected|moved|cancelled)$/
const off = /rejected|cancelled$/

/** The same for whoever reads it as text, and as HTML. */
function bothParts({ text = '', html = '' }: { text?: string | undefined; html?: string | undefined }) {
  const page = load(html)
  const urls = page('a[href]')
    .map((_, link) => page(link).attr('href') ?? '')
    .get()
  page('main *').after(' ')
  return {
    language: page('html').attr('lang'),
    written: { words: words(text.replace(/https?:\S+/g, '')), urls: text.match(/https?:\S+/g) ?? [] },
    shown: { words: words(page('main').text()), urls }
  }
}

describe.each(languages)('in %s, a mail', language => {
  let place: Awaited<ReturnType<typeof everyMessage>>
  beforeAll(async () => {
    place = await everyMessage(now, language)
  })

  it.each(messageKinds)(
    'of the kind %s arrives, says the same as text and as HTML, and nothing of health',
    async kind => {
      const { clinic, doctor, ada, plan } = place
      const { recipientId, appointmentId } = await plan(kind)
      const { email } = await db.user.findUniqueOrThrow({ where: { id: recipientId } })
      await arriving(server, now)
      const [mail, ...others] = server.mails
      if (!mail) throw new Error(JSON.stringify(await db.notification.findMany()))
      expect(others).toEqual([])
      expect(mail.to).toEqual([{ address: email, name: '' }])

      const { language: said, written, shown } = bothParts(mail)
      expect(said).toBe(language)
      expect(shown).toEqual(written)
      const all = JSON.stringify([mail.subject, mail.text, mail.html, invitationIn(mail)]).toLowerCase()
      for (const word of [...healthWords, '{{', 'undefined', 'emails:']) expect(all).not.toContain(word.toLowerCase())
      for (const name of [ada.name, doctor.user.name]) expect(mail.subject).not.toContain(name)
      if (kind.startsWith('doctor.')) expect(all).not.toContain(ada.name.toLowerCase())

      const isOff = off.test(kind)
      expect(invitationIn(mail)).toEqual(
        !withCalendar.test(kind)
          ? null
          : expect.objectContaining({
              ...{ uid: `${appointmentId}@localhost`, sequence: kind.endsWith('moved') ? 1 : 0, isTwice: true },
              ...{ method: isOff ? 'CANCEL' : 'REQUEST', status: isOff ? 'CANCELLED' : 'CONFIRMED' },
              ...{ organizer: `mailto:${clinic.email}`, attendee: `mailto:${email}` },
              types: [`text/calendar ${isOff ? 'CANCEL' : 'REQUEST'}`, 'application/ics attachment']
            })
      )
      const headers = new Map(mail.headers.map(({ key, value }) => [key, value]))
      expect(headers.get('auto-submitted')).toBe('auto-generated')
      expect(headers.get('x-auto-response-suppress')).toBe('All')
      expect(headers.has('list-unsubscribe')).toBe(kind === 'appointment.reminder')
    }
  )
})

it('keeps what names and subjects hold out of the head of a mail and its calendar', async () => {
  const { clinic, doctor, ada, plan } = await everyMessage(now, 'en')
  const evil = 'Ada\r\nBcc: eve@evil.example\r\n\r\n"<b>";X-EVIL=1:'
  await db.clinic.update({ where: { id: clinic.id }, data: { name: evil } })
  for (const id of [ada.id, doctor.userId]) await db.user.update({ where: { id }, data: { name: evil } })
  await db.patient.update({ where: { id: ada.patientId }, data: { name: evil } })
  for (const kind of ['appointment.booked', 'doctor.booked'] as const) await plan(kind)
  await arriving(server, now)
  const content = { text: 'Text', html: '<p>Text</p>', attachments: [] }
  const mail = { to: 'ada@docket.example', subject: evil, messageId: '1@docket.example', ...content }
  await server.gateway().send({ ...mail, replyTo: 'riverside@docket.example, eve@evil.example' })

  expect(server.mails).toHaveLength(3)
  for (const { headers, to, cc, bcc, html } of server.mails) {
    expect([...(to ?? []), ...(cc ?? []), ...(bcc ?? [])]).toHaveLength(1)
    expect(headers.map(({ key }) => key)).not.toContain('bcc')
    expect(html).not.toContain('<b>')
  }
  const [booked, toDoctor, direct] = server.mails
  expect(direct?.subject).toContain('Bcc: eve@evil.example')
  expect(direct?.replyTo ?? []).not.toContainEqual(expect.objectContaining({ address: 'eve@evil.example' }))
  for (const each of [booked, toDoctor]) expect(invitationIn(each)).toMatchObject({ method: 'REQUEST', isTwice: true })
})
