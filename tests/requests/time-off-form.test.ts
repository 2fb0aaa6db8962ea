import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { day, days, type Leave, leave } from '../support/leave.ts'
import { signedIn } from '../support/person.ts'
import { hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { timeOff } = paths.doctor
const desk = paths.admin.timeOff
let town: Leave

beforeAll(async () => {
  town = await leave(app)
})

describe('what is typed of time off', () => {
  it.each([
    [{}, 'Choose when it is'],
    [{ kind: 'days' }, 'Enter the first day'],
    [{ kind: 'days', from: day(-1) }, 'The first day must be today or later'],
    [{ kind: 'days', from: day(5), to: day(4) }, 'The last day must be the first day or later'],
    [{ kind: 'days', from: day(800) }, 'Choose days in the next 2 years'],
    [{ kind: 'now', to: day(-1) }, 'The last day must be today or later'],
    [{ kind: 'hours', date: day(3), startTime: '12:00', endTime: '12:00' }, 'The end must be later than the start'],
    [{ kind: 'hours', date: day(-1), startTime: '10:00', endTime: '12:00' }, 'The day must be today or later'],
    [{ kind: 'hours', date: springForward(), startTime: '01:30', endTime: '12:00' }, /this time does not exist/]
  ])('%o is refused, and stays: %s', async (typed, words) => {
    const page = await town.meera.submits(timeOff.preview(), { ...typed, reason: 'Course' })
    expect([page.status, page.problems]).toEqual([422, [expect.stringMatching(words)]])
    expect(page.field('Reason').value).toBe('Course')
    expect((await town.meera.sends('post', timeOff.index(), typed)).status).toBe(422)
  })

  it('may last until midnight, which is 00:00', async () => {
    const evening = { kind: 'hours', date: day(3), startTime: '18:00', endTime: '00:00' }
    const { status, body } = await town.meera.sends('post', timeOff.index(), evening)
    expect([status, body.timeOff?.endsAt.slice(0, 16)]).toEqual([201, `${day(4)}T00:00`])
  })

  it('is by the clock that was chosen when the clinics have several', async () => {
    const [london, kolkata] = [await openClinic(), await openClinic({ timeZone: 'Asia/Kolkata', name: 'Hill Clinic' })]
    const { user } = await hireDoctor([london.id, kolkata.id])
    const meera = await signedIn(app, user)
    expect((await meera.opens(timeOff.add())).field('By the clock of').name).toBe('clinicId')
    const { body } = await meera.sends('post', timeOff.index(), { ...days(3), clinicId: kolkata.id })
    expect(body.timeOff).toMatchObject({ timeZone: 'Asia/Kolkata', startsAt: `${day(3)}T00:00:00+05:30` })
    expect((await meera.opens(timeOff.index())).text).toContain('(GMT+5:30)')
  })

  it('asks the front desk for the doctor, and knows only its own', async () => {
    const { staff, doctor } = town
    expect((await staff.opens(desk.add({ kind: 'now' }))).field('Doctor').name).toBe('doctorId')
    expect((await staff.submits(desk.index(), days(3))).problems).toEqual(['Choose a doctor'])
    const stranger = await hireDoctor((await openClinic()).id)
    for (const path of [desk.index(), desk.preview()])
      expect((await staff.sends('post', path, { ...days(3), doctorId: stranger.id })).status).toBe(404)
    expect((await staff.submits(desk.index(), { ...days(3), doctorId: doctor.id })).location).toBe(
      desk.index({ doctorId: doctor.id })
    )
  })
})

/** The next last Sunday of March, when clocks in London go from 01:00 to 02:00. */
function springForward() {
  const today = Temporal.Now.plainDateISO('Europe/London')
  const ends = [0, 1].map(years => Temporal.PlainDate.from({ year: today.year + years, month: 3, day: 31 }))
  const sundays = ends.map(end => end.subtract({ days: end.dayOfWeek % 7 }))
  return (sundays.find(sunday => Temporal.PlainDate.compare(sunday, today) > 0) ?? today).toString()
}
