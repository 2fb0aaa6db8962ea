import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { day, days, type Leave, leave } from '../support/leave.ts'
import { signedIn } from '../support/person.ts'
import { addSlot, hireDoctor } from '../support/world.ts'

const app = serveApp()
const { timeOff, conflicts } = paths.doctor
const desk = paths.admin.timeOff
let town: Leave

beforeEach(async () => {
  town = await leave(app)
})

describe('before time off is saved', () => {
  it('shows every patient it hits and how many free times go, and writes nothing', async () => {
    const { meera, ada, books, first } = town
    await books(ada, first[1])
    const before = await fingerprint()
    const page = await meera.submits(timeOff.preview(), days(3, 4, { reason: 'Annual leave' }))

    expect([page.status, page.heading]).toEqual([200, 'Check before you save'])
    expect(page.text).toMatch(/1 patient is booked then .* 09:20 Ada Obi .* Riverside Clinic Booked/)
    expect(page.text).toContain('7 free times go off offer.')
    expect(page.$('input[name=reason]').val()).toBe('Annual leave')
    expect(await fingerprint()).toEqual(before)

    const again = await meera.submits(timeOff.preview(), { ...days(3, 4, { reason: 'Annual leave' }), change: 'yes' })
    expect(again.field('First day').value).toBe(day(3))
    expect(again.field('Reason').value).toBe('Annual leave')
  })

  it('counts for the front desk those of other clinics, without naming them', async () => {
    const { staff, ada, ben, books, first, doctor, clifton } = town
    await books(ada, first[0])
    await books(ben, await addSlot(doctor.id, clifton, { days: 3, time: '15:00' }))
    const page = await staff.submits(desk.preview(), { ...days(3), doctorId: doctor.id })
    expect(page.text).toContain('2 patients are booked then')
    expect(page.text).toContain('1 patient of another clinic is booked then too.')
    expect(page.text).toContain('Ada Obi')
    expect(page.html).not.toMatch(/Ben Okri|Clifton/)
  })
})

describe('time off', () => {
  it('cancels nobody, and offers its times to nobody', async () => {
    const { meera, ada, ben, books, first, next, doctor, standing } = town
    const id = await books(ada, first[0])
    const saved = await meera.submits(timeOff.index(), days(3, 3, { reason: 'Annual leave' }))
    expect([saved.status, saved.location]).toEqual([303, conflicts()])
    expect((await standing(id)).status).toBe('BOOKED')
    expect((await ada.opens(paths.booking.appointments.show(id))).text).not.toContain('Annual leave')
    await expect(books(ben, first[1])).rejects.toThrow('This time is not offered')
    await books(ben, next[0])

    await meera.submits(timeOff.index(), days(3, 3, { reason: 'Twice' }))
    const events = await db.auditEvent.findMany({ where: { event: 'time-off.added', subjectId: doctor.id } })
    expect(events.map(({ data }) => Object.keys(data as object).sort())).toEqual([
      ['endsAt', 'startsAt', 'timeOffId', 'visits']
    ])
    const { body } = await meera.asks(timeOff.index())
    expect(body.coming).toMatchObject([{ days: { from: day(3), to: day(3) }, reason: 'Annual leave', state: 'COMING' }])
    expect((await meera.opens(timeOff.index())).text).toContain('Annual leave')
  })

  it('may be some hours, by the clock of the clinic', async () => {
    const { meera, first, doctor } = town
    const hours = { kind: 'hours', date: day(3), startTime: '09:30', endTime: '10:00' }
    const { status, body } = await meera.sends('post', timeOff.index(), hours)
    expect([status, body.timeOff.startsAt.slice(0, 16)]).toEqual([201, `${day(3)}T09:30`])
    const suspended = await db.timeSlot.findMany({ where: { doctorId: doctor.id, suspendedBy: 'TIME_OFF' } })
    expect(suspended.map(({ id }) => id).sort()).toEqual([first[1]?.id, first[2]?.id].sort())
  })

  it('begins now when the doctor goes home, and takes along who waits or should be in', async () => {
    const clinic = await openClinicByDay('Harbour Clinic')
    const { id: doctorId, user } = await hireDoctor(clinic.id)
    const meera = await signedIn(app, user)
    const visit = async (name: string, minutes: number, status: 'CONFIRMED' | 'CHECKED_IN' | 'COMPLETED') =>
      addVisit({ clinic, doctorId, patient: await patientNamed(name), time: clockIn(clinic.timeZone, minutes), status })
    await visit('Over Long', -60, 'CONFIRMED')
    await visit('Been Seen', -40, 'COMPLETED')
    await visit('Still Waits', -20, 'CHECKED_IN')
    await visit('Is Due', -5, 'CONFIRMED')
    await visit('Comes Soon', 20, 'CONFIRMED')

    const now = { kind: 'now', reason: 'Ill' }
    const named = (body: { hits?: object[]; appointments?: object[] }) =>
      (body.hits ?? body.appointments ?? []).map(each => (each as { patient: { name: string } }).patient.name)
    const hit = ['Still Waits', 'Is Due', 'Comes Soon']
    expect(named((await meera.sends('post', timeOff.preview(), now)).body)).toEqual(hit)
    const { body } = await meera.sends('post', timeOff.index(), now)
    expect(named((await meera.asks(conflicts())).body)).toEqual(hit)

    await meera.submits(timeOff.removal(body.timeOff.id))
    expect((await meera.asks(conflicts())).body.total).toBe(0)
    const { endsAt } = await db.timeOff.findUniqueOrThrow({ where: { id: body.timeOff.id } })
    expect(endsAt.valueOf()).toBeLessThanOrEqual(Date.now())
  })
})

describe('time off that ends', () => {
  it('brings the free times back and says how many', async () => {
    const { meera, ada, books, first, doctor } = town
    await books(ada, first[0])
    const { body } = await meera.sends('post', timeOff.index(), days(3))
    const { id } = body.timeOff
    const page = await meera.opens(timeOff.removal(id))
    expect(page.text).toContain('4 free times come back.')
    expect((await meera.submits(timeOff.removal(id))).location).toBe(timeOff.index())
    expect(await db.timeSlot.count({ where: { doctorId: doctor.id, suspendedBy: { not: null } } })).toBe(0)
    expect(await db.timeOff.count({ where: { doctorId: doctor.id } })).toBe(0)
    expect(await db.auditEvent.count({ where: { event: 'time-off.removed', subjectId: doctor.id } })).toBe(1)
  })

  it('leaves what other time off covers, and can’t end what is over', async () => {
    const { meera, doctor } = town
    await meera.sends('post', timeOff.index(), days(4))
    const { body } = await meera.sends('post', timeOff.index(), days(3, 4))
    expect((await meera.submits(timeOff.preview(), days(3))).text).toContain('There is time off then already')
    expect((await meera.opens(timeOff.removal(body.timeOff.id))).text).toContain('5 free times come back.')
    await meera.submits(timeOff.removal(body.timeOff.id))
    expect(await db.timeSlot.count({ where: { doctorId: doctor.id, suspendedBy: 'TIME_OFF' } })).toBe(3)

    const past = { startsAt: new Date('2026-01-05'), endsAt: new Date('2026-01-06') }
    const { id } = await db.timeOff.create({ data: { doctorId: doctor.id, ...past } })
    expect((await meera.submits(timeOff.removal(id))).problems).toEqual(['This time off is over already'])
  })
})
