import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db, pool } from '../../src/database/client.ts'
import { Refusal } from '../../src/errors.ts'
import { instantOf, toDate } from '../../src/scheduling/zone.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { cancelAppointment } from '../../src/services/appointments/cancel.ts'
import { addSlots } from '../../src/services/availability/add-slots.ts'
import { blockSlot } from '../../src/services/availability/block-slot.ts'
import { openSlot } from '../../src/services/availability/open-slot.ts'
import { publishDoctor, publishing } from '../../src/services/availability/publish.ts'
import { publishEveryone } from '../../src/services/availability/publish-everyone.ts'
import { timeslotsOn } from '../../src/services/availability/queries.ts'
import { removeSlot } from '../../src/services/availability/remove-slot.ts'
import { changeClinic } from '../../src/services/clinics/change-clinic.ts'
import { accountFor } from '../../src/services/people/queries.ts'
import { hireDoctor, openClinic, registerPatient, workAt } from '../support/world.ts'

const now = Temporal.Now.instant()
const ctx = systemCtx(now, 'test')
const everyDay = [1, 2, 3, 4, 5, 6, 7]

let doctor: Awaited<ReturnType<typeof hireDoctor>>
let clinicId: string

beforeEach(async () => {
  await db.doctor.updateMany({ data: { deactivatedAt: new Date() } })
  const clinic = await openClinic({ bookingWindowDays: 5 })
  clinicId = clinic.id
  doctor = await hireDoctor(clinicId)
  for (const weekday of everyDay) await workAt(doctor.id, clinicId, weekday)
})

const slots = () => db.timeSlot.findMany({ where: { doctorId: doctor.id }, orderBy: { startsAt: 'asc' } })
const publish = () => publishing(tx => publishDoctor(tx, ctx, doctor.id))
const asDoctor = (): Ctx => ({
  ...ctx,
  actor: { id: doctor.userId, role: 'DOCTOR', name: '', clinicIds: [], doctorId: doctor.id }
})

async function patient(): Promise<Ctx> {
  const actor = await accountFor((await registerPatient()).id)
  return { ...ctx, actor: actor as Ctx['actor'] }
}
const book = async (who: Ctx, timeslotId: string) => bookAppointment(who, { doctorId: doctor.id, timeslotId })
const takeOff = (days: number) =>
  db.timeOff.create({
    data: { doctorId: doctor.id, startsAt: toDate(now), endsAt: toDate(now.add({ hours: days * 24 })) }
  })

it('offers no time at one clinic while somebody is squeezed in at another, neither by hours nor by hand', async () => {
  const elsewhere = await openClinic()
  await db.doctorClinic.create({ data: { doctorId: doctor.id, clinicId: elsewhere.id } })
  const day = Temporal.Now.plainDateISO('Europe/London').add({ days: 2 })
  const at = (time: string) => toDate(day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: time }).toInstant())
  const extra = { doctorId: doctor.id, clinicId: elsewhere.id, isExtra: true, extraReason: 'Pain' }
  await db.timeSlot.create({ data: { ...extra, startsAt: at('09:10'), endsAt: at('09:20') } })
  await db.timeSlot.create({ data: { ...extra, startsAt: at('14:10'), endsAt: at('14:20') } })
  await publish()
  const there = (await slots()).filter(slot => slot.clinicId === clinicId && +slot.startsAt < +at('12:00'))
  expect(there.filter(({ startsAt }) => +startsAt >= +at('09:00')).map(({ startsAt }) => startsAt)[0]).toEqual(
    at('09:30')
  )

  const one = { from: day.toString(), to: day.toString(), weekdays: everyDay, minutes: 20, times: [14 * 60, 15 * 60] }
  const added = await addSlots(asDoctor(), { clinicId, ...one })
  expect([added.created, added.skipped.map(({ reason }) => reason)]).toEqual([1, ['overlap']])
})

describe('the job that keeps the booking window full', () => {
  it('does the same once, twice, and when ten run at the same time', async () => {
    const runs = await Promise.all(Array.from({ length: 10 }, () => publishEveryone(ctx)))
    expect(runs.every(({ failed }) => failed === 0)).toBe(true)
    const after = await slots()
    expect(runs.reduce((sum, { added }) => sum + added, 0)).toBe(after.length)
    expect(after.length).toBeGreaterThanOrEqual(6 * 6)

    expect(await publishEveryone(ctx)).toMatchObject({ doctors: 0, added: 0 })
    expect(await slots()).toEqual(after)
  })

  it('catches up however late it runs', async () => {
    await publish()
    const later = systemCtx(now.add({ hours: 24 * 40 }), 'test')
    expect((await publishEveryone(later)).added).toBeGreaterThanOrEqual(6 * 6)
    const days = await timeslotsOn(later, doctor.id, later.now.add({ hours: 48 }).toString().slice(0, 10))
    expect(days).toHaveLength(6)
  })

  it('publishes for the others when one doctor’s hours make trouble', async () => {
    await db.clinic.update({ where: { id: clinicId }, data: { timeZone: 'Mars/Phobos' } })
    const other = await hireDoctor((await openClinic()).id)
    await workAt(other.id, (await db.doctorClinic.findFirstOrThrow({ where: { doctorId: other.id } })).clinicId, 1)
    expect(await publishEveryone(ctx)).toMatchObject({ doctors: 1, failed: 1 })
  })
})

it('a longer booking window is full at once', async () => {
  await publish()
  const before = (await slots()).length
  const {
    postcode: _,
    createdAt: __,
    deactivatedAt: ___,
    id,
    ...clinic
  } = await db.clinic.findUniqueOrThrow({
    where: { id: clinicId }
  })
  const admin: Ctx = { ...ctx, actor: { ...ctx.actor, role: 'ADMIN' } }
  await changeClinic(admin, id, { ...clinic, bookingWindowDays: 9 })
  expect((await slots()).length - before).toBe(4 * 6)
})

describe('a slot', () => {
  it('that is running keeps its time, and publishing goes on around it', async () => {
    const startsAt = toDate(now.subtract({ minutes: 10 }))
    const running = { doctorId: doctor.id, clinicId, startsAt, endsAt: toDate(now.add({ minutes: 25 })) }
    await db.timeSlot.create({ data: running })
    for (const weekday of everyDay)
      await db.workingHours.updateMany({
        where: { weekday },
        data: { startMinutes: 0, endMinutes: 1440, slotMinutes: 20 }
      })
    await publish()
    const meanwhile = await db.timeSlot.count({ where: { doctorId: doctor.id, startsAt: { lt: running.endsAt } } })
    expect(meanwhile).toBe(1)
  })

  it('centuries ahead costs nobody a thought', async () => {
    const startsAt = new Date('2999-01-01T09:00:00Z')
    const far = { doctorId: doctor.id, clinicId, startsAt, endsAt: new Date('2999-01-01T09:20:00Z') }
    await db.timeSlot.create({ data: far })
    await publish()
    expect((await slots()).length).toBeLessThan(100)
    const wish = { clinicId, from: '2999-01-01', to: '2999-01-02', weekdays: [1, 2], times: [540], minutes: 20 }
    await expect(addSlots(asDoctor(), wish)).rejects.toThrow('team:errors.tooFar')
  })

  it('that is blocked and outlives its hours makes way for what the hours ask for when it is opened', async () => {
    await publish()
    const blocked = (await slots()).at(8) as Awaited<ReturnType<typeof slots>>[number]
    await blockSlot(asDoctor(), blocked.id)
    const elsewhere = (await openClinic({ bookingWindowDays: 5 })).id
    await db.doctorClinic.create({ data: { doctorId: doctor.id, clinicId: elsewhere } })
    for (const weekday of everyDay) await workAt(doctor.id, elsewhere, weekday)
    await publishing(async tx => {
      await publishDoctor(tx, ctx, doctor.id, diary => ({
        ...diary,
        hours: diary.hours.filter(each => each.clinicId === elsewhere)
      }))
      await tx.workingHours.deleteMany({ where: { clinicId } })
    })
    const then = { doctorId: doctor.id, startsAt: blocked.startsAt }
    expect(await db.timeSlot.findMany({ where: then })).toMatchObject([{ clinicId, isAvailable: false }])
    await openSlot(asDoctor(), blocked.id)
    expect(await db.timeSlot.findMany({ where: then })).toMatchObject([{ clinicId: elsewhere, isAvailable: true }])
  })

  it('that was removed by hand stays away when other hours take the place of its own', async () => {
    await publish()
    const removed = (await slots()).at(8) as Awaited<ReturnType<typeof slots>>[number]
    await removeSlot(asDoctor(), removed.id)
    const before = await db.workingHours.findMany({ where: { doctorId: doctor.id }, select: { id: true } })
    for (const weekday of everyDay) await workAt(doctor.id, clinicId, weekday)
    const old = new Set(before.map(({ id }) => id))
    await publishing(async tx => {
      await publishDoctor(tx, ctx, doctor.id, diary => ({
        ...diary,
        hours: diary.hours.filter(({ id }) => !old.has(id))
      }))
      await tx.workingHours.deleteMany({ where: { id: { in: [...old] } } })
    })
    await publish()
    expect(
      await db.timeSlot.count({ where: { doctorId: doctor.id, startsAt: removed.startsAt, withdrawnAt: null } })
    ).toBe(0)
  })

  it('that was removed by hand is not published again', async () => {
    await publish()
    const [first] = await slots()
    await removeSlot(asDoctor(), first?.id ?? '')
    expect(await publish()).toMatchObject({ added: 0, removed: 0 })
  })

  it('in time off is offered to nobody, and comes back as it was when the doctor does', async () => {
    await publish()
    const before = await slots()
    await db.timeSlot.update({ where: { id: before[8]?.id ?? '' }, data: { isAvailable: false } })
    const leave = await takeOff(3)
    expect((await publish()).suspended).toBeGreaterThan(10)
    const { startsAt, id } = before[7] as (typeof before)[number]
    expect((await timeslotsOn(ctx, doctor.id, startsAt.toISOString().slice(0, 10))).map(slot => slot.id)).not.toContain(
      id
    )
    await expect(book(await patient(), id)).rejects.toThrow(Refusal)

    await db.timeOff.delete({ where: { id: leave.id } })
    await publish()
    const blocked = before.map((slot, at) => (at === 8 ? { ...slot, isAvailable: false } : slot))
    expect(await slots()).toEqual(blocked)
  })

  it('that somebody has stays booked when the doctor goes away, and is not offered again when they cancel', async () => {
    await publish()
    const ada = await patient()
    const [, , third] = await slots()
    const { id } = await book(ada, third?.id ?? '')
    await takeOff(3)
    await publish()
    expect(await db.appointment.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'BOOKED' })

    await cancelAppointment({ ...ada, actor: { ...ada.actor, role: 'ADMIN' } }, id, { reason: 'Better' })
    await expect(book(await patient(), third?.id ?? '')).rejects.toThrow(Refusal)
  })

  it('that was booked once and is free again is withdrawn with its hours, its history kept', async () => {
    await publish()
    const ada = await patient()
    const last = (await slots()).at(10)
    const { id } = await book(ada, last?.id ?? '')
    await cancelAppointment(ada, id, { reason: 'Better' })
    await publishing(tx => publishDoctor(tx, ctx, doctor.id, diary => ({ ...diary, hours: [] })))
    expect(await slots()).toMatchObject([{ id: last?.id, workingHoursId: null, withdrawnAt: expect.any(Date) }])
    expect(await publish()).toMatchObject({ added: expect.any(Number) })
    expect((await slots()).filter(slot => slot.startsAt.valueOf() === last?.startsAt.valueOf())).toHaveLength(2)
  })
})

it('who books a time in the moment in which its hours are given up keeps it, and it stands in the doctor’s calendar', async () => {
  await publish()
  const [first, , , fourth] = await slots()
  const [ada, ben] = [await patient(), await patient()]
  const { id } = await book(ada, fourth?.id ?? '')
  await cancelAppointment(ada, id, { reason: 'Better' })

  // Publishing has read that nobody has the time, and has to wait here before it takes the slots away.
  const someone = await pool.connect()
  await someone.query('BEGIN')
  await someone.query('SELECT FROM time_slots WHERE id = $1 FOR UPDATE', [first?.id])
  const givingUp = publishing(tx => publishDoctor(tx, ctx, doctor.id, diary => ({ ...diary, hours: [] })))
  await until(async () => (await pool.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount)
  await book(ben, fourth?.id ?? '')
  await someone.query('COMMIT')
  someone.release()
  await givingUp

  expect(await slots()).toMatchObject([{ id: fourth?.id, withdrawnAt: null, suspendedBy: 'HOURS' }])
})

async function until(isSo: () => Promise<unknown>) {
  while (!(await isSo())) await new Promise(resolve => setTimeout(resolve, 20))
}

it('who books while hours and leave change is booked, or told no: never left inside a leave unseen', async () => {
  await publish()
  const people = await Promise.all(Array.from({ length: 12 }, patient))
  for (let round = 0; round < 4; round++) {
    const free = (await slots()).filter(({ suspendedBy, withdrawnAt }) => !suspendedBy && !withdrawnAt)
    const mine = people.slice(round * 3, round * 3 + 3).map((who, at) => book(who, free[at * 2 + round]?.id ?? ''))
    const change = publishing(async tx => {
      const startsAt = toDate(instantOf(free[0]?.startsAt ?? new Date()).add({ minutes: round }))
      await tx.timeOff.create({ data: { doctorId: doctor.id, startsAt, endsAt: toDate(now.add({ hours: 72 })) } })
      return publishDoctor(tx, ctx, doctor.id)
    })
    const done = await Promise.allSettled([...mine, change])
    for (const each of done) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(Refusal)

    const inside = await db.appointment.findMany({
      where: { doctorId: doctor.id, status: 'BOOKED', timeslot: { suspendedBy: null } },
      select: { startsAt: true, endsAt: true }
    })
    const leaves = await db.timeOff.findMany({ where: { doctorId: doctor.id } })
    expect(
      inside.filter(visit => leaves.some(off => off.startsAt < visit.endsAt && visit.startsAt < off.endsAt))
    ).toEqual([])
    await db.timeOff.deleteMany({ where: { doctorId: doctor.id } })
    await publish()
  }
})
