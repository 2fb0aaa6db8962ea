import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import { type Mail, useMail } from '../../src/gateways/email.ts'
import { Undelivered } from '../../src/gateways/undelivered.ts'
import { instantOf, toDate } from '../../src/scheduling/zone.ts'
import { sendMessages } from '../../src/services/notifications/deliver.ts'
import { takeDue } from '../../src/services/notifications/due.ts'
import { mailServerOfFile } from '../support/mail-server.ts'
import { paidVisits } from '../support/paid-visits.ts'

const now = Temporal.Instant.from('2026-11-24T09:00:00Z')
const ctx = (minutes = 0) => systemCtx(now.add({ minutes }), 'test')
const server = mailServerOfFile()
let place: Awaited<ReturnType<typeof paidVisits>>

beforeAll(async () => {
  place = await paidVisits(now)
})

const forEver = () => new Promise<void>(() => {})
const ledger = () => db.notification.findMany()
const to = () => server.mails.map(mail => mail.to?.[0]?.address)

describe('a receipt', () => {
  it('arrives once, however often it is planned, as text, as HTML and as PDF', async () => {
    const { ada, payment, visit } = await place.paid()
    await Promise.all([place.plan(payment.id), place.plan(payment.id)])
    await place.plan(payment.id)

    expect(await sendMessages(ctx())).toEqual({ sent: 1, dropped: 0, later: 0, failed: 0 })
    expect(await sendMessages(ctx(600))).toMatchObject({ sent: 0 })
    expect(to()).toEqual([ada.email])
    const [mail] = server.mails
    const [{ id } = { id: '' }] = await ledger()
    expect(mail?.messageId).toBe(`<${id}@localhost>`)
    expect(mail?.replyTo?.[0]?.address).toBe(place.clinic.email)
    expect(mail?.subject).toBe(`Receipt for ₹500 (${payment.reference})`)
    const link = `http://localhost:3000/booking/payments/${payment.id}`
    for (const said of [
      '₹500',
      payment.reference,
      'txn_1',
      visit.reference,
      'Dr Asha Rao',
      '14:30 (GMT+5:30)',
      'Receipt number',
      link
    ]) {
      expect(mail?.text).toContain(said)
      expect(mail?.html).toContain(said)
    }
    expect(`${mail?.subject} ${mail?.text} ${mail?.html}`).not.toContain('Oncology')
    expect(mail?.attachments).toMatchObject([
      { filename: `receipt-${payment.reference}.pdf`, mimeType: 'application/pdf' }
    ])
  })

  it('goes to nobody but whoever it is for', async () => {
    const [{ payment }, { payment: other }] = [await place.paid(), await place.paid()]
    await place.plan(payment.id)
    await db.notification.updateMany({ data: { data: { paymentId: other.id } } })
    expect(await sendMessages(ctx())).toMatchObject({ sent: 0, dropped: 1 })
  })

  it('says whose by initials, without the paper, to an address that nobody has shown to be theirs', async () => {
    const { ada, payment } = await place.paid()
    await db.user.update({ where: { id: ada.id }, data: { emailConfirmedAt: null } })
    await place.plan(payment.id)
    await sendMessages(ctx())
    const [mail] = server.mails
    expect([mail?.attachments, mail?.text]).toEqual([[], expect.not.stringContaining(ada.name)])
    expect(mail?.text).not.toContain('attached')
  })

  it('is followed by a mail when the money goes back, and one when it has gone', async () => {
    const { payment } = await place.paid({ refundDueAt: toDate(now), refundCause: 'TIME_GONE' })
    for (const kind of ['payment.time-gone', 'payment.refunded'] as const) await place.plan(payment.id, kind)
    expect(await sendMessages(ctx())).toMatchObject({ sent: 1, dropped: 1 })
    await db.payment.update({ where: { id: payment.id }, data: { status: 'REFUNDED', refundedAt: toDate(now) } })
    await place.plan(payment.id, 'payment.refunded')
    await sendMessages(ctx())
    const subjects = ['Your payment of ₹500 goes back to you', 'Refund of ₹500']
    expect(server.mails.map(mail => mail.subject)).toEqual(subjects.map(said => `${said} (${payment.reference})`))
  })
})

describe('a mail that can’t be sent', () => {
  it('is given up for all to see when its address is wrong, and holds up no other', async () => {
    const [first, second, third] = await place.planned(3)
    server.unknown.add(first?.ada.email ?? '')
    expect(await sendMessages(ctx())).toMatchObject({ sent: 2, failed: 1 })
    expect(to().sort()).toEqual([second?.ada.email, third?.ada.email].sort())
    const given = await db.notification.findMany({ where: { status: 'FAILED' } })
    expect(given).toMatchObject([{ recipientId: first?.ada.id, lastError: 'EENVELOPE 550 5.1.1 RCPT TO', attempts: 1 }])
  })

  it('arrives when the server is there again', async () => {
    await place.planned()
    await server.stop()
    expect(await sendMessages(ctx())).toMatchObject({ later: 1 })
    await server.start()
    expect(await sendMessages(ctx(1))).toMatchObject({ sent: 1 })
    expect(await ledger()).toMatchObject([{ status: 'SENT', attempts: 2, lastError: null }])
  })

  it('is given up after eight attempts in 30 hours; without a server it waits', async () => {
    await place.planned()
    useMail(null)
    await sendMessages(ctx())
    expect(await ledger()).toMatchObject([{ status: 'PLANNED', attempts: 0 }])
    useMail({ send: () => Promise.reject(new Error(place.clinic.email)), close: () => {} })
    for (let hour = 0; hour < 31; hour += 0.25) await sendMessages(ctx(hour * 60))
    expect(await ledger()).toMatchObject([{ status: 'FAILED', attempts: 8, lastError: 'Error' }])
  })
})

describe('a mail that is late', () => {
  const refusing = (said: string) => useMail({ send: () => Promise.reject(new Undelivered(said)), close: () => {} })

  /** Somebody is told of a visit. */
  async function booked() {
    const { ada, visit } = await place.paid()
    const told = { recipientId: ada.id, appointmentId: visit.id, kind: 'appointment.booked', data: { sequence: 0 } }
    const row = { ...told, channel: 'EMAIL', dedupeKey: visit.id, sendAfter: new Date(0) } as const
    await db.notification.create({ data: row })
    return visit
  }

  it('is given up while there is time to ring, when the visit is soon', async () => {
    const visit = await booked()
    refusing('EENVELOPE 450')
    await db.notification.updateMany({ data: { attempts: 2 } })
    const twoHoursBefore = instantOf(visit.startsAt).subtract({ minutes: 130 })
    expect(await sendMessages(systemCtx(twoHoursBefore, 'test'))).toMatchObject({ failed: 1 })
    expect(await ledger()).toMatchObject([{ status: 'FAILED', attempts: 3, lastError: 'EENVELOPE 450' }])
  })

  it('is tried five times in an hour and a half when the visit is within a day, and longer when it is not', async () => {
    const visit = await booked()
    refusing('ECONNECTION')
    const dayBefore = instantOf(visit.startsAt).subtract({ hours: 20 })
    for (let minutes = 0; minutes < 180; minutes++) await sendMessages(systemCtx(dayBefore.add({ minutes }), 'test'))
    expect(await ledger()).toMatchObject([{ status: 'FAILED', attempts: 5 }])
  })

  it('goes before reminders, however many are due', async () => {
    const [{ ada, payment } = raise()] = await place.planned(1)
    const reminder = { recipientId: ada.id, kind: 'doctor.agenda', channel: 'EMAIL', data: {} } as const
    const earlier = Array.from({ length: 30 }, (_, n) => ({
      ...reminder,
      dedupeKey: `bulk:${n}`,
      sendAfter: new Date(0)
    }))
    await db.notification.createMany({ data: earlier })
    const taken = await takeDue(now, 'EMAIL', 1)
    expect(taken).toMatchObject([{ kind: 'payment.receipt', data: { paymentId: payment.id } }])
  })

  it('holds up nobody else while its own server takes its time', async () => {
    const all = await place.planned(24)
    const real = server.gateway()
    const [slow] = all
    let hasEnded = false
    const send = async (mail: Mail) => {
      if (mail.to !== slow?.ada.email) return real.send(mail)
      await expect.poll(() => server.mails.length, { timeout: 20_000 }).toBe(23)
      hasEnded = true
    }
    useMail({ ...real, send })
    expect(await sendMessages(ctx())).toMatchObject({ sent: 24 })
    expect(hasEnded).toBe(true)
  })

  it('that kills whoever takes it on is given up', async () => {
    await place.planned(1)
    await db.notification.updateMany({ data: { attempts: 8 } })
    expect(await sendMessages(ctx())).toMatchObject({ failed: 1 })
    expect(await ledger()).toMatchObject([{ status: 'FAILED', lastError: 'CRASHED' }])
  })
})

it('many workers at once send each mail once, and leave to another what it is just taking on', async () => {
  await place.planned(12)
  await transaction(async tx => {
    await tx.$queryRaw`SELECT id FROM notifications FOR UPDATE`
    expect(await sendMessages(ctx())).toMatchObject({ sent: 0 })
  })
  await Promise.all(Array.from({ length: 8 }, () => sendMessages(ctx())))
  expect(new Set(to()).size).toBe(12)
  expect(server.mails).toHaveLength(12)
})

it('is the same mail again after a worker was killed between sending it and noting so', async () => {
  await place.planned()
  const real = server.gateway()
  const killed = new Promise<void>(sent => useMail({ ...real, send: mail => real.send(mail).then(sent).then(forEver) }))
  void sendMessages(ctx())
  await killed
  useMail(server.gateway())
  expect(await sendMessages(ctx(4))).toMatchObject({ sent: 0 })
  expect(await sendMessages(ctx(6))).toMatchObject({ sent: 1 })
  expect(new Set(server.mails.map(mail => mail.messageId)).size).toBe(1)
  expect(server.mails).toHaveLength(2)
})

it('goes to nobody who is gone, and tells nothing that was taken back', async () => {
  const [erased, disabled] = await place.planned(2)
  const undone = await place.paid({ method: 'PAY_AT_CLINIC', gateway: null, transactionId: null, paidWith: 'CASH' })
  await place.plan(undone.payment.id)
  const [erasedAt, disabledAt] = [toDate(now), toDate(now)]
  await db.user.update({ where: { id: erased?.ada.id ?? '' }, data: { erasedAt, disabledAt } })
  await db.user.update({ where: { id: disabled?.ada.id ?? '' }, data: { disabledAt } })
  const { id } = undone.payment
  await db.payment.update({ where: { id }, data: { status: 'PENDING', paidAt: null, receivedMinor: null } })
  expect(await sendMessages(ctx())).toEqual({ sent: 0, dropped: 3, later: 0, failed: 0 })

  await db.payment.update({ where: { id }, data: { status: 'SUCCESS', paidAt: toDate(now), receivedMinor: 50_000 } })
  await place.plan(id)
  expect(await sendMessages(ctx())).toMatchObject({ sent: 1 })
})

it('has nobody to go to when the patient has no account', async () => {
  const { ada, payment } = await place.paid()
  const atDesk = { accountId: null, clinicId: place.clinic.id, phone: place.clinic.phone }
  await db.patient.update({ where: { id: ada.patientId }, data: atDesk })
  await place.plan(payment.id)
  expect(await ledger()).toEqual([])
})

function raise(): never {
  throw new Error('nobody')
}
