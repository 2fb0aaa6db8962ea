import { describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { useMail } from '../../src/gateways/email.ts'
import { useSms } from '../../src/gateways/sms.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { mailbox, messageInMailbox } from '../../src/services/notifications/queries.ts'
import { clock, endAs, noon, textingClinic } from '../support/texting-clinic.ts'

const { twilio, place, withoutAccount, visitOf, happens, plan, send, said } = textingClinic()
const planned = (more = {}) => db.notification.findMany({ where: { channel: 'SMS', status: 'PLANNED', ...more } })

describe('in quiet hours', () => {
  it('nobody is texted before the morning', async () => {
    const visit = await visitOf(place.rose)
    await happens('appointment.booked', visit.id, clock('22:15'))
    expect(await send(clock('22:16'))).toMatchObject({ sent: 0 })
    expect(await planned({ kind: 'appointment.booked' })).toMatchObject([{ sendAfter: toDate(clock('08:00', 2)) }])
    expect(await send(clock('08:00', 2))).toMatchObject({ sent: 1 })
  })

  it('what could not be sent by day waits as well, without an attempt', async () => {
    const visit = await visitOf(place.rose)
    await plan('appointment.booked', visit.id, { patientId: place.rose.patientId }, {}, clock('20:59'))
    twilio.trouble = 'web page'
    expect(await send(clock('20:59'))).toMatchObject({ later: 1 })
    twilio.trouble = 'none'
    expect(await send(clock('21:01'))).toMatchObject({ later: 1 })
    expect(await planned()).toMatchObject([{ attempts: 1, sendAfter: toDate(clock('08:00', 2)) }])
    expect(await send(clock('08:00', 2))).toMatchObject({ sent: 1 })
  })

  it('whoever would stand before a closed door in the morning is told at once', async () => {
    const visit = await visitOf(place.rose, 2, '08:10')
    await happens('appointment.booked', visit.id, noon)
    await db.notification.deleteMany()
    await endAs(visit.id, 'CANCELLED')
    await happens('appointment.cancelled', visit.id, clock('23:00'))
    expect(await send(clock('23:00'))).toMatchObject({ sent: 1 })
    expect(said()).toEqual([expect.stringContaining('is cancelled')])
  })
})

it('can be read by those who build, also while it waits, or goes nowhere', async () => {
  const visit = await visitOf(place.rose)
  const odd = await visitOf(await withoutAccount('Eve Moss', 'ask her sister'))
  const { id } = await plan('appointment.booked', visit.id, { patientId: place.rose.patientId })
  const other = await plan('appointment.booked', odd.id, { patientId: odd.patientId })
  const night = systemCtx(clock('23:00'), 'test')
  const text = { to: '+447700900462', text: expect.stringContaining('is booked'), parts: 1 }
  expect(await messageInMailbox(night, id)).toMatchObject({ channel: 'SMS', text, mail: null })
  expect(await messageInMailbox(night, other.id)).toMatchObject({ text: null, mail: null })
  expect((await mailbox(night)).map(({ to }) => to).sort()).toEqual(['Eve Moss', 'Rose Hale'])
})

describe('a number or a provider that fails', () => {
  it('holds up no other text', async () => {
    twilio.refuses.set('+447700900462', { status: 400, code: 21614 })
    const others = await Promise.all(['465', '466', '467'].map(end => withoutAccount('Kit Shaw', `07700 900${end}`)))
    for (const who of [place.rose, ...others])
      await plan('appointment.booked', (await visitOf(who)).id, { patientId: who.patientId })
    expect(await send(noon)).toMatchObject({ sent: 3, failed: 1, later: 0 })
    expect(await db.notification.findMany({ where: { status: 'FAILED' } })).toMatchObject([
      { patientId: place.rose.patientId, lastError: 'TWILIO 400 21614', attempts: 1 }
    ])
  })

  it('holds up no mail while it does not answer', async () => {
    let answer = () => {}
    const answered = new Promise<void>(resolve => {
      answer = resolve
    })
    useSms({ send: () => answered })
    useMail({ send: async () => {}, close: () => {} })
    await plan('appointment.moved', (await visitOf(place.ada)).id, { recipientId: place.ada.id })
    const mail = {
      kind: 'account.password-changed',
      channel: 'EMAIL',
      recipientId: place.ada.id,
      dedupeKey: 'mail'
    } as const
    await db.notification.create({ data: { ...mail, sendAfter: toDate(noon), createdAt: toDate(noon) } })
    const texting = send(noon, ['SMS'])
    expect(await send(noon, ['EMAIL'])).toMatchObject({ sent: 1 })
    answer()
    expect(await texting).toMatchObject({ sent: 1 })
  })
})
