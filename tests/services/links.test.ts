import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, it } from 'vitest'
import { guest, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { linkedVisit } from '../../src/services/appointments/linked.ts'
import { hasAppointment } from '../../src/services/appointments/queries.ts'
import {
  unsubscribed,
  unsubscribeLink,
  unsubscribeToken,
  visitLink,
  visitLinked,
  visitToken
} from '../../src/services/notifications/links.ts'
import { isSigned, sign } from '../../src/signatures.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const now = () => systemCtx(Temporal.Now.instant(), 'test')
let ada: Awaited<ReturnType<typeof registerPatient>>
let id: string
let token: string

beforeEach(async () => {
  const clinic = await openClinic()
  const doctor = await hireDoctor(clinic.id)
  ada = await registerPatient()
  id = (await addVisit({ clinic, doctorId: doctor.id, patient: ada, time: '09:00', days: 3 })).id
  token = visitToken({ id, sequence: 0, accountId: ada.id, email: ada.email })
})

const opens = (given = token, ctx = now()) => visitLinked(ctx, given)
const changed = (data: Parameters<typeof db.appointment.update>[0]['data']) =>
  db.appointment.update({ where: { id }, data })

/** Every text that differs from it in one letter, lacks one, or has one more or part of it twice. */
const nearly = (text: string) => [
  ...[...text].flatMap((letter, at) =>
    [...'Aa0zQ9_-.g/~ \n']
      .filter(other => other !== letter)
      .map(other => text.slice(0, at) + other + text.slice(at + 1))
  ),
  ...[...text].map((_, at) => text.slice(0, at) + text.slice(at + 1)),
  ...[...text].map((_, at) => text.slice(0, at)),
  ...[...'0A-.= \n'].flatMap(more => [text + more, more + text]),
  ...[text + text, text.toUpperCase(), text.toLowerCase(), encodeURIComponent(`${text}%`)]
]

describe('the link to a visit', () => {
  it('opens that visit for the account it was mailed to, as often as it is opened', async () => {
    const said = { id, sequence: 0, accountId: ada.id, email: ada.email }
    expect([await opens(), await opens()]).toEqual([said, said])
    expect(visitLink(said)).toBe(`http://localhost:3000/visits/${token}`)
    expect(token).not.toContain(ada.id.slice(0, 8))
  })

  it('opens nothing when a letter of it is another one, is missing or too many', async () => {
    const forged = nearly(token).filter(each => each !== token)
    expect(forged.length).toBeGreaterThan(800)
    const opened = await Promise.all(forged.map(each => opens(each).then(found => found && each)))
    expect(opened.filter(Boolean)).toEqual([])
  })

  it('opens nothing that is not signed with it', async () => {
    const ben = await registerPatient()
    const other = (said: object) => opens(visitToken({ id, sequence: 0, accountId: ada.id, email: ada.email, ...said }))
    expect(await other({ accountId: ben.id })).toBeNull()
    expect(await other({ email: ben.email })).toBeNull()
    expect(await other({ email: ada.email.toUpperCase() })).not.toBeNull()
    expect(await other({ sequence: 1 })).toBeNull()
    expect(await other({ id: randomUUID() })).toBeNull()
    const signature = token.slice(-22)
    expect(await opens(`${randomUUID().replaceAll('-', '')}0-${signature}`)).toBeNull()
    expect(await opens(token.replace(signature, sign('unsubscribe', `${id}:0:${ada.id}:${ada.email}`)))).toBeNull()
  })

  it.each([
    ['has been moved', () => changed({ sequence: 1 })],
    ['is cancelled', () => changed({ status: 'CANCELLED', cancelledAt: new Date(), cancellationReason: 'Better' })],
    ['is rejected', () => changed({ status: 'REJECTED' })],
    ['is over', () => changed({ status: 'COMPLETED' })],
    ['was missed', () => changed({ status: 'NO_SHOW' })],
    [
      'belongs to a switched-off account',
      () => db.user.update({ where: { id: ada.id }, data: { disabledAt: new Date() } })
    ],
    ['is of an account that has another address', () => moved('elsewhere@docket.example')],
    ['is of a child that somebody else looks after by now', () => patientOf(registerPatient())],
    ['is of a patient without an account by now', () => patientOf(null)]
  ])('opens nothing once the visit %s', async (_, happens) => {
    await happens()
    expect(await opens()).toBeNull()
  })

  const moved = (email: string) => db.user.update({ where: { id: ada.id }, data: { email } })

  async function patientOf(account: ReturnType<typeof registerPatient> | null) {
    const { id: clinicId } = await db.clinic.findFirstOrThrow()
    const reached = {
      relation: 'CHILD',
      dateOfBirth: new Date('2020-01-02'),
      phone: '+44 117 496 0111',
      clinicId
    } as const
    await db.patient.update({
      where: { id: ada.patientId },
      data: { ...reached, accountId: (await account)?.id ?? null }
    })
  }

  it('opens it until it begins', async () => {
    const { startsAt } = await db.appointment.findUniqueOrThrow({ where: { id } })
    const start = Temporal.Instant.fromEpochMilliseconds(startsAt.valueOf())
    expect(await opens(token, systemCtx(start.subtract({ milliseconds: 1 }), 'test'))).not.toBeNull()
    expect(await opens(token, systemCtx(start, 'test'))).toBeNull()
  })

  it('opens one visit and nothing else of the account', async () => {
    const { clinicId, doctorId } = await db.appointment.findUniqueOrThrow({ where: { id } })
    const clinic = await db.clinic.findUniqueOrThrow({ where: { id: clinicId } })
    const other = await addVisit({ clinic, doctorId, patient: ada, time: '11:00', days: 3 })
    const holder = (visitId: string | null) => ({
      ...now(),
      actor: { ...guest, id: ada.id, role: 'PATIENT' as const, link: { visitId } }
    })
    const seen = (visitId: string | null, asked: string) => hasAppointment(holder(visitId), asked)
    expect([await seen(id, id), await seen(id, other.id), await seen(null, id)]).toEqual([true, false, false])
    expect(await linkedVisit(holder(id))).not.toHaveProperty('reason')
  })
})

describe('the link that stops reminders', () => {
  it('says whose, and nothing when a letter of it is another one', () => {
    const given = unsubscribeToken(ada.id)
    expect(unsubscribed(given)).toBe(ada.id)
    expect(unsubscribeLink(ada.id)).toBe(`http://localhost:3000/unsubscriptions/${given}`)
    expect(nearly(given).filter(each => each !== given && unsubscribed(each))).toEqual([])
    expect(unsubscribed(`${given}.more`)).toBeNull()
    expect(unsubscribed(`${ada.id}.${sign('visit', ada.id)}`)).toBeNull()
  })
})

describe('a signature', () => {
  it('is taken letter by letter, though others stand for the same bytes', () => {
    const signature = sign('visit', 'a')
    const same = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
      .map(last => signature.slice(0, -1) + last)
      .filter(each => Buffer.from(each, 'base64url').equals(Buffer.from(signature, 'base64url')))
    expect(same.length).toBeGreaterThan(1)
    expect(same.filter(each => isSigned('visit', 'a', each))).toEqual([signature])
    for (const other of ['', `${signature}=`, `${signature}é`, signature.slice(1), 'é'.repeat(11)])
      expect(isSigned('visit', 'a', other)).toBe(false)
  })
})
