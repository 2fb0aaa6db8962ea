import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { sqlState } from '../../src/database/transaction.ts'
import type { Prisma } from '../../src/generated/client.ts'
import { openClinic, registerPatient } from '../support/world.ts'

const refused = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    error => error
  )
  return sqlState(error) || (error as { code?: string } | null)?.code
}
const CHECK = '23514'
const KEPT = '23001'
const UNIQUE = '23505'
const at = new Date('2026-11-24T09:00:00Z')
let ada: Awaited<ReturnType<typeof registerPatient>>
let count = 0

beforeAll(async () => {
  ada = await registerPatient()
})

const message = (said: Partial<Prisma.NotificationUncheckedCreateInput> = {}) =>
  db.notification.create({
    data: {
      ...{ recipientId: ada.id, kind: 'payment.receipt', channel: 'EMAIL', sendAfter: at, createdAt: at },
      ...{ dedupeKey: `law:${count++}`, ...said }
    }
  })
const change = (id: string, data: Prisma.NotificationUncheckedUpdateInput) =>
  db.notification.update({ where: { id }, data })

describe('the database refuses', () => {
  it('the same message to the same person twice, also from two at once', async () => {
    const { dedupeKey } = await message()
    expect(await refused(message({ dedupeKey }))).toBe(UNIQUE)
    const both = await Promise.all([1, 2].map(() => refused(message({ dedupeKey: 'law:both' }))))
    expect(both.filter(Boolean)).toEqual([UNIQUE])
  })

  it('a message to nobody, or to two', async () => {
    expect(await refused(message({ recipientId: null }))).toBe(CHECK)
    expect(await refused(message({ patientId: ada.patientId }))).toBe(CHECK)
  })

  it('one that is sent at no time, or not sent and was', async () => {
    expect(await refused(message({ status: 'SENT' }))).toBe(CHECK)
    expect(await refused(message({ sentAt: at }))).toBe(CHECK)
  })

  it('one that failed for no reason, or was made up for without anybody', async () => {
    expect(await refused(message({ status: 'FAILED' }))).toBe(CHECK)
    const { id } = await message({ status: 'FAILED', lastError: 'EENVELOPE 550' })
    expect(await refused(change(id, { seenToAt: at }))).toBe(CHECK)
    const planned = await message()
    expect(await refused(change(planned.id, { seenToAt: at, seenToById: ada.id }))).toBe(CHECK)
  })

  it('to close one that has not failed, and one that is a copy of itself', async () => {
    const { id } = await message()
    expect(await refused(change(id, { closedAt: at }))).toBe(CHECK)
    const own = randomUUID()
    expect(await refused(message({ id: own, copyOfId: own }))).toBe(CHECK)
  })

  it('a notice that is still to come, and a mail that was read', async () => {
    expect(await refused(message({ channel: 'IN_APP' }))).toBe(CHECK)
    expect(await refused(message({ readAt: at }))).toBe(CHECK)
  })

  it('to make a sent one unsent, or any one another', async () => {
    const { id } = await message({ status: 'SENT', sentAt: at })
    expect(await refused(change(id, { status: 'PLANNED', sentAt: null }))).toBe(KEPT)
    expect(await refused(change(id, { sentAt: new Date() }))).toBe(KEPT)
    const copy = await message({ copyOfId: id })
    expect(await refused(change(copy.id, { copyOfId: null }))).toBe(KEPT)
    for (const other of [{ kind: 'payment.refunded' }, { channel: 'SMS' }, { dedupeKey: 'law:other' }] as const)
      expect(await refused(change(id, other))).toBe(KEPT)
  })

  it('to take away a clinic, a patient or an account that messages are about', async () => {
    const clinic = await openClinic()
    await message({ clinicId: clinic.id })
    await message({ recipientId: null, patientId: ada.patientId, channel: 'SMS' })
    expect(await refused(db.clinic.delete({ where: { id: clinic.id } }))).toMatch(/P2003|23001|23503/)
    expect(await refused(db.patient.delete({ where: { id: ada.patientId } }))).toMatch(/P2003|23001|23503/)
  })

  it('a change of address without the address, and one asked for by nobody', async () => {
    const link = { userId: ada.id, expiresAt: at, codeHash: 'a' }
    expect(await refused(db.invitation.create({ data: { ...link, purpose: 'CHANGE' } }))).toBe(CHECK)
    expect(await refused(db.invitation.create({ data: { ...link, email: 'new@docket.example' } }))).toBe(CHECK)
    expect(await refused(db.mailRequest.create({ data: { kind: 'CHANGE', email: 'new@docket.example' } }))).toBe(CHECK)
  })
})
