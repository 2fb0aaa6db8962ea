import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { hours, london, second, type WorkingWeek, weekday, weekdays, workingWeek } from '../support/working-week.ts'
import { addSlot } from '../support/world.ts'

const app = serveApp()
let week: WorkingWeek
beforeEach(async () => {
  week = await workingWeek(app)
})

describe('a week of working hours', () => {
  it('reads as people say it, and is an API', async () => {
    const { meera, adds, doctor } = week
    expect((await meera.opens(hours.index())).text).toContain('No working hours yet')
    const { workingHours, added } = await adds()
    expect(added).toBe(24)
    const known = { weekday, startTime: '09:00', endTime: '13:30', slotMinutes: 20, canChange: true }
    expect(workingHours[0]).toMatchObject(known)

    const page = await meera.opens(hours.index())
    const words = `${weekdays} 09:00–13:30 at Riverside Clinic break 11:00–11:30, 20 minutes each, Room 2`
    expect(page.text).toContain(words)
    expect((await meera.asks(hours.index())).body.workingHours).toEqual(workingHours)
    expect(await db.auditEvent.count({ where: { event: 'working-hours.added', subjectId: doctor.id } })).toBe(1)
  })

  it('tells the front desk of hours elsewhere only when they are, and lets it change its own', async () => {
    const { staff, adds, typed, afternoon, clifton, doctor } = week
    const here = (await adds()).workingHours[0].id
    const there = (await adds(afternoon({ clinicId: clifton.id }))).workingHours[0].id
    const { index, edit, show, removal, preview } = paths.admin.workingHours
    const page = await staff.opens(index({ doctorId: doctor.id }))
    expect(page.text).toContain('14:00–16:00 at another clinic')
    expect(page.html).not.toMatch(`Clifton|${there}`)
    expect(page.links).toContain(edit(here))

    for (const path of [edit(there), removal(there)]) expect((await staff.opens(path)).status).toBe(404)
    expect((await staff.sends('post', show(there), typed())).status).toBe(404)
    expect((await staff.sends('post', preview(), { ...typed(), id: there })).status).toBe(404)
    const moved = await staff.sends('post', show(here), typed({ clinicId: clifton.id, roomId: '' }))
    expect(moved.body.detail).toBe('Choose one of the clinics.')
    expect((await staff.sends('post', show(here), typed({ slotMinutes: 30 }))).status).toBe(200)

    const { body } = await staff.sends('post', index(), afternoon({ doctorId: doctor.id, startTime: '15:30' }))
    expect(body.detail).toMatch(/^Dr Meera Kulkarni is at another clinic on \w+days 14:00–16:00 \(first on .+\)\.$/)
  })

  it('asks the front desk whose', async () => {
    const { staff, doctor, typed } = week
    const { index, add } = paths.admin.workingHours
    expect((await staff.opens(index())).field('Doctor').name).toBe('doctorId')
    expect((await staff.opens(add())).location).toBe(index())
    expect((await staff.sends('post', index(), typed())).status).toBe(400)
    const { location } = await staff.submits(index(), typed({ doctorId: doctor.id }))
    expect(location).toMatch(`${index({ doctorId: doctor.id })}&done=added&added=24`)
    expect((await staff.opens(location ?? '')).text).toContain('Working hours added 24 times added.')
  })
})

describe('before saving', () => {
  it('shows what saving then does, and writes nothing', async () => {
    const { meera, adds, slots, typed, doctor, riverside } = week
    await addSlot(doctor.id, riverside, { days: 3, time: '09:10' })
    const off = { startsAt: london(second, '09:00'), endsAt: london(second, '10:00') }
    await db.timeOff.create({ data: { doctorId: doctor.id, ...off } })
    const before = await fingerprint()
    const page = await meera.submits(hours.preview(), typed())
    expect([page.status, page.heading]).toEqual([200, 'Save these hours?'])
    expect(page.text).toContain(
      `${weekdays} at Riverside Clinic, 09:00–13:30, break 11:00–11:30, 20 minutes each, Room 2.`
    )
    expect(page.text).toMatch(/12 times on each day.*Morning09:00 09:20 .* 11:50 Afternoon12:10 12:30 12:50 13:10/)
    expect(page.text).toMatch(/19 times added, up to .* 5 times are left out/)
    expect(page.text).toContain('09:00 and 09:20: another time is there')
    expect(page.text).toContain('09:00, 09:20 and 09:40: time off')

    const { body } = await meera.sends('post', hours.preview(), typed())
    expect(await fingerprint()).toEqual(before)
    const { added, removed } = await adds()
    expect({ added, removed }).toEqual({ added: body.added, removed: body.removed })
    expect(await slots()).toHaveLength(1 + added)
  })

  it('goes back to the form with everything typed', async () => {
    const { meera, typed } = week
    const wish = typed({ slotMinutes: 'OTHER', otherMinutes: '25', secondBreakStart: '12:00', secondBreakEnd: '12:05' })
    const { $ } = await meera.submits(hours.preview(), wish)
    const hidden = $('main form input[type=hidden]')
      .get()
      .map(input => [$(input).attr('name'), $(input).val()])
    const page = await meera.submits(hours.preview(), { ...Object.fromEntries(hidden), change: 'yes' })
    expect([page.status, page.heading]).toEqual([200, 'Add working hours'])
    const values = ['From', 'Minutes each', 'Second break to'].map(label => page.field(label).value)
    expect(values).toEqual(['09:00', '25', '12:05'])
    expect(page.$('#field-roomId option[selected]').val()).toBe(wish.roomId)
    expect(page.$(`input[name=weekdays][value=${weekday}]`).is(':checked')).toBe(true)
  })
})
