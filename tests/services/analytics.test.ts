import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, it } from 'vitest'
import { type Ctx, system, systemCtx } from '../../src/context.ts'
import { db, pool } from '../../src/database/client.ts'
import type { Appointment } from '../../src/generated/client.ts'
import type { AppointmentStatus } from '../../src/generated/enums.ts'
import { countHours } from '../../src/services/analytics/count-hours.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { cancelAppointment } from '../../src/services/appointments/cancel.ts'
import { rescheduleAppointment } from '../../src/services/appointments/reschedule.ts'
import { publishEveryone } from '../../src/services/availability/publish-everyone.ts'
import { addSlot, addSlots, hireDoctor, openClinic, registerPatient, workAt } from '../support/world.ts'

const now = Temporal.Now.instant()
const operations = Number(process.env.OPERATIONS ?? 100)

let place: Awaited<ReturnType<typeof aTown>>
beforeAll(async () => {
  place = await aTown()
})

it('is what the appointments and slots say, whatever was done to them', async () => {
  await publishEveryone(systemCtx(now, 'test'))
  for (let step = 0; step < operations; step++) {
    await anything(step)
    if (step % 25 === 24) await counted()
  }
  await db.clinic.update({ where: { id: place.clinics[0]?.id ?? '' }, data: { timeZone: 'Pacific/Auckland' } })
  await counted()
  await db.clinic.update({ where: { id: place.clinics[1]?.id ?? '' }, data: { currency: 'EUR' } })
  await counted()
  const unpaid = { clinicId: place.clinics[0]?.id ?? '', payments: { none: { status: 'SUCCESS' } } } as const
  const [kept, returned] = await db.appointment.findMany({ where: unpaid, take: 2 })
  if (!kept || !returned) throw new Error('nobody to pay')
  await Promise.all([pay(kept), pay(returned)])
  await giveBack(returned.id)
  await counted()
  expect(await countHours()).toBe(0)
  const [{ r, b }] = await theBooks()
  expect(Number(b)).toBeGreaterThan(0)
  expect(Number(r)).toBeGreaterThan(Number(b))
})

it('lets a second worker wait for the first when both have to do with one day', async () => {
  await countHours()
  const [one, other] = await db.timeSlot.findMany({ where: { appointments: { none: {} }, isExtra: false }, take: 2 })
  const change = (slot?: { id: string; isAvailable: boolean }) =>
    db.timeSlot.update({ where: { id: slot?.id ?? '' }, data: { isAvailable: !slot?.isAvailable } })
  const inTheWay = await pool.connect()
  await inTheWay.query('BEGIN')
  await inTheWay.query('SELECT FROM hour_numbers FOR UPDATE')

  await change(one)
  const first = countHours()
  await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
  await change(one && { ...one, isAvailable: !one.isAvailable })
  await change(other)
  const second = countHours()
  await expect.poll(waiting, { timeout: 10_000 }).toBe(2)
  await inTheWay.query('COMMIT')
  inTheWay.release()
  await Promise.all([first, second])
  await counted()
})

it('goes on after many notes of a clinic that was removed', async () => {
  await countHours()
  await pool.query(`INSERT INTO stale_hours (clinic_id, doctor_id, starts_at)
    SELECT gen_random_uuid(), gen_random_uuid(), now() FROM generate_series(1, 1200)`)
  const { id, isAvailable } = await db.timeSlot.findFirstOrThrow({
    where: { appointments: { none: {} }, isExtra: false }
  })
  await db.timeSlot.update({ where: { id }, data: { isAvailable: !isAvailable } })
  await counted()
})

async function waiting() {
  const { rows } = await pool.query(`SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`)
  return rows[0].count
}

it('loses nothing with workers at once and bookings of the same days meanwhile', async () => {
  let isOver = false
  const workers = Array.from({ length: 3 }, async () => {
    while (!isOver) await countHours()
  })
  const people = Array.from({ length: 6 }, async (_, at) => {
    for (let step = 0; step < 25; step++) await anything(at + step * 6)
  })
  await Promise.all([
    Promise.all(people).finally(() => {
      isOver = true
    }),
    ...workers
  ])
  await counted()
})

/** Counts, and compares with what other words make of the raw tables. */
async function counted() {
  await countHours()
  const kept = await pool.query(`SELECT clinic_id, doctor_id, day::text, hour, offered_minutes, visit_minutes, booked,
    completed, cancelled, cancelled_late, rejected, missed, lead_minutes::int, fee_minor::int, received_minor::int,
    refunded_minor::int FROM hour_numbers`)
  const raw = await fromRaw()
  expect(kept.rows.map(row => JSON.stringify(row)).sort()).toEqual(raw.map(row => JSON.stringify(row)).sort())
  expect(raw.length).toBeGreaterThan(0)

  const sums = (table: string) =>
    pool.query(
      `SELECT sum(booked) b, sum(visit_minutes) v, sum(offered_minutes) o, count(DISTINCT day) d FROM ${table}`
    )
  const [hours, days, clinicHours] = await Promise.all(['hour_numbers', 'day_numbers', 'clinic_hour_numbers'].map(sums))
  expect([days?.rows, clinicHours?.rows]).toEqual([hours?.rows, hours?.rows])

  const money = (table: string) => pool.query(`SELECT sum(received_minor) r, sum(refunded_minor) b FROM ${table}`)
  const [ofHours, ofDays, books] = await Promise.all([money('hour_numbers'), money('day_numbers'), theBooks()])
  expect(ofDays.rows).toEqual(ofHours.rows)
  expect(books).toEqual(ofHours.rows)
}

/** What the payments themselves come to: clinics with money of their own currency only. */
async function theBooks() {
  const { rows } =
    await pool.query(`SELECT sum(received_minor) r, coalesce(sum(received_minor) FILTER (WHERE p.status = 'REFUNDED'), 0) b
    FROM payments p JOIN appointments a ON a.id = p.appointment_id JOIN clinics c ON c.id = a.clinic_id
    WHERE p.currency = c.currency AND p.status IN ('SUCCESS', 'REFUNDED')`)
  return rows
}

const visits: AppointmentStatus[] = ['BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED']

async function fromRaw() {
  const slots = await db.timeSlot.findMany({ include: { clinic: true, appointments: { include: { payments: true } } } })
  const rows = new Map<string, Record<string, string | number>>()
  for (const slot of slots) {
    const { clinic, startsAt, endsAt } = slot
    const local = Temporal.Instant.fromEpochMilliseconds(startsAt.valueOf()).toZonedDateTimeISO(clinic.timeZone)
    const minutes = (endsAt.valueOf() - startsAt.valueOf()) / 60_000
    const was = slot.appointments.filter(({ status }) => status !== 'HELD' && status !== 'EXPIRED')
    const visit = was.some(({ status }) => visits.includes(status))
    const isOpen = slot.isAvailable && !slot.isExtra && !slot.suspendedBy && !slot.withdrawnAt
    const paid = slot.appointments.flatMap(({ payments }) =>
      payments.filter(({ receivedMinor }) => receivedMinor !== null)
    )
    if (!isOpen && was.length + paid.length === 0) continue

    const having = (status: AppointmentStatus) => was.filter(each => each.status === status)
    const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
    const own = {
      clinic_id: slot.clinicId,
      doctor_id: slot.doctorId,
      day: local.toPlainDate().toString(),
      hour: local.hour,
      offered_minutes: isOpen || visit ? minutes : 0,
      visit_minutes: visit ? minutes : 0,
      booked: was.length,
      completed: having('COMPLETED').length,
      cancelled: having('CANCELLED').length,
      cancelled_late: having('CANCELLED').filter(each => each.cancelledLate).length,
      rejected: having('REJECTED').length,
      missed: having('NO_SHOW').length,
      lead_minutes: sum(was.map(each => Math.max(0, Math.floor((+startsAt - +each.createdAt) / 60_000)))),
      fee_minor: sum(having('COMPLETED').map(each => (each.currency === clinic.currency ? each.feeMinor : 0))),
      received_minor: sum(paid.map(each => (each.currency === clinic.currency ? Number(each.receivedMinor) : 0))),
      refunded_minor: sum(
        paid.map(each => (each.currency === clinic.currency && each.refundedAt ? Number(each.receivedMinor) : 0))
      )
    }
    const key = [own.clinic_id, own.doctor_id, own.day, own.hour].join()
    const before = rows.get(key)
    const both = Object.entries(own).map(([name, value]) => [
      name,
      before && typeof value === 'number' && name !== 'hour' ? value + Number(before[name]) : value
    ])
    rows.set(key, Object.fromEntries(both))
  }
  return [...rows.values()]
}

async function aTown() {
  const clinics = [await openClinic(), await openClinic({ timeZone: 'America/New_York', currency: 'USD' })]
  const doctors = []
  for (const clinic of clinics) {
    const doctor = await hireDoctor(clinic.id)
    for (const weekday of [1, 3, 5]) await workAt(doctor.id, clinic.id, weekday)
    await addSlots(doctor.id, clinic, 6, -3)
    await addSlots(doctor.id, clinic, 30, 2)
    await addSlot(doctor.id, clinic, { days: 1, time: '23:50' })
    doctors.push(doctor)
  }
  const patients = []
  for (let at = 0; at < 12; at++) patients.push(await registerPatient())
  return { clinics, doctors, patients }
}

/** Something that happens to a booking or a slot. What the rules refuse is no matter here. */
async function anything(step: number) {
  const pick = <T>(list: T[]) => list[Math.floor(Math.random() * list.length)] as T
  const patient = pick(place.patients)
  const ctx: Ctx = { ...systemCtx(now, 'test'), actor: { ...system, id: patient.id, role: 'PATIENT' } }
  const admin: Ctx = { ...systemCtx(now, 'test'), actor: { ...system, id: patient.id, role: 'ADMIN' } }
  const free = await db.timeSlot.findMany({ where: { appointments: { none: {} } }, take: 200 })
  const some = await db.appointment.findMany({ take: 60, orderBy: { createdAt: 'desc' } })
  const [slot, appointment] = [pick(free), some.length ? pick(some) : null]
  const status = pick<AppointmentStatus>(['COMPLETED', 'NO_SHOW', 'REJECTED', 'CONFIRMED', 'EXPIRED', 'CHECKED_IN'])
  const deeds = [
    () => bookAppointment(ctx, { doctorId: slot.doctorId, timeslotId: slot.id }),
    () => bookAppointment(ctx, { doctorId: slot.doctorId, timeslotId: slot.id }),
    () => db.timeSlot.update({ where: { id: slot.id }, data: { isAvailable: Math.random() < 0.5 } }),
    () => db.timeSlot.update({ where: { id: slot.id }, data: { suspendedBy: pick([null, 'CLOSURE', 'TIME_OFF']) } }),
    () => db.timeSlot.delete({ where: { id: slot.id } }),
    () => db.timeSlot.update({ where: { id: slot.id }, data: { isExtra: true, extraReason: 'Squeezed in' } }),
    ...(appointment
      ? [
          () => cancelAppointment(admin, appointment.id, { reason: 'No' }),
          () => rescheduleAppointment(admin, appointment.id, { timeslotId: slot.id }),
          () => db.appointment.update({ where: { id: appointment.id }, data: { status } }),
          () => pay(appointment),
          () => pay(appointment),
          () => giveBack(appointment.id),
          () => undo(appointment.id),
          () => db.timeSlot.update({ where: { id: appointment.timeslotId }, data: { withdrawnAt: new Date() } })
        ]
      : [])
  ]
  await deeds[step % deeds.length]?.().catch(() => {})
}

/** Money for whatever became of an appointment, now and then in a currency that its clinic has no more. */
async function pay({ id, clinicId, feeMinor, currency }: Appointment) {
  const [reference, receivedMinor] = [crypto.randomUUID(), feeMinor + 1]
  await db.payment.updateMany({ where: { appointmentId: id, isCurrent: true }, data: { isCurrent: false } })
  const visit = { appointmentId: id, clinicId }
  const open = { ...visit, reference, method: 'PAY_AT_CLINIC', amountMinor: receivedMinor, currency } as const
  const payment = await db.payment.create({ data: open })
  await db.payment.update({ where: { id: payment.id }, data: { status: 'SUCCESS', paidAt: new Date(), receivedMinor } })
}

const giveBack = (appointmentId: string) =>
  db.payment.updateMany({
    where: { appointmentId, status: 'SUCCESS' },
    data: { status: 'REFUNDED', refundDueAt: new Date(), refundedAt: new Date(), refundCause: 'STAFF' }
  })

const undo = (appointmentId: string) =>
  db.payment.updateMany({
    where: { appointmentId, status: 'SUCCESS', refundDueAt: null },
    data: { status: 'PENDING', paidAt: null, receivedMinor: null }
  })
