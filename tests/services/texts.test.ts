import { describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { partsOf } from '../../src/gateways/gsm-alphabet.ts'
import { locales } from '../../src/i18n.ts'
import { instantOf, onTheClock } from '../../src/scheduling/zone.ts'
import { type MessageKind, messageKinds } from '../../src/services/notifications/kinds.ts'
import { clock, endAs, noon, textingClinic } from '../support/texting-clinic.ts'
import { lookAfter, registerPatient } from '../support/world.ts'

const { twilio, place, withoutAccount, visitOf, happens, plan, send, said } = textingClinic()
const kinds = messageKinds.filter(kind => kind.startsWith('appointment.'))
const each = locales.flatMap(locale => kinds.map(kind => [kind, locale] as const))

describe('a text', () => {
  it.each(each)('%s in %s says where, when and whom to ring, and nothing of health', async (kind, locale) => {
    await db.user.update({ where: { id: place.ada.id }, data: { locale } })
    const yusuf = await lookAfter(place.ada.id, 'Yusuf Obi')
    const visit = await visitOf({ id: place.ada.id, patientId: yusuf.id })
    if (kind === 'appointment.proposed')
      await db.timeSlot.update({ where: { id: visit.timeslotId }, data: { suspendedBy: 'TIME_OFF' } })
    if (kind === 'appointment.cancelled') await endAs(visit.id, 'CANCELLED')
    if (kind === 'appointment.rejected') await endAs(visit.id, 'REJECTED')
    await plan(kind, visit.id, { recipientId: place.ada.id }, kind === 'appointment.reminder' ? { hours: 48 } : {})

    const now = kind === 'appointment.reminder' ? clock('20:00', 3) : noon
    expect(await send(now)).toMatchObject({ sent: 1 })
    const [text = ''] = said()
    const { hour, minute } = instantOf(visit.startsAt).toZonedDateTimeISO(place.clinic.timeZone)
    const time = `${hour}:${String(minute).padStart(2, '0')}`
    for (const word of ['Clifton Family Practice', time, visit.reference, place.clinic.phone, 'YO'])
      expect(text).toContain(word)
    for (const word of ['Rao', 'Oncology', 'Lump', 'Yusuf', 'Ada', 'http']) expect(text).not.toContain(word)
    expect(partsOf(text.replace(visit.reference, 'K7Q2-9XTD'))).toBe(1)
  })

  it('says so when only the doctor is another', async () => {
    const visit = await visitOf(place.ada)
    await plan(
      'appointment.moved',
      visit.id,
      { recipientId: place.ada.id },
      { from: onTheClock(visit.startsAt, place.clinic.timeZone) }
    )
    await send(noon)
    expect(said()).toEqual([expect.stringContaining('with another doctor now')])
  })

  it('is never sent of what is not so any more', async () => {
    const stale: [MessageKind, object, string][] = [
      ['appointment.moved', { sequence: 0 }, 'SUPERSEDED'],
      ['appointment.cancelled', { sequence: 1 }, 'NOT_TRUE'],
      ['appointment.proposed', { sequence: 1 }, 'NOT_TRUE'],
      ['appointment.reminder', { sequence: 1, hours: 48 }, 'SUPERSEDED']
    ]
    const visit = await visitOf(place.ada, 2)
    await db.appointment.update({ where: { id: visit.id }, data: { sequence: 1 } })
    for (const [kind, data] of stale) await plan(kind, visit.id, { recipientId: place.ada.id }, data)
    await plan('appointment.booked', visit.id, { recipientId: place.ada.id }, { sequence: 1 }, clock('19:30', 2))
    expect(await send(clock('19:20', 1))).toMatchObject({ sent: 0, dropped: 4 })
    expect(await send(clock('19:40', 2))).toMatchObject({ sent: 0, dropped: 1 })
    const rows = await db.notification.findMany({ orderBy: { dedupeKey: 'asc' }, select: { lastError: true } })
    expect(rows.map(({ lastError }) => lastError).sort()).toEqual([...stale.map(([, , why]) => why), 'OVER'].sort())
  })
})

it('of a reminder that is set no more is sent only when none is to come', async () => {
  const visit = await visitOf(place.ada)
  await plan('appointment.reminder', visit.id, { recipientId: place.ada.id }, { hours: 72 })
  expect(await send(clock('20:00', 2))).toMatchObject({ sent: 0, dropped: 1 })
  await plan('appointment.reminder', visit.id, { recipientId: place.ada.id }, { hours: 60 })
  expect(await send(clock('20:00', 4))).toMatchObject({ sent: 1, dropped: 0 })
})

it('does not remind of a time that the clinic can’t keep', async () => {
  const visit = await visitOf(place.ada)
  await db.timeSlot.update({ where: { id: visit.timeslotId }, data: { suspendedBy: 'CLOSURE' } })
  await plan('appointment.reminder', visit.id, { recipientId: place.ada.id }, { hours: 48 })
  expect(await send(clock('20:00', 3))).toMatchObject({ sent: 0, dropped: 1 })
})

it('of other times says that they were e-mailed to whoever has an account, and asks others to ring', async () => {
  for (const [who, to] of [
    [place.ada, { recipientId: place.ada.id }],
    [place.rose, { patientId: place.rose.patientId }]
  ] as const) {
    const visit = await visitOf(who)
    await db.timeSlot.update({ where: { id: visit.timeslotId }, data: { suspendedBy: 'TIME_OFF' } })
    await plan('appointment.proposed', visit.id, to)
  }
  await send(noon)
  expect(
    said()
      .map(text => /e-mailed|Please ring/.exec(text)?.[0])
      .sort()
  ).toEqual(['Please ring', 'e-mailed'])
})

describe('who has no account', () => {
  it('is told by text alone: of the booking, at each reminder, and when it is called off', async () => {
    const visit = await visitOf(place.rose)
    await happens('appointment.booked', visit.id, noon)
    const rows = await db.notification.findMany({ where: { patientId: place.rose.patientId } })
    expect(rows.map(row => `${row.channel} ${row.kind}`).sort()).toEqual([
      'SMS appointment.booked',
      'SMS appointment.reminder',
      'SMS appointment.reminder'
    ])
    for (const days of [1, 3, 4, 5]) await send(clock('20:50', days))
    expect(said().map(text => /is booked|is on/.exec(text)?.[0])).toEqual(['is booked', 'is on', 'is on'])
    expect(twilio.texts.map(({ To }) => To)).toEqual(Array(3).fill('+447700900462'))
  })

  it('is on the list of those who could not be reached when there is no number, at once', async () => {
    const odd = await withoutAccount('Eve Moss', 'ask her sister')
    const short = await withoutAccount('Tom Bell', '0770')
    for (const who of [odd, short, place.rose]) await happens('appointment.booked', (await visitOf(who)).id, noon)
    expect(await send(noon)).toMatchObject({ sent: 1, failed: 2, later: 0 })
    const failed = await db.notification.findMany({
      where: { status: 'FAILED' },
      select: { lastError: true, clinicId: true }
    })
    expect(failed).toEqual(Array(2).fill({ lastError: 'NO_NUMBER', clinicId: place.clinic.id }))
  })
})

describe('who has an account', () => {
  it('is texted at the last reminder and of what others did, and only with a number and the wish to be', async () => {
    const bare = await registerPatient({ name: 'Ben Cole' })
    const mailedOnly = await registerPatient({ name: 'Cleo Dunn', phone: '07700 900463', wantsTexts: false })
    for (const who of [place.ada, bare, mailedOnly]) {
      const { id } = await visitOf(who)
      await happens('appointment.booked', id, noon, who.id)
      await endAs(id, 'CANCELLED')
      await happens('appointment.cancelled', id, noon)
    }
    const own = await visitOf(place.ada)
    await happens('appointment.booked', own.id, noon, place.ada.id)
    await endAs(own.id, 'CANCELLED')
    await happens('appointment.cancelled', own.id, noon, place.ada.id)
    const rows = await db.notification.findMany({ where: { channel: 'SMS' } })
    const all = rows.map(({ kind, recipientId, data }) => [kind, recipientId, (data as { hours?: number }).hours])
    expect(all.sort()).toEqual([
      ['appointment.cancelled', place.ada.id, undefined],
      ['appointment.reminder', place.ada.id, 24],
      ['appointment.reminder', place.ada.id, 24]
    ])
  })

  it('is told nothing of a patient whom somebody else looks after now', async () => {
    const visit = await visitOf(place.ada)
    const ben = await registerPatient({ phone: '07700 900468' })
    await plan('appointment.moved', visit.id, { recipientId: ben.id })
    expect(await send(noon)).toMatchObject({ sent: 0, dropped: 1 })
  })

  it('is not texted who said no to it, or took the number back, since', async () => {
    for (const change of [{ wantsTexts: false }, { phone: null }]) {
      const who = await registerPatient({ phone: '07700 900464' })
      await plan('appointment.moved', (await visitOf(who)).id, { recipientId: who.id })
      await db.user.update({ where: { id: who.id }, data: change })
    }
    expect(await send(noon)).toMatchObject({ sent: 0, dropped: 2, failed: 0 })
  })
})
