import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { addVisit, clockIn, openClinicByDay } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, hireDoctor, registerPatient } from '../support/world.ts'

const app = serveApp()
const { appointments, timeslots, schedule } = paths.doctor
let clinic: Awaited<ReturnType<typeof openClinicByDay>>
let doctorId: string
let meera: Person

beforeAll(async () => {
  clinic = await openClinicByDay('Harbour Clinic')
  const doctor = await hireDoctor(clinic.id)
  doctorId = doctor.id
  meera = await signedIn(app, doctor.user)
})

const visitAt = async (minutes: number) =>
  (await addVisit({ clinic, doctorId, patient: await registerPatient(), time: clockIn(clinic.timeZone, minutes) })).id

describe('what can’t be undone is asked once', () => {
  it('that a patient did not come', async () => {
    const id = await visitAt(-30)
    expect((await meera.opens(appointments.show(id))).links).toContain(appointments.noShow(id))
    const page = await meera.opens(appointments.noShow(id))
    expect(page.heading).toMatch(/^Did .* not come\?$/)
    expect(page.$('main form').attr('action')).toBe(appointments.noShow(id))
    expect((await meera.submits(appointments.noShow(id))).location).toMatch(schedule.index())
    expect((await meera.opens(appointments.noShow(id))).location).toBe(appointments.show(id))
  })

  it('but not before the visit has begun', async () => {
    const id = await visitAt(30)
    expect((await meera.opens(appointments.noShow(id))).location).toBe(appointments.show(id))
  })

  it('that a time goes', async () => {
    const slot = await addSlot(doctorId, clinic, { days: 3, time: '11:00' })
    const page = await meera.opens(timeslots.removal(slot.id))
    expect([page.status, page.heading]).toEqual([200, 'Remove the time slot at 11:00?'])
    expect(page.$('main form').attr('action')).toBe(timeslots.removal(slot.id))
    expect(await db.timeSlot.count({ where: { id: slot.id } })).toBe(1)

    const date = (await meera.asks(timeslots.removal(slot.id))).body.date
    expect((await meera.submits(timeslots.removal(slot.id))).location).toBe(timeslots.index({ date }))
    expect((await meera.opens(timeslots.removal(slot.id))).status).toBe(404)
  })

  it('but not of a time that is booked', async () => {
    const { timeslotId } = await db.appointment.findUniqueOrThrow({ where: { id: await visitAt(60) } })
    expect((await meera.opens(timeslots.removal(timeslotId))).location).toMatch(timeslots.index())
  })
})
