import { Temporal } from 'temporal-polyfill'
import { beforeEach, expect, it } from 'vitest'
import { type Actor, system, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { useSms } from '../../src/gateways/sms.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { messagesStanding } from '../../src/services/messages/standing.ts'
import { noteJobRun } from '../../src/services/settings/job-runs.ts'
import { addUser, openClinic } from '../support/world.ts'

const ten = Temporal.Instant.from('2026-11-24T10:00:00Z')
let clinic: Awaited<ReturnType<typeof openClinic>>
let user: Awaited<ReturnType<typeof addUser>>
let days = 0

/** What the desk of a clinic is told so many minutes after ten, on a day of its own. */
const at = (minutes: number) => systemCtx(ten.add({ hours: 24 * days, minutes }), 'test')
const desk = (clinicIds: string[]): Actor => ({ ...system, id: user.id, role: 'STAFF', clinicIds })
const told = (minutes: number, actor = desk([clinic.id])) => messagesStanding({ ...at(minutes), actor })

async function dueAt(minutes: number, more: object = {}) {
  const row = { recipientId: user.id, clinicId: clinic.id, kind: 'appointment.booked', channel: 'EMAIL' as const }
  const sendAfter = toDate(at(minutes).now)
  await db.notification.create({
    data: { ...row, dedupeKey: `${days} ${minutes}`, sendAfter, createdAt: sendAfter, ...more }
  })
}

beforeEach(async () => {
  days++
  clinic = await openClinic({ timeZone: 'Asia/Kolkata' })
  user = await addUser('STAFF')
  await db.notification.deleteMany()
  await db.jobRun.deleteMany()
})

it('says nothing where nobody has begun, nor while all is well, nor to patients', async () => {
  expect(await told(0)).toBeNull()
  await noteJobRun(at(1), 'send-messages')
  await dueAt(0)
  expect(await told(10)).toBeNull()
  expect(await told(60, { ...system, role: 'PATIENT' })).toBeNull()
})

it('says since when nothing was sent, by the clock of the clinic, and how many of its own wait', async () => {
  await noteJobRun(at(5), 'send-messages')
  await noteJobRun(at(3), 'send-messages')
  await dueAt(6)
  await dueAt(90)
  await dueAt(7, { clinicId: (await openClinic()).id })
  const since = expect.stringMatching(/T15:35:00\+05:30$/)
  expect(await told(16)).toMatchObject({ trouble: 'STOPPED', waiting: 1, since, timeZone: 'Asia/Kolkata' })
})

it('says when something is late although the job runs', async () => {
  await dueAt(0)
  await noteJobRun(at(19), 'send-messages')
  expect(await told(14)).toBeNull()
  expect(await told(20)).toMatchObject({ trouble: 'LATE', waiting: 1, since: expect.stringMatching(/T15:30:00/) })
})

it('does not wait for texts that nobody sends', async () => {
  useSms(null)
  await dueAt(0, { channel: 'SMS' })
  expect(await told(60)).toBeNull()
  useSms(undefined)
  days++
  await dueAt(0, { channel: 'SMS' })
  expect(await told(60)).toMatchObject({ trouble: 'LATE' })
})

it('says since when all that is tried fails, and why, until one is sent', async () => {
  const tried = (minutes: number) => ({
    attempts: 2,
    lastError: 'ECONNECTION CONN',
    lastAttemptAt: toDate(at(minutes).now)
  })
  await noteJobRun(at(39), 'send-messages')
  const sentAt = toDate(at(5).now)
  await dueAt(4, { status: 'SENT', sentAt })
  for (const minutes of [41, 42]) await dueAt(minutes, { ...tried(36), createdAt: sentAt })
  await dueAt(43, { ...tried(37), lastError: 'EENVELOPE 452 4.2.2 RCPT TO', createdAt: sentAt })
  expect(await told(39)).toBeNull()
  await dueAt(44, { ...tried(37), createdAt: sentAt })
  const since = expect.stringMatching(/T15:35:00/)
  const failing = { trouble: 'FAILING', way: 'EMAIL', failure: 'UNREACHABLE', waiting: 4, since }
  expect(await told(40)).toMatchObject(failing)
  await dueAt(3, { status: 'SENT', sentAt: toDate(at(38).now) })
  expect(await told(41)).toBeNull()
})

it('says when nobody sees to what was asked for by mail', async () => {
  await noteJobRun(at(12), 'send-messages')
  await db.mailRequest.create({ data: { kind: 'RESET', email: user.email, createdAt: toDate(at(2).now) } })
  expect(await told(11)).toBeNull()
  expect(await told(13)).toMatchObject({ trouble: 'LATE', since: expect.stringMatching(/T15:32:00/) })
  await db.mailRequest.deleteMany()
})

it('asks again at once when the database could not answer', async () => {
  await db.$executeRaw`ALTER TABLE job_runs RENAME TO job_runs_away`
  await expect(told(1)).rejects.toThrow()
  await db.$executeRaw`ALTER TABLE job_runs_away RENAME TO job_runs`
  expect(await told(1)).toBeNull()
})
