import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { appointments, roomUsage } = paths.admin
let clinic: Awaited<ReturnType<typeof openClinic>>
let room: Record<'one' | 'two' | 'ten' | 'old', string>
let doctors: string[]
let patients: Person[]
let tess: Person
let otherTess: Person
let days = 2

beforeAll(async () => {
  clinic = await openClinic({ name: 'Quay Clinic' })
  const add = async (name: string, deactivatedAt: Date | null = null) =>
    (await db.room.create({ data: { clinicId: clinic.id, name, deactivatedAt } })).id
  room = {
    one: await add('Room 1'),
    two: await add('Room 2'),
    ten: await add('Room 10'),
    old: await add('Attic', new Date())
  }
  doctors = []
  patients = []
  for (const name of ['Ada Obi', 'Ben Okri', 'Cleo Ray', 'Dan Poe']) {
    doctors.push((await hireDoctor(clinic.id)).id)
    patients.push(await signedIn(app, await registerPatient({ name })))
  }
  const staff = async (clinicId: string) => {
    const user = await addUser('STAFF')
    await db.staffClinic.create({ data: { userId: user.id, clinicId } })
    return signedIn(app, user)
  }
  tess = await staff(clinic.id)
  otherTess = await staff((await openClinic()).id)
})

/** A time of one of the doctors on the day in question, in the room that the hours name. */
async function offered(who: number, time: string, roomId: string | null = null) {
  const slot = await addSlot(doctors[who] ?? '', clinic, { days, time })
  return db.timeSlot.update({ where: { id: slot.id }, data: { roomId } })
}

/** One of the patients books a time; with which room, as the database has it. */
async function booked(who: number, slot: { id: string; doctorId: string }) {
  const wish = { doctorId: slot.doctorId, timeslotId: slot.id }
  const { body } = await (patients[who] as Person).sends('post', paths.booking.appointments.index(), wish)
  return db.appointment.findUniqueOrThrow({ where: { id: body.appointment.id } })
}

const roomOf = async (id: string) => (await db.appointment.findUniqueOrThrow({ where: { id } })).roomId
const nameOf = (roomId: string | null) => Object.entries(room).find(([, id]) => id === roomId)?.[0] ?? 'none'

describe('a room is given by itself', () => {
  it('that of the hours while it is free, then any other, never one out of use, then none', async () => {
    days = 2
    const given = []
    for (const at of [0, 1, 2, 3]) given.push(await booked(at, await offered(at, '09:00', room.two)))
    const names = given.map(({ roomId }) => nameOf(roomId))
    expect([names[0], names.slice(1, 3).sort(), names[3]]).toEqual(['two', ['one', 'ten'], 'none'])
  })

  it('for the hours’ room that is out of use, another one', async () => {
    days = 3
    expect(['one', 'two', 'ten']).toContain(nameOf((await booked(0, await offered(0, '09:00', room.old))).roomId))
  })

  it('rather one in which no other doctor has a time then', async () => {
    days = 7
    for (const [who, name] of [
      [1, 'one'],
      [2, 'ten']
    ] as const)
      await offered(who, '08:50', room[name])
    await offered(3, '08:40', room.two)
    await offered(3, '09:20', room.two)
    expect(nameOf((await booked(0, await offered(0, '09:00'))).roomId)).toBe('two')
  })

  it('anew for a visit that moves: the one of the new time if it is free, else one that is', async () => {
    days = 4
    const visit = await booked(0, await offered(0, '09:00', room.one))
    await booked(1, await offered(1, '10:00', room.one))
    await booked(2, await offered(2, '10:00', room.two))
    const later = await offered(0, '10:00', room.one)
    await (patients[0] as Person).sends('patch', paths.booking.appointments.show(visit.id), { timeslotId: later.id })
    expect(nameOf(await roomOf(visit.id))).toBe('ten')
  })
})

describe('the front desk', () => {
  let visit: Awaited<ReturnType<typeof booked>>
  let path: string

  beforeAll(async () => {
    days = 5
    visit = await booked(0, await offered(0, '09:00', room.one))
    await booked(1, await offered(1, '09:10', room.two))
    path = appointments.room(visit.id)
  })

  it('sees which rooms are free then and until when others are taken, and no names', async () => {
    expect((await tess.opens(appointments.show(visit.id))).links).toContain(path)
    const page = await tess.opens(path)
    expect(page.text).toMatch(/Room 1 As it is now Room 2 Taken 09:10–09:30 Room 10 Free then No room/)
    expect(page.$('input[name=roomId]:disabled').val()).toBe(room.two)
    expect(page.text).not.toMatch(/Ben Okri|Attic/)
  })

  it('changes the room, which the history tells', async () => {
    const changed = await tess.submits(path, { roomId: room.ten })
    expect([changed.status, changed.location]).toEqual([303, appointments.show(visit.id)])
    expect((await tess.opens(appointments.show(visit.id))).text).toMatch(/Room 10.*Room changed/)
    await tess.submits(path, { roomId: room.ten })
    const events = await db.auditEvent.findMany({
      where: { appointmentId: visit.id, event: 'appointment.room-changed' }
    })
    expect(events.map(({ data }) => data)).toEqual([{ fromRoomId: room.one, toRoomId: room.ten }])
  })

  it('is told when a room is taken, out of use, elsewhere or not named', async () => {
    const taken = await tess.sends('post', path, { roomId: room.two })
    expect([taken.status, taken.body.errors[0].field]).toEqual([409, 'roomId'])
    const page = await tess.submits(path, { roomId: room.two })
    expect([page.status, page.problems[0]]).toEqual([422, expect.stringContaining('Room 2 is taken at that time')])
    for (const roomId of [room.old, doctors[0], 'x', '', undefined, null])
      expect((await tess.sends('post', path, { roomId })).status, String(roomId)).toBe(422)
    expect(await roomOf(visit.id)).toBe(room.ten)
  })

  it('takes the room away, and gets one that a hold kept too long', async () => {
    const without = await tess.sends('post', path, { roomId: 'NONE' })
    expect([without.status, without.body.appointment.room]).toEqual([200, null])
    const slot = await offered(2, '09:00', room.one)
    const held = await (patients[2] as Person).sends('post', paths.booking.holds.index(), { timeslotId: slot.id })
    expect((await tess.sends('post', path, { roomId: room.one })).status).toBe(409)
    await db.appointment.update({ where: { id: held.body.hold.id }, data: { holdExpiresAt: new Date(0) } })
    expect((await tess.opens(path)).text).toContain('Room 1 Free then')
    expect((await tess.sends('post', path, { roomId: room.one })).status).toBe(200)
  })

  it('leaves visits alone that are over or elsewhere', async () => {
    expect((await otherTess.opens(path)).status).toBe(404)
    expect((await otherTess.sends('post', path, { roomId: room.ten })).status).toBe(404)
    await tess.sends('post', appointments.cancellation(visit.id), { reason: 'Ill' })
    expect((await tess.opens(path)).location).toBe(appointments.show(visit.id))
    expect((await tess.sends('post', path, { roomId: room.ten })).status).toBe(422)
  })
})

it('gives a room that two want for one time to one of them', async () => {
  days = 6
  const both = [await booked(0, await offered(0, '09:00')), await booked(1, await offered(1, '09:10'))]
  const ids = both.map(({ id }) => id)
  for (let round = 0; round < 8; round++) {
    await db.appointment.updateMany({ where: { id: { in: ids } }, data: { roomId: null } })
    const wish = { roomId: room.ten }
    const answers = await Promise.all(ids.map(id => tess.sends('post', appointments.room(id), wish)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await Promise.all(ids.map(roomOf))).sort()).toEqual([room.ten, null])
  }
})

describe('the rooms of a day', () => {
  let date: string

  beforeAll(async () => {
    days = 12
    await offered(3, '08:20')
    const visit = await booked(0, await offered(0, '09:00', room.one))
    await booked(1, await offered(1, '09:40', room.one))
    const lost = await booked(2, await offered(2, '11:20', room.two))
    await db.appointment.update({ where: { id: lost.id }, data: { roomId: null } })
    date = visit.startsAt.toISOString().slice(0, 10)
  })

  it('show who is where and when, how much of the day that is, and what needs a room', async () => {
    const { body } = await tess.asks(roomUsage({ date }))
    expect(body.open.minutes).toBe(200)
    const [one, two] = body.rooms
    expect([one.name, one.bookedMinutes, one.share]).toEqual(['Room 1', 40, 0.2])
    expect(one.appointments.map((visit: { patient: string }) => visit.patient)).toEqual(['Ada Obi', 'Ben Okri'])
    expect([two.name, two.bookedMinutes, body.rooms.length]).toEqual(['Room 2', 0, 3])

    const page = await tess.opens(roomUsage({ date }))
    expect(page.text).toMatch(/1 visit needs a room.*Cleo Ray.*40 of 200 minutes.*20%.*Ada Obi.*Ben Okri/)
    expect(page.links).toContain(appointments.room(body.withoutRoom[0].id))
    expect(page.links).toContain(roomUsage({ clinicId: clinic.id, date: body.dayAfter }))
  })

  it('are those of one’s own clinics, today’s when no day is named, and say when nothing is on', async () => {
    expect((await otherTess.asks(roomUsage({ clinicId: clinic.id }))).status).toBe(404)
    expect((await tess.opens(roomUsage())).text).toContain('No times on this day')
    expect((await tess.opens(paths.admin.clinics.show(clinic.id))).links).toContain(roomUsage({ clinicId: clinic.id }))
    const nowhere = await signedIn(app, await addUser('STAFF'))
    expect((await nowhere.opens(roomUsage())).text).toContain('No clinics yet')
  })
})
