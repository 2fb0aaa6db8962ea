import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { first, hours, second, type WorkingWeek, weekday, weekdays, workingWeek } from '../support/working-week.ts'
import { addSlot } from '../support/world.ts'

const app = serveApp()
let week: WorkingWeek
beforeEach(async () => {
  week = await workingWeek(app)
})

const clock = (slot: { startsAt: Date }) =>
  slot.startsAt.toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })

describe('hours that change', () => {
  it('keep who is booked, and say who no longer fits', async () => {
    const { meera, adds, saves, slotAt, books, typed, slots } = week
    const { id } = (await adds()).workingHours[0]
    const [kept, lost] = [await slotAt(first, '09:20'), await slotAt(first, '13:10')]
    for (const slot of [kept, lost]) await books(slot.id)
    const wish = typed({ endTime: '11:00', breakStart: '', breakEnd: '' })
    const page = await meera.submits(hours.preview(), { ...wish, id })
    expect(page.text).toMatch(/11 free times taken away 1 booked patient no longer fits .*13:10 Ada Obi/)
    expect(page.$('main form').last().attr('action')).toBe(hours.show(id))
    expect(await saves(id, wish)).toMatchObject({ added: 0, removed: 11, unfit: 1 })

    const there = await slots()
    expect(there.map(clock)).toEqual(
      [...Array(2)].flatMap(() => ['09:00', '09:20', '09:40', '10:00', '10:20', '10:40']).toSpliced(6, 0, '13:10')
    )
    expect(there.find(slot => slot.id === lost.id)?.suspendedBy).toBe('HOURS')
    const saved = await meera.submits(hours.show(id), wish)
    expect(saved.location).toBe(hours.index({ done: 'changed', added: 0, removed: 0, unfit: 0, fit: 0 }))
    const told = await meera.opens(hours.index({ done: 'changed', added: 68, removed: 4, unfit: 2, fit: 0 }))
    expect(told.text).toContain('68 times added, 4 taken away. 2 booked patients no longer fit: see who')
    expect(told.links).toContain(paths.doctor.conflicts())
  })

  it('in length replace free times only, and leave alone what was done by hand', async () => {
    const { meera, adds, saves, slotAt, books, slots, typed, doctor, riverside } = week
    const byHand = await addSlot(doctor.id, riverside, { days: 3, time: '15:00' })
    const { id } = (await adds()).workingHours[0]
    const [booked, blocked, removed] = [
      await slotAt(first, '09:20'),
      await slotAt(first, '10:00'),
      await slotAt(second, '09:00')
    ]
    await books(booked.id)
    await meera.sends('post', paths.doctor.timeslots.block(blocked.id))
    await meera.sends('post', paths.doctor.timeslots.removal(removed.id))
    await saves(id, typed({ slotMinutes: 30 }))

    const there = (await slots()).filter(slot => !slot.withdrawnAt)
    const on = (day: typeof first) =>
      there.filter(slot => slot.startsAt.toISOString().startsWith(day.toString())).map(clock)
    expect(on(first)).toEqual(['09:20', '10:00', '10:30', '11:30', '12:00', '12:30', '13:00', '15:00'])
    expect(on(second)).toEqual(['09:30', '10:00', '10:30', '11:30', '12:00', '12:30', '13:00'])
    expect(there.find(slot => slot.id === blocked.id)?.isAvailable).toBe(false)
    expect(there.some(slot => slot.id === byHand.id)).toBe(true)
  })

  it('while somebody else is changing them are not written over unseen', async () => {
    const { meera, adds, saves, typed, staff } = week
    const { id } = (await adds(typed({ breakStart: '', breakEnd: '' }))).workingHours[0]
    const opened = (await meera.opens(hours.edit(id))).$('input[name=version]').val()
    const preview = await meera.submits(hours.preview(), { ...typed(), id, version: opened })
    expect(preview.$('main form').last().find('input[name=version]').val()).toBe(opened)

    await staff.sends('post', paths.admin.workingHours.show(id), typed())
    const older = { ...typed({ breakStart: '', breakEnd: '', endTime: '13:00' }), id, version: opened }
    const told = `Someone has changed these hours meanwhile. They are now: ${weekdays} 09:00–11:00, 11:30–13:30, 20 minutes each`
    const page = await meera.submits(hours.show(id), older)
    expect([page.status, page.problems, page.field('To').value]).toEqual([422, [told], '13:00'])
    expect((await meera.submits(hours.preview(), older)).problems).toEqual([told])
    expect(await saves(id, older)).toMatchObject({ status: 409 })

    const version = page.$('input[name=version]').val()
    expect((await saves(id, { ...older, version })).workingHours).toMatchObject([{ endTime: '13:00', breaks: [] }])
  })

  it('from a day to come stay until then', async () => {
    const { meera, adds, saves, slots, typed } = week
    const { id } = (await adds()).workingHours[0]
    const later = typed({ endTime: '10:00', breakStart: '', breakEnd: '', validFrom: second.toString() })
    const page = await meera.submits(hours.preview(), { ...later, id })
    expect(page.text).toContain('the hours stay as they are now.')
    const { workingHours, added, removed } = await saves(id, later)
    expect([workingHours[0].id === id, added, removed]).toEqual([false, 0, 9])
    expect(await slots()).toHaveLength(12 + 3)
    const [before, after] = (await meera.asks(hours.index())).body.workingHours
    expect([before.validUntil, after.validFrom]).toEqual([second.subtract({ days: 1 }).toString(), second.toString()])
  })

  it('go, and so do their free times', async () => {
    const { meera, adds, slotAt, books, slots } = week
    const { id } = (await adds()).workingHours[0]
    const { id: booked } = await slotAt(first, '09:20')
    await books(booked)
    const page = await meera.opens(hours.removal(id))
    expect(page.text).toMatch(/23 free times taken away 1 booked patient no longer fits .* Ada Obi/)
    const { location } = await meera.submits(hours.removal(id))
    expect(location).toBe(hours.index({ done: 'removed', added: 0, removed: 23, unfit: 1, fit: 0 }))
    expect(await slots()).toMatchObject([{ id: booked, suspendedBy: 'HOURS', workingHoursId: null }])
    expect((await meera.opens(hours.removal(id))).status).toBe(404)
    expect(
      await db.auditEvent.findMany({
        where: { event: { startsWith: 'working-hours' }, subjectId: week.doctor.id },
        orderBy: { id: 'asc' }
      })
    ).toMatchObject([
      { event: 'working-hours.added', data: { weekdays: [weekday] } },
      { event: 'working-hours.removed', data: { id, weekday } }
    ])
  })
})
