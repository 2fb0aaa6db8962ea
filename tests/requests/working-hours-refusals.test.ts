import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { dates } from '../../src/helpers/dates.ts'
import { serveApp } from '../support/app.ts'
import { first, hours, second, type WorkingWeek, weekdays, workingWeek } from '../support/working-week.ts'
import { openClinic } from '../support/world.ts'

const app = serveApp()
let week: WorkingWeek
beforeAll(async () => {
  week = await workingWeek(app)
})

describe('hours that can’t be', () => {
  const cases: [string, object, string, string][] = [
    ['end before they begin', { endTime: '08:00' }, 'To', 'The end must be after the beginning'],
    ['have half a break', { breakEnd: '' }, 'Break to', 'Enter when the break ends'],
    ['have a break outside', { breakStart: '08:00' }, 'Break from', 'The break must lie within the working hours'],
    [
      'have breaks that overlap',
      { secondBreakStart: '11:10', secondBreakEnd: '12:00' },
      'Second break from',
      'The breaks must not overlap'
    ],
    [
      'are shorter than one time',
      { slotMinutes: 'OTHER', otherMinutes: '130' },
      'To',
      'There must be room for at least one time'
    ],
    ['have no length', { slotMinutes: 'OTHER' }, 'Minutes each', 'Enter how many minutes each time takes'],
    [
      'have a length nobody works',
      { slotMinutes: 'OTHER', otherMinutes: '4' },
      'Minutes each',
      'Enter a number from 5 to 240'
    ],
    [
      'end before their first day',
      { validFrom: second.toString(), validUntil: first.toString() },
      'Last day',
      'The last day must be the first day or later'
    ],
    ['are over', { validUntil: '2026-01-01' }, 'Last day', 'The last day must be today or later'],
    [
      'have no such weekday',
      { validUntil: first.subtract({ days: 1 }).toString() },
      'Last day',
      'There is no such weekday between the first and the last day'
    ]
  ]
  it.each(cases)('%s', async (_, said, label, problem) => {
    const wish = { ...week.typed(), ...said } as Record<string, unknown>
    const page = await week.meera.submits(hours.preview(), wish)
    expect([page.status, page.problems]).toEqual([422, [problem]])
    expect(page.$(`[id="${page.field(label).error?.split(' ').at(-1)}"]`).text()).toContain(problem)
    expect(page.field('From').value).toBe(wish.startTime)
    expect((await week.meera.submits(hours.index(), wish)).problems).toEqual([problem])
    expect(await db.workingHours.count({ where: { doctorId: week.doctor.id } })).toBe(0)
  })

  it('are at a clinic or in a room of others', async () => {
    const { meera, typed, room, clifton } = week
    const elsewhere = await openClinic()
    const { detail } = (await meera.sends('post', hours.index(), typed({ clinicId: elsewhere.id }))).body
    expect(detail).toBe('Choose one of the clinics.')
    const away = await meera.sends('post', hours.index(), typed({ clinicId: clifton.id, roomId: room.id }))
    expect([away.status, away.body.errors[0].field]).toEqual([422, 'roomId'])
  })

  it('would have the doctor in two places: the clash is named', async () => {
    const { meera, adds, afternoon, riverside, clifton } = week
    await adds(afternoon({ validFrom: second.toString() }))
    const page = await meera.submits(
      hours.preview(),
      afternoon({ clinicId: clifton.id, startTime: '15:40', endTime: '17:00' })
    )
    expect(page.problems).toEqual([
      `You are at Riverside Clinic on ${weekdays} 14:00–16:00 (first on ${dates('en').fullDay(second.toString())})`
    ])
    expect(page.field('From').value).toBe('15:40')
    await db.clinic.update({ where: { id: riverside.id }, data: { deactivatedAt: new Date() } })
    const overlap = { clinicId: clifton.id, startTime: '15:40', endTime: '17:00' }
    const { body } = await meera.sends('post', hours.preview(), afternoon(overlap))
    await db.clinic.update({ where: { id: riverside.id }, data: { deactivatedAt: null } })
    expect(body.detail).toContain('You are at Riverside Clinic (deactivated) on')
    expect((await adds(afternoon({ ...overlap, startTime: '16:00' }))).added).toBe(6)
  })
})
