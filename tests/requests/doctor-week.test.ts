import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { inDays } from '../browser/support/days.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

/** A doctor of two clinics: Dubai is four hours ahead of UTC all year, Pune five and a half. */

const app = serveApp()
const { week, schedule, appointments } = paths.doctor
let meera: Person
let date: string
let next: string
let visits: string[]

// For an hour and a half each night it is tomorrow in Pune, but not yet in Dubai: the days are those of Dubai.
const ahead = inDays(0, 'Asia/Kolkata') === inDays(0, 'Asia/Dubai') ? 0 : 1

beforeAll(async () => {
  const dubai = await openClinic({ name: 'Creek Clinic', city: 'Dubai', timeZone: 'Asia/Dubai' })
  const pune = await openClinic({ name: 'Hill Clinic', city: 'Pune', timeZone: 'Asia/Kolkata' })
  const doctor = await hireDoctor([dubai.id, pune.id])
  const add = async (clinic: typeof dubai, name: string, time: string, days: number) => {
    const patient = await registerPatient({ name })
    return (await addVisit({ clinic, doctorId: doctor.id, patient, time, days })).id
  }
  visits = [
    await add(dubai, 'Ada Obi', '00:10', 14),
    await add(dubai, 'Ben Okri', '09:00', 14),
    await add(pune, 'Lena Novak', '15:00', 14 - ahead)
  ]
  await db.appointment.update({
    where: { id: await add(pune, 'Yusuf Demir', '16:00', 14 - ahead) },
    data: { status: 'CANCELLED', cancelledAt: new Date() }
  })
  const free = await Promise.all(
    ['15:30', '16:00', '16:30'].map(time => addSlot(doctor.id, pune, { time, days: 15 - ahead }))
  )
  await db.timeSlot.update({ where: { id: free[0]?.id ?? '' }, data: { isAvailable: false } })
  meera = await signedIn(app, doctor.user)
  date = inDays(14, 'Asia/Dubai')
  next = inDays(15, 'Asia/Dubai')
})

const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
const rowOf = ({ $ }: Awaited<ReturnType<Person['opens']>>, day: string) =>
  $('tbody tr')
    .filter((_, row) => $(row).find(`a[href="${schedule.index({ date: day })}"]`).length > 0)
    .text()
    .replace(/\s+/g, ' ')

describe('a doctor’s week', () => {
  it('is the seven days from Monday around a day, to a program', async () => {
    const { status, body } = await meera.asks(week({ date }))
    expect([status, body.date, body.timeZone]).toEqual([200, date, expect.stringMatching(/^Asia\//)])
    expect(body.dates.map(weekday)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(body.dates[weekday(date)]).toBe(date)
    expect(body.appointments.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(visits))
    expect(body.appointments[0]).toMatchObject({
      startsAt: `${date}T00:10:00+04:00`,
      patient: { name: 'Ada Obi' },
      status: 'BOOKED',
      canMove: true,
      suspendedBy: null
    })
    expect(body.timeslots.length).toBeGreaterThanOrEqual(body.appointments.length)
  })

  it('has each visit on the day and the clock of its own clinic, which is named', async () => {
    const page = await meera.opens(week({ date }))
    const day = rowOf(page, date)
    expect(day).toMatch(/3 patients 1 not taking place/)
    expect(day).toMatch(/Creek Clinic \(GST\) 00:10 Ada Obi Booked 09:00 Ben Okri Booked/)
    expect(day).toMatch(/Hill Clinic \(GMT\+5:30\) 15:00 Lena Novak Booked/)
    expect(day).not.toContain('Yusuf Demir')
    expect(page.text).toContain('Times are on each clinic’s clock')
    expect(page.links).toEqual(expect.arrayContaining(visits.map(id => appointments.show(id))))
  })

  it('counts the free and the blocked times', async () => {
    const page = await meera.opens(week({ date: next }))
    expect(rowOf(page, next)).toMatch(/2 free · 1 blocked/)
  })

  it('leads to the weeks around it, and to its days', async () => {
    const { body } = await meera.asks(week({ date }))
    const { links } = await meera.opens(week({ date }))
    const days = body.dates.map((day: string) => schedule.index({ date: day }))
    expect(links).toEqual(
      expect.arrayContaining([...days, week({ date: body.weekBefore }), week({ date: body.weekAfter })])
    )
    expect((await meera.opens(schedule.index({ date }))).links).toContain(week({ date }))
  })

  it('is this week without a day, with today marked', async () => {
    const { body } = await meera.asks(week())
    const page = await meera.opens(week())
    expect(body.dates).toContain(body.today)
    expect(page.$('[aria-current=date]').attr('href') ?? schedule.index({ date: body.today })).toBe(
      schedule.index({ date: body.today })
    )
    expect((await meera.opens('/doctor/week?date=tomorrow')).status).toBe(400)
  })

  it('hands its calendar only what is written on the clinics’ clocks', async () => {
    const page = await meera.opens(week({ date, view: 'calendar' }))
    const given = JSON.parse(page.$('[data-calendar]').attr('data-calendar') ?? '')
    const first = given.visits.find(({ id }: { id: string }) => id === visits[2])
    expect(first).toMatchObject({ start: `${date}T15:00`, time: '15:00', place: 'Hill Clinic' })
    expect(first.move).toBe(appointments.reschedule(visits[2] ?? ''))
    expect(page.links).toContain(week({ date }))
  })
})
