import { beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { day, type Leave, leave } from '../support/leave.ts'
import { visitor } from '../support/person.ts'
import { addSlots, hireDoctor } from '../support/world.ts'

const app = serveApp()
const { closures, conflicts } = paths.admin
let town: Leave

beforeEach(async () => {
  town = await leave(app)
})

const typed = (from: number, to = from, said: object = {}) => ({
  ...{ clinicId: town.riverside.id, from: day(from), to: day(to), reason: 'Staff training', ...said }
})

describe('a closure', () => {
  it('shows before saving whom it hits, whatever the doctor, and writes nothing', async () => {
    const { staff, ada, books, first, riverside } = town
    await books(ada, first[0])
    await addSlots((await hireDoctor(riverside.id, { name: 'Dr Tunde Okafor' })).id, riverside, 4, 3)
    const before = await fingerprint()
    const page = await staff.submits(closures.preview(), typed(3))
    expect([page.status, page.heading]).toEqual([200, 'Check before you save'])
    expect(page.text).toMatch(/1 patient is booked then .* 09:00 Ada Obi .* Booked/)
    expect(page.text).toContain('8 free times go off offer.')
    expect(await fingerprint()).toEqual(before)
    const again = await staff.submits(closures.preview(), typed(3, 3, { change: 'yes' }))
    expect(again.field('Reason').value).toBe('Staff training')
  })

  it('takes every doctor’s times off offer, cancels nobody, and tells patients the date alone', async () => {
    const { staff, ada, ben, books, first, next, riverside, standing } = town
    const tunde = await hireDoctor(riverside.id)
    await addSlots(tunde.id, riverside, 4, 3)
    const id = await books(ada, first[0])
    const saved = await staff.submits(closures.index(), typed(3))
    expect([saved.status, saved.location]).toEqual([303, conflicts()])
    expect((await standing(id)).status).toBe('BOOKED')
    expect(await db.timeSlot.count({ where: { clinicId: riverside.id, suspendedBy: 'CLOSURE' } })).toBe(9)
    await expect(books(ben, first[1])).rejects.toThrow('This time is not offered')
    await books(ben, next[0])
    expect((await staff.opens(conflicts())).text).toContain('The clinic is closed: Staff training')

    const page = await visitor(app).opens(paths.booking.clinics.doctors(riverside.id))
    expect(page.text).toMatch(/Closed on \w+day \d+ \w+/)
    expect(page.html).not.toContain('Staff training')
    const events = await db.auditEvent.findMany({ where: { event: 'closure.added', subjectId: riverside.id } })
    expect(events.map(({ data }) => data)).toMatchObject([{ from: day(3), to: day(3), visits: 1 }])

    await staff.submits(closures.index(), typed(3, 3, { reason: 'Twice' }))
    expect((await staff.asks(closures.index())).body.coming).toMatchObject([{ from: day(3), reason: 'Staff training' }])
  })

  it('ends, and brings back what no other closure covers', async () => {
    const { staff, doctor } = town
    const { body } = await staff.sends('post', closures.index(), typed(3, 4))
    await staff.sends('post', closures.index(), typed(4))
    const [id = ''] = body.ids
    expect((await staff.opens(closures.removal(id))).text).toContain('5 free times come back.')
    expect((await staff.submits(closures.removal(id))).location).toMatch(closures.index())
    expect(await db.timeSlot.count({ where: { doctorId: doctor.id, suspendedBy: 'CLOSURE' } })).toBe(3)
    expect(await db.auditEvent.count({ where: { event: 'closure.removed' } })).toBeGreaterThan(0)
  })

  it('that is running ends yesterday, and one that is over can’t end', async () => {
    const { staff, riverside } = town
    const date = (days: number) => new Date(day(days))
    const close = (from: number, to: number) =>
      db.closure.create({ data: { clinicId: riverside.id, startsOn: date(from), endsOn: date(to), reason: 'Flood' } })
    const running = await close(-1, 4)
    expect((await staff.opens(closures.removal(running.id))).text).toContain('It is open again from today on.')
    await staff.submits(closures.removal(running.id))
    expect(await db.closure.findUnique({ where: { id: running.id } })).toMatchObject({ endsOn: date(-1) })
    expect((await staff.submits(closures.removal(running.id))).problems).toEqual(['This closure is over already'])
    expect((await staff.opens(closures.index())).text).toMatch(/No closures to come.*Flood/)
  })

  it.each([
    [{ from: '' }, 'Enter the first day'],
    [{ reason: ' ' }, 'Enter a reason'],
    [{ clinicId: '' }, 'Choose a clinic'],
    [{ from: day(-1) }, 'The first day must be today or later'],
    [{ to: day(1) }, 'The last day must be the first day or later'],
    [{ to: day(800) }, 'Choose days in the next 2 years']
  ])('typed with %o is refused, and stays: %s', async (said, words) => {
    const page = await town.staff.submits(closures.preview(), typed(3, 3, said))
    expect([page.status, page.problems]).toEqual([422, [words]])
    expect((await town.staff.sends('post', closures.index(), typed(3, 3, said))).status).toBe(422)
  })

  it('asks to try again while too many people book, and keeps what was typed', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    vi.spyOn(db, '$transaction').mockRejectedValue({ code: 'P2034' })
    const page = await town.staff.submits(closures.index(), typed(3))
    vi.restoreAllMocks()
    expect([page.status, page.problems]).toEqual([422, ['Many people are booking just now. Try again']])
    expect([page.field('First day').value, page.field('Reason').value]).toEqual([day(3), 'Staff training'])
    expect((await town.staff.submits(closures.index(), typed(3))).status).toBe(303)
  })

  it('is for the clinic’s own front desk', async () => {
    const { staff, otherStaff, clifton } = town
    const { body } = await staff.sends('post', closures.index(), typed(3))
    expect((await otherStaff.asks(closures.index())).body.coming).toEqual([])
    expect((await otherStaff.opens(closures.removal(body.ids[0]))).status).toBe(404)
    for (const path of [closures.index(), closures.preview()])
      expect((await staff.sends('post', path, typed(3, 3, { clinicId: clifton.id }))).status).toBe(404)
    expect((await town.meera.opens(closures.index())).status).toBe(403)
  })
})
