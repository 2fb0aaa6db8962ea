import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { day, type Leave, leave } from '../support/leave.ts'
import { addSlot } from '../support/world.ts'

const app = serveApp()
const { timeslots } = paths.admin
let town: Leave
let doctorId = ''
const wish = (said: object = {}) => ({
  ...{ doctorId, clinicId: town.riverside.id, from: day(8), to: day(8), weekdays: [1, 2, 3, 4, 5, 6, 7], minutes: 30 },
  ...{ startTime: '09:00', endTime: '10:00', ...said }
})

beforeAll(async () => {
  town = await leave(app)
  doctorId = town.doctor.id
  await addSlot(doctorId, town.clifton, { days: 3, time: '16:00' })
})

describe('a doctor’s time slots, at the front desk', () => {
  it('are asked for by name, and are those of its own clinics', async () => {
    const { staff, otherStaff } = town
    const choice = await staff.opens(timeslots.index())
    expect(choice.text).toContain('Whose time slots would you like to see?')
    const { body } = await staff.asks(timeslots.index({ doctorId, date: day(3) }))
    const here = new Set(body.timeslots.map(({ clinic }: { clinic: string }) => clinic))
    expect([...here]).toEqual(['Riverside Clinic'])
    const theirs = await otherStaff.asks(timeslots.index({ doctorId, date: day(3) }))
    expect(theirs.body.timeslots.map(({ clinic }: { clinic: string }) => clinic)).toEqual(['Clifton Family Practice'])
    const { doctor: stranger } = await leave(app)
    expect((await staff.opens(timeslots.index({ doctorId: stranger.id }))).status).toBe(404)
  })

  it('are added in bulk, and only where it may', async () => {
    const { staff, clifton } = town
    const added = await staff.submits(timeslots.index(), wish())
    expect(added.location).toBe(timeslots.index({ doctorId, date: day(8), created: 2, skipped: 0 }))
    expect((await staff.opens(added.location ?? '')).text).toContain('2 time slots added.')
    const elsewhere = await staff.submits(
      timeslots.index(),
      wish({ clinicId: clifton.id, startTime: '11:00', endTime: '12:00' })
    )
    expect([elsewhere.status, elsewhere.problems]).toEqual([422, ['Choose one of your clinics']])
    expect(elsewhere.field('From').value).toBeTruthy()
    expect((await staff.submits(timeslots.index(), wish({ doctorId: '' }))).status).toBe(400)
  })

  it('are removed after a question, but not while somebody has them or at another clinic', async () => {
    const { staff, otherStaff, ada, books, first } = town
    const [booked, free] = first as [(typeof first)[0], (typeof first)[0]]
    await books(ada, booked)
    expect((await staff.opens(timeslots.removal(free.id))).heading).toMatch(/^Remove the time slot at 09:20/)
    expect((await otherStaff.submits(timeslots.removal(free.id))).status).toBe(404)
    expect((await staff.submits(timeslots.removal(booked.id))).problems).toEqual([
      'Someone has booked this time. Cancel the appointment first.'
    ])
    const gone = await staff.submits(timeslots.removal(free.id))
    expect(gone.location).toBe(timeslots.index({ doctorId, date: day(3) }))
    expect(await db.timeSlot.count({ where: { id: free.id, withdrawnAt: null } })).toBe(0)
  })

  it('are a table for a spreadsheet: the week as it is shown', async () => {
    const { staff } = town
    const { text, headers } = await staff.asks(timeslots.csv({ doctorId, date: day(8) }))
    expect(headers['content-type']).toContain('text/csv')
    const [head, ...rows] = text.replaceAll('"', '').trim().split('\r\n')
    expect(head).toContain('Date,From,To,Time zone,Doctor,Clinic,Room,State')
    expect(rows.filter(row => row.startsWith(`${day(8)},09:`))).toEqual([
      `${day(8)},09:00,09:30,Europe/London,Dr Meera Kulkarni,Riverside Clinic,,Free`,
      `${day(8)},09:30,10:00,Europe/London,Dr Meera Kulkarni,Riverside Clinic,,Free`
    ])
  })
})
