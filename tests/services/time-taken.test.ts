import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { conflicts } from '../../src/services/appointments/conflicts.ts'
import { doctorDay } from '../../src/services/appointments/day.ts'
import { addTimeOff } from '../../src/services/availability/add-time-off.ts'
import { endTimeOff } from '../../src/services/availability/end-time-off.ts'
import { previewTimeOff } from '../../src/services/availability/preview-time-off.ts'
import { publishEveryone } from '../../src/services/availability/publish-everyone.ts'
import { closeClinicDays } from '../../src/services/clinics/close-clinic-days.ts'
import { duringDays } from '../../src/services/clinics/plan-closures.ts'
import { reopenClinicDays } from '../../src/services/clinics/reopen-clinic-days.ts'
import { accountFor } from '../../src/services/people/queries.ts'
import { addUser, hireDoctor, openClinic, registerPatient, workAt } from '../support/world.ts'

const monday = Temporal.PlainDate.from('2027-02-01')
const onDay = (day: number) => monday.add({ days: day - 1 }).toString()
const nothing = { doctors: 0, failed: 0 }

let clinicId: string
let meera: Awaited<ReturnType<typeof hireDoctor>>
let adminId: string

/** At a time of the first days of February 2027, a Monday first, in London. */
const at = (plainTime: string, day = 1) =>
  systemCtx(
    monday
      .add({ days: day - 1 })
      .toZonedDateTime({ timeZone: 'Europe/London', plainTime })
      .toInstant(),
    'test'
  )
const asDoctor = (ctx: Ctx): Ctx => ({
  ...ctx,
  actor: { id: meera.userId, role: 'DOCTOR', name: '', clinicIds: [], doctorId: meera.id }
})
const asAdmin = (ctx: Ctx): Ctx => ({
  ...ctx,
  actor: { id: adminId, role: 'ADMIN', name: '', clinicIds: [], doctorId: null }
})
const slotAt = (time: string, day = 1) =>
  db.timeSlot.findFirstOrThrow({ where: { doctorId: meera.id, startsAt: new Date(`${onDay(day)}T${time}:00Z`) } })
const suspensions = async () => {
  const slots = await db.timeSlot.findMany({ where: { clinicId, suspendedBy: { not: null } } })
  return Object.fromEntries(slots.map(slot => [slot.startsAt.toISOString().slice(8, 16), slot.suspendedBy]))
}
async function books(time: string, day = 1, status: 'BOOKED' | 'CHECKED_IN' = 'BOOKED') {
  const actor = (await accountFor((await registerPatient()).id)) as Ctx['actor']
  const { id: timeslotId } = await slotAt(time, day)
  const { id } = await bookAppointment({ ...at('08:00'), actor }, { doctorId: meera.id, timeslotId })
  if (status === 'CHECKED_IN')
    await db.appointment.update({ where: { id }, data: { status, checkedInAt: new Date(`${onDay(day)}T${time}:00Z`) } })
  return id
}
const worklist = async (ctx: Ctx) =>
  (await conflicts(asDoctor(ctx), { page: 1 })).appointments.map(({ id, why }) => [id, why.by])
const said = async (event: string) =>
  (await db.auditEvent.findMany({ where: { event, subjectId: { in: [clinicId, meera.id] } } })).map(({ data }) => data)

beforeEach(async () => {
  await db.doctor.updateMany({ data: { deactivatedAt: new Date() } })
  clinicId = (await openClinic({ bookingWindowDays: 5 })).id
  meera = await hireDoctor(clinicId)
  adminId = (await addUser('ADMIN')).id
  for (const weekday of [1, 2, 3])
    await workAt(meera.id, clinicId, weekday, { startMinutes: 540, endMinutes: 780, slotMinutes: 60 })
  await publishEveryone(at('07:00'))
})

describe('a closure', () => {
  it('leaves the state that publishing would, takes only what nothing else has, and opens to it again', async () => {
    const hit = [await books('09:00'), await books('10:00', 2)]
    await addTimeOff(asDoctor(at('08:00')), { kind: 'hours', date: onDay(2), startTime: 660, endTime: 720 })
    const { ids } = await closeClinicDays(asAdmin(at('09:30')), {
      clinicId,
      days: [{ from: onDay(1), to: onDay(2), reason: 'Flood' }]
    })
    const closed = await suspensions()
    expect([Object.keys(closed).length, closed['02T11:00'], closed['02T12:00']]).toEqual([8, 'TIME_OFF', 'CLOSURE'])
    expect(await worklist(at('09:30'))).toEqual(hit.map(id => [id, 'CLOSURE']))
    expect(await said('closure.added')).toMatchObject([{ closureId: ids[0], visits: 2 }])
    expect(await publishEveryone(at('09:30'))).toMatchObject(nothing)

    await reopenClinicDays(asAdmin(at('09:40')), ids[0] ?? '')
    expect(await suspensions()).toEqual({ '02T11:00': 'TIME_OFF' })
    expect(await said('closure.removed')).toMatchObject([{ closureId: ids[0], visits: 2 }])
    expect(await publishEveryone(at('09:40'))).toMatchObject(nothing)
  })

  it('adds what was never published when it is taken back', async () => {
    const { ids } = await closeClinicDays(asAdmin(at('08:00')), {
      clinicId,
      days: [{ from: onDay(8), reason: 'Snow' }]
    })
    await publishEveryone(at('08:00', 4))
    const later = { where: { clinicId, startsAt: { gt: new Date(onDay(8)) } } }
    expect(await db.timeSlot.count(later)).toBe(8)
    await reopenClinicDays(asAdmin(at('08:01', 4)), ids[0] ?? '')
    expect(await db.timeSlot.count(later)).toBe(12)
  })

  it('taken back leaves on the worklist whom time off and another closure hit today', async () => {
    const hits = [await books('09:00'), await books('10:00')]
    await addTimeOff(asDoctor(at('08:20')), { kind: 'hours', date: onDay(1), startTime: 540, endTime: 600 })
    const close = (day: number) =>
      closeClinicDays(asAdmin(at('08:30')), { clinicId, days: [{ from: onDay(day), reason: 'Flood' }] })
    await close(1)
    const { ids } = await close(3)
    await reopenClinicDays(asAdmin(at('12:00')), ids[0] ?? '')
    expect(await worklist(at('12:00'))).toEqual([
      [hits[0], 'TIME_OFF'],
      [hits[1], 'CLOSURE']
    ])
  })

  it('says in words that too many people book just now', async () => {
    const days = [{ from: onDay(1), reason: 'Flood' }]
    const { ids } = await closeClinicDays(asAdmin(at('08:00')), { clinicId, days })
    const { id } = await addTimeOff(asDoctor(at('08:00')), { kind: 'days', from: onDay(3) })
    vi.spyOn(Math, 'random').mockReturnValue(0)
    vi.spyOn(db, '$transaction').mockRejectedValue({ code: 'P2034' })
    try {
      for (const work of [
        () => closeClinicDays(asAdmin(at('08:00')), { clinicId, days }),
        () => reopenClinicDays(asAdmin(at('08:00')), ids[0] ?? ''),
        () => addTimeOff(asDoctor(at('08:00')), { kind: 'days', from: onDay(2) }),
        () => endTimeOff(asDoctor(at('08:00')), id)
      ])
        await expect(work()).rejects.toMatchObject({ problems: [{ field: null, key: 'errors:busyNow' }] })
    } finally {
      vi.restoreAllMocks()
    }
  })

  it('looks no further back than the longest slot lasts', () => {
    const { startsAt } = duringDays({ from: monday, to: monday }, 'Europe/London')
    expect(startsAt).toEqual({ gt: new Date('2027-01-31T20:00:00Z'), lt: new Date('2027-02-02T00:00:00Z') })
  })
})

describe('time off', () => {
  it('that ends leaves on the worklist whom other time off hit this morning', async () => {
    const hit = await books('10:00')
    const morning = { kind: 'hours' as const, date: onDay(1), startTime: 540, endTime: 720 }
    await addTimeOff(asDoctor(at('08:30')), morning)
    const { id } = await addTimeOff(asDoctor(at('13:00')), { kind: 'days', from: onDay(3) })
    await endTimeOff(asDoctor(at('13:01')), id)
    expect(await worklist(at('13:01'))).toEqual([[hit, 'TIME_OFF']])
    expect(await said('time-off.removed')).toMatchObject([{ timeOffId: id, restored: 4 }])

    const now = await addTimeOff(asDoctor(at('13:05')), { kind: 'now' })
    await endTimeOff(asDoctor(at('13:10')), now.id)
    expect(await worklist(at('13:10'))).toEqual([[hit, 'TIME_OFF']])
  })

  it('that begins now takes along who waits since this morning, but nobody forgotten yesterday', async () => {
    const [forgotten, waits] = [await books('12:00', 1, 'CHECKED_IN'), await books('09:00', 2, 'CHECKED_IN')]
    const now = asDoctor(at('11:30', 2))
    const ids = (hits: { id: string }[]) => hits.map(({ id }) => id)
    expect(ids((await previewTimeOff(now, { kind: 'now' })).hits)).toEqual([waits])
    const { id, hits } = await addTimeOff(now, { kind: 'now' })
    expect([ids(hits), await worklist(now)]).toEqual([[waits], [[waits, 'TIME_OFF']]])

    const seen = (await doctorDay(now, onDay(2))).appointments.find(each => each.id === waits)
    expect(seen?.suspendedBy).toBe('TIME_OFF')
    const yesterday = (await doctorDay(now, onDay(1))).appointments.find(each => each.id === forgotten)
    expect(yesterday?.suspendedBy).toBeNull()
    await endTimeOff(asDoctor(at('11:40', 2)), id)
    expect(await worklist(at('11:40', 2))).toEqual([])
  })
})
