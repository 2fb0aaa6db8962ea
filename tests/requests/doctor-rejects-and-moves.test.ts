import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlots, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const mine = paths.booking.appointments
const theirs = paths.doctor.appointments
const desk = paths.admin.appointments
let clinic: Awaited<ReturnType<typeof openClinic>>
let elsewhere: Awaited<ReturnType<typeof openClinic>>
let slots: string[]
let there: string[]
let doctorId: string
let ada: Person
let ben: Person
let meera: Person
let tess: Person
let otherTess: Person

const staffOf = async (clinicId: string) => {
  const user = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: user.id, clinicId } })
  return signedIn(app, user)
}

beforeAll(async () => {
  clinic = await openClinic()
  elsewhere = await openClinic()
  const doctor = await hireDoctor([clinic.id, elsewhere.id])
  doctorId = doctor.id
  slots = (await addSlots(doctorId, clinic, 20)).map(({ id }) => id)
  there = (await addSlots(doctorId, elsewhere, 3, 4)).map(({ id }) => id)
  ada = await signedIn(app, await registerPatient({ name: 'Ada Obi' }))
  ben = await signedIn(app, await registerPatient({ name: 'Ben Okri' }))
  meera = await signedIn(app, doctor.user)
  tess = await staffOf(clinic.id)
  otherTess = await staffOf(elsewhere.id)
})

const book = async (person: Person, timeslotId = '') => {
  const { body } = await person.sends('post', mine.index(), { doctorId, timeslotId })
  return body.appointment.id as string
}
const standing = (id: string) => db.appointment.findUniqueOrThrow({ where: { id } })

describe('a booking that is turned down', () => {
  let id: string
  beforeAll(async () => {
    id = await book(ada, slots[0])
  })

  it('is offered beside confirming, instead of cancelling', async () => {
    const { links } = await meera.opens(theirs.show(id))
    expect(links).toContain(theirs.rejection(id))
    expect(links).not.toContain(theirs.cancellation(id))
  })

  it('needs a reason', async () => {
    const page = await meera.submits(theirs.rejection(id), { reason: ' ' })
    expect([page.status, page.problems]).toEqual([422, ['Say in a few words why you turn it down']])
    expect((await standing(id)).status).toBe('BOOKED')
  })

  it('keeps when, who and why, and shows the patient the reason', async () => {
    const reason = 'Please see your own doctor first'
    expect((await meera.submits(theirs.rejection(id), { reason })).location).toContain(paths.doctor.schedule.index())
    await meera.submits(theirs.rejection(id), { reason: 'Something else' })

    const { status, cancelledAt, cancelledById, cancellationReason, sequence } = await standing(id)
    expect([status, cancellationReason, sequence]).toEqual(['REJECTED', reason, 1])
    expect([cancelledAt, cancelledById]).not.toContain(null)
    const page = await ada.opens(mine.show(id))
    expect(page.text).toMatch(/The clinic has turned this booking down Please see your own doctor first/)
    expect(page.text).toMatch(/Turned down .* by the doctor/)
  })

  it('leaves its time to the next one at once', async () => {
    expect((await standing(await book(ben, slots[0]))).status).toBe('BOOKED')
  })

  it('is not for one that is confirmed', async () => {
    const confirmed = await book(ada, slots[1])
    await meera.sends('post', theirs.confirmation(confirmed))
    expect((await meera.opens(theirs.rejection(confirmed))).location).toBe(theirs.show(confirmed))
    const { status, body } = await meera.sends('post', theirs.rejection(confirmed), { reason: 'Too late' })
    expect([status, body.detail]).toEqual([422, expect.stringContaining('Cancel it instead.')])
  })
})

describe('moving by the team', () => {
  it('brings the doctor to the new day, and a confirmed visit stays so', async () => {
    const id = await book(ada, slots[2])
    await meera.sends('post', theirs.confirmation(id))
    const page = await meera.opens(theirs.reschedule(id, { timeslotId: slots[3] }))
    expect(page.$('input[name=timeslotId]:checked').val()).toBe(slots[3])
    const moved = await meera.submits(theirs.reschedule(id), { timeslotId: slots[3] })

    const { status, timeslotId, startsAt, reference } = await standing(id)
    expect([status, timeslotId]).toEqual(['CONFIRMED', slots[3]])
    const date = new Intl.DateTimeFormat('sv', { timeZone: clinic.timeZone }).format(startsAt)
    expect(moved.location).toBe(paths.doctor.schedule.index({ date }))
    expect((await ada.opens(mine.show(id))).text).toMatch(new RegExp(`${reference}.*Moved .* by the doctor From .* to`))
  })

  it('brings the front desk back to the appointment, or to the worklist it came from', async () => {
    const id = await book(ada, slots[4])
    expect((await tess.opens(desk.show(id))).links).toContain(desk.reschedule(id))
    expect((await tess.submits(desk.reschedule(id), { timeslotId: slots[5] })).location).toBe(desk.show(id))
    const path = desk.reschedule(id, { from: 'conflicts' })
    const again = await tess.submits(path, { timeslotId: slots[6] })
    expect(again.location).toMatch(`${paths.admin.conflicts()}?moved=`)
    expect((await standing(id)).timeslotId).toBe(slots[6])
  })

  it('is not for another clinic’s front desk, nor to another clinic', async () => {
    const id = await book(ada, slots[7])
    expect((await otherTess.opens(desk.reschedule(id))).status).toBe(404)
    expect((await otherTess.submits(desk.reschedule(id), { timeslotId: slots[8] })).status).toBe(404)

    const { body } = await tess.asks(desk.reschedule(id))
    expect(new Set(body.timeslots.map(({ clinicId }: { clinicId: string }) => clinicId))).toEqual(new Set([clinic.id]))
    const refused = await tess.submits(desk.reschedule(id), { timeslotId: there[0] })
    expect([refused.status, refused.problems]).toEqual([422, ['This time is not offered. Choose another time.']])
    expect((await standing(id)).timeslotId).toBe(slots[7])
  })

  it('keeps the old time when the new one has just gone, and names the nearest', async () => {
    const id = await book(ada, slots[9])
    await book(ben, slots[10])
    const path = theirs.reschedule(id, { from: 'conflicts' })
    const page = await meera.submits(path, { timeslotId: slots[10] })

    expect([page.status, page.problems]).toEqual([422, ['Someone has just booked 12:20. Choose another time.']])
    const form = page.$('form[action*="/reschedule"]')
    expect(form.find('input[type=radio]').length).toBe(3)
    expect(form.attr('action')).toContain('from=conflicts')
    expect(await standing(id)).toMatchObject({ status: 'BOOKED', timeslotId: slots[9] })
  })

  it('moves nobody on who has just moved by themselves', async () => {
    const id = await book(ben, slots[13])
    const present = (await tess.opens(desk.reschedule(id))).$('input[name=present]').val()
    await ben.submits(mine.reschedule(id), { timeslotId: slots[14] })

    const wish = { timeslotId: slots[15], present }
    const page = await tess.submits(desk.reschedule(id, { from: 'conflicts' }), wish)
    const told = /^This appointment has just been moved to \w+ \d+ \w+ at 13:40\.$/
    expect([page.status, page.problems]).toEqual([422, [expect.stringMatching(told)]])
    expect((await tess.sends('post', desk.reschedule(id), wish)).status).toBe(409)
    expect((await standing(id)).timeslotId).toBe(slots[14])
    await tess.submits(desk.reschedule(id), { ...wish, present: page.$('input[name=present]').val() })
    expect((await standing(id)).timeslotId).toBe(slots[15])
  })

  it('is over with the visit', async () => {
    const id = await book(ada, slots[11])
    await db.appointment.update({ where: { id }, data: { status: 'COMPLETED', checkedInAt: new Date() } })
    expect((await meera.opens(theirs.reschedule(id))).text).toContain('This appointment can’t be moved any more.')
    expect((await meera.submits(theirs.reschedule(id), { timeslotId: slots[12] })).status).toBe(422)
  })
})
