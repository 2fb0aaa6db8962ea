import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { day, days, type Leave, leave } from '../support/leave.ts'
import { addSlot, lookAfter, registerPatient } from '../support/world.ts'

const app = serveApp()
const { conflicts, timeOff, appointments, schedule } = paths.doctor
let town: Leave

interface Card {
  id: string
  patient: { name: string; phone: string | null }
  why: object
  proposals: { timeslotId: string; startsAt: string }[]
}

const cards = async (person: Leave['meera'], path = conflicts()) =>
  (await person.asks(path)).body.appointments as Card[]
const timesOf = (card?: Card) => card?.proposals.map(({ startsAt }) => startsAt.slice(0, 16))

beforeEach(async () => {
  town = await leave(app)
})

describe('the worklist', () => {
  it('has everyone who is hit, soonest first, with the reason, the phone and three times', async () => {
    const { meera, staff, ada, ben, books, first } = town
    expect((await meera.opens(conflicts())).text).toContain('Nobody is left to move')
    await books(ben, first[1])
    await books(ada, first[0])
    await meera.submits(timeOff.index(), days(3, 3, { reason: 'Annual leave' }))

    const [one, two] = await cards(meera)
    expect(one).toMatchObject({ patient: { name: 'Ada Obi', phone: '+44 7700 900111' } })
    expect([one?.why, two?.patient.name]).toEqual([{ by: 'TIME_OFF', reason: 'Annual leave' }, 'Ben Okri'])
    expect(timesOf(one)).toEqual(['09:00', '09:20', '09:40'].map(time => `${day(4)}T${time}`))
    expect(two?.proposals).toEqual([])

    const page = await staff.opens(paths.admin.conflicts())
    expect(page.$('.moves input[name=present]').first().val()).toContain(`${day(3)}T09:00`)
    expect(page.text).toMatch(
      /2 patients can’t be seen .* Ada Obi .* Dr Meera Kulkarni .* The doctor is away: Annual leave/
    )
    expect(page.text).toContain('No free time with Dr Meera Kulkarni at Riverside Clinic')
    expect(page.links).toContain('tel:+447700900111')
    for (const path of [paths.admin.index(), paths.admin.appointments.index()])
      expect((await staff.opens(path)).$('.nav-count').text()).toBe('2')
    expect((await meera.opens(schedule.index())).text).toContain('2 appointments to move or cancel')
  })

  it('proposes no time at which the patient is elsewhere, and none twice', async () => {
    const { meera, ada, ben, books, first, next, doctor, riverside } = town
    const [own, others] = [await books(ada, first[0]), await books(ben, first[2])]
    await books(ada, next[1])
    for (const time of ['10:00', '10:20', '10:40', '11:00']) await addSlot(doctor.id, riverside, { days: 5, time })
    await meera.submits(timeOff.index(), days(3))

    const list = await cards(meera)
    expect(list.map(({ id }) => id)).toEqual([own, others])
    expect(timesOf(list[0])).toEqual([`${day(4)}T09:00`, `${day(4)}T09:40`, `${day(5)}T10:00`])
    expect(timesOf(list[1])).toEqual(['10:20', '10:40', '11:00'].map(time => `${day(5)}T${time}`))
  })

  it('empties as each is moved by one click or cancelled with a reason, and nobody else gets the time', async () => {
    const { meera, staff, ada, ben, books, first, standing } = town
    const [own, others] = [await books(ada, first[0]), await books(ben, first[1])]
    await meera.submits(timeOff.index(), days(3))

    const [card] = await cards(meera)
    const { timeslotId } = card?.proposals[1] ?? {}
    const moved = await meera.submits(appointments.reschedule(own, { from: 'conflicts' }), { timeslotId })
    expect([moved.status, moved.location]).toEqual([303, conflicts({ moved: own })])
    const told = await meera.opens(conflicts({ moved: own }))
    expect(told.text).toMatch(/Ada Obi is moved to .*\+44 7700 900111/)
    expect(told.links).toEqual(expect.arrayContaining(['tel:+447700900111', appointments.show(own)]))
    expect((await town.otherStaff.opens(paths.admin.conflicts({ moved: own }))).text).not.toContain('Ada Obi')
    expect(await standing(own)).toMatchObject({ timeslotId, status: 'BOOKED' })
    expect((await cards(meera)).map(({ id }) => id)).toEqual([others])

    const ends = paths.admin.appointments.cancellation(others, { from: 'conflicts' })
    expect((await staff.opens(ends)).text).toContain('Offer another time first')
    expect((await staff.submits(ends, { reason: 'No other time suits' })).location).toBe(paths.admin.conflicts())
    const page = await staff.opens(paths.admin.conflicts())
    expect(page.text).toContain('Nobody is left to move')
    expect(page.$('.nav-count').length).toBe(0)
    await expect(books(ada, first[1])).rejects.toThrow('This time is not offered')
  })

  it('is left by a patient who cancels, and by all when the doctor stays', async () => {
    const { meera, ada, ben, books, first, standing } = town
    const [own, others] = [await books(ada, first[0]), await books(ben, first[1])]
    const { body } = await meera.sends('post', timeOff.index(), days(3))
    const mine = paths.booking.appointments
    expect((await ada.opens(mine.show(own))).text).toContain('Booked')
    await ada.submits(mine.cancellation(own), { reason: 'Better' })
    expect((await cards(meera)).map(({ id }) => id)).toEqual([others])

    await meera.submits(timeOff.removal(body.timeOff.id))
    expect(await cards(meera)).toEqual([])
    expect((await standing(others)).status).toBe('BOOKED')
    await books(ada, first[0])
  })

  it('is for the clinic it is about, and of one doctor when asked', async () => {
    const { meera, staff, otherStaff, ada, books, first, doctor } = town
    const id = await books(ada, first[0])
    await meera.submits(timeOff.index(), days(3))
    expect(await cards(otherStaff, paths.admin.conflicts())).toEqual([])
    const only = paths.admin.conflicts({ doctorId: doctor.id })
    expect((await cards(staff, only)).map(each => each.id)).toEqual([id])
    expect((await staff.opens(only)).heading).toBe('To move for Dr Meera Kulkarni')
    const { doctor: stranger } = await leave(app)
    expect((await staff.opens(paths.admin.conflicts({ doctorId: stranger.id }))).status).toBe(404)
  })

  it('moves who waits already, and has pages when it is long', async () => {
    const { meera, ada, books, first, doctor, riverside, standing } = town
    const id = await books(ada, first[0])
    await db.appointment.update({ where: { id }, data: { status: 'CHECKED_IN', checkedInAt: new Date() } })
    const { id: accountId } = await registerPatient({ name: 'Wide Family' })
    for (let at = 0; at < 20; at++) {
      const { id: timeslotId, ...slot } = await addSlot(doctor.id, riverside, {
        days: 3,
        time: `${12 + Math.floor(at / 4)}:${(at % 4) * 15 || '00'}`,
        minutes: 15
      })
      const patient = await lookAfter(accountId, `Child ${at}`)
      const { startsAt, endsAt, doctorId, clinicId } = slot
      const money = { feeMinor: 0, currency: 'GBP' }
      const whose = { patientId: patient.id, bookedById: accountId, reference: `PAGE-${at}-${accountId}` }
      await db.appointment.create({
        data: { timeslotId, startsAt, endsAt, doctorId, clinicId, status: 'BOOKED', ...money, ...whose }
      })
    }
    await meera.submits(timeOff.index(), days(3))
    const { body } = await meera.asks(conflicts({ page: 2 }))
    expect([body.total, body.pages, body.appointments.length]).toEqual([21, 2, 1])
    expect((await meera.opens(conflicts())).links).toContain(conflicts({ page: 2 }))

    const [card] = await cards(meera)
    await meera.submits(appointments.reschedule(id, { from: 'conflicts' }), {
      timeslotId: card?.proposals[0]?.timeslotId
    })
    expect(await standing(id)).toMatchObject({ status: 'CONFIRMED', checkedInAt: null })
  })
})
