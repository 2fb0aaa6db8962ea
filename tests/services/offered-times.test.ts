import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { publishEveryone } from '../../src/services/availability/publish-everyone.ts'
import { daysOf, timeslotsOn } from '../../src/services/availability/queries.ts'
import { addSlots, hireDoctor, openClinic, workAt } from '../support/world.ts'

/** How many offered times are booked: 150, or as many as OFFERED says. */
const many = Number(process.env.OFFERED ?? 150)
const now = Temporal.Now.instant()
const zones = ['Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/New_York', 'Africa/Casablanca']
const doctorsEach = Math.ceil(many / zones.length / 300)

it(`every time that is offered can be booked: ${many} of them, one by one`, {
  timeout: 60_000 + many * 50
}, async () => {
  const doctors: string[] = []
  for (const timeZone of zones) doctors.push(...(await openAndHire(timeZone)))
  await publishEveryone(systemCtx(now, 'test'))
  const offered = await timesOf(doctors)
  expect(offered.length).toBeGreaterThanOrEqual(many)

  for (const [at, { id, doctorId }] of offered.slice(0, many).entries()) {
    const booking = await bookAppointment(await newcomer(at), { doctorId, timeslotId: id })
    expect(booking.id).toBeTruthy()
  }
  expect(await db.appointment.count({ where: { status: 'BOOKED' } })).toBe(many)
  const rooms = await db.$queryRaw<{ clashes: number }[]>`
    SELECT count(*)::int AS clashes FROM appointments a JOIN appointments b ON a.room_id = b.room_id AND a.id < b.id
      AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)`
  expect(rooms).toEqual([{ clashes: 0 }])
})

/** A clinic with two rooms, and doctors with hours, breaks, leave and a closed day, and times by hand. */
async function openAndHire(timeZone: string) {
  const clinic = await openClinic({ timeZone, bookingWindowDays: 60, minimumNoticeMinutes: 90 })
  const [room] = await Promise.all(
    ['Room 1', 'Room 2'].map(name => db.room.create({ data: { clinicId: clinic.id, name } }))
  )
  const shut = new Date(
    `${now
      .add({ hours: 24 * 9 })
      .toString()
      .slice(0, 10)}T00:00:00Z`
  )
  await db.closure.create({ data: { clinicId: clinic.id, startsOn: shut, endsOn: shut, reason: 'Holiday' } })
  const doctors: string[] = []
  for (let at = 0; at < doctorsEach; at++) doctors.push(await hire(clinic, room?.id ?? '', at))
  return doctors
}

async function hire(clinic: { id: string; timeZone: string }, roomId: string, at: number) {
  const { id: doctorId } = await hireDoctor(clinic.id)
  for (const weekday of [1, 2, 3, 4, 5, 6, 7])
    await workAt(doctorId, clinic.id, weekday, {
      ...{ startMinutes: weekday * 60, endMinutes: weekday * 60 + 330, slotMinutes: 15 + at * 5, roomId },
      breaks: { create: { startMinutes: weekday * 60 + 100, endMinutes: weekday * 60 + 125 } }
    })
  const leave = { startsAt: toDate(now.add({ hours: 100 })), endsAt: toDate(now.add({ hours: 131 })) }
  await db.timeOff.create({ data: { doctorId, ...leave } })
  await addSlots(doctorId, clinic, 2, 50)
  return doctorId
}

/** What patients see, doctor by doctor and day by day, in turns. */
async function timesOf(doctorIds: string[]) {
  const guest = systemCtx(now, 'test')
  const days = await Promise.all(
    doctorIds.map(async doctorId => {
      const listed = await daysOf(guest, doctorId)
      return listed.filter(({ free }) => free > 0).map(({ date }) => ({ doctorId, date }))
    })
  )
  const inTurns = days.flat().sort((a, b) => (a.date < b.date ? -1 : 1))
  const times: { id: string; doctorId: string }[] = []
  for (const { doctorId, date } of inTurns) {
    const slots = await timeslotsOn(guest, doctorId, date)
    times.push(...slots.filter(({ available }) => available).map(({ id }) => ({ id, doctorId })))
    if (times.length >= many) break
  }
  return times
}

async function newcomer(at: number): Promise<Ctx> {
  const user = await db.user.create({
    data: { role: 'PATIENT', name: `Ada ${at}`, email: `newcomer-${at}@docket.example` }
  })
  await db.patient.create({ data: { accountId: user.id, name: user.name } })
  return { ...systemCtx(now, 'test'), actor: { id: user.id, role: 'PATIENT', name: '', clinicIds: [], doctorId: null } }
}
