import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import type { AppointmentStatus } from '../../src/generated/enums.ts'
import { paths } from '../../src/paths.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from '../browser/support/clinic.ts'
import { inDays } from '../browser/support/days.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { timetable, appointments, timeslots, timeOff } = paths.admin
let clinic: Awaited<ReturnType<typeof openClinic>>
let meera: Awaited<ReturnType<typeof hireDoctor>>
let staff: Person
let stranger: Person
let today = ''
const at = (minutes: number) => clockIn(clinic.timeZone, minutes)

async function deskOf(clinicId: string) {
  const user = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: user.id, clinicId } })
  return signedIn(app, user)
}

const visit = async (name: string, minutes: number, status: AppointmentStatus = 'BOOKED', doctorId = meera.id) =>
  addVisit({ clinic, doctorId, patient: await patientNamed(name), time: at(minutes), status, reason: 'Rash' })

beforeAll(async () => {
  clinic = await openClinicByDay('Harbour Clinic')
  today = inDays(0, clinic.timeZone)
  meera = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  await hireDoctor(clinic.id, { name: 'Dr Tunde Okafor' })
  staff = await deskOf(clinic.id)
  stranger = await deskOf((await openClinic()).id)
})

describe('a clinic’s day', () => {
  beforeAll(async () => {
    await visit('Nell Quist', -30, 'NO_SHOW')
    await visit('Ada Obi', -10, 'CHECKED_IN')
    await visit('Ben Okri', 20, 'BOOKED')
    await visit('Lena Novak', 40, 'CONFIRMED')
    const { id } = await visit('Uma Rao', 60)
    const holdExpiresAt = new Date(Date.now() + 600_000)
    await db.appointment.update({ where: { id }, data: { status: 'HELD', holdExpiresAt } })
    const slot = (minutes: number) => addSlot(meera.id, clinic, { days: 0, time: at(minutes), minutes: 10 })
    await Promise.all([slot(-60), slot(80)])
    const [blocked, suspended, extra] = [await slot(100), await slot(120), await visit('Zoe Hart', 140, 'CONFIRMED')]
    await db.timeSlot.update({ where: { id: blocked.id }, data: { isAvailable: false } })
    await db.timeSlot.update({ where: { id: suspended.id }, data: { suspendedBy: 'TIME_OFF' } })
    const squeezed = { isExtra: true, extraReason: 'Bleeding' }
    await db.timeSlot.update({ where: { id: extra.timeslotId }, data: squeezed })
    await slot(145)
  })

  it('tells each time by a word and a shape, and numbers them', async () => {
    const page = await staff.opens(timetable())
    const $ = page.$
    expect(page.heading).toMatch(/^Harbour Clinic · /)
    const said = $('.timetable td .entry')
      .map((_, entry) => [`${$(entry).attr('class')?.split(' ')[1]} ${$(entry).find('.entry-word').text().trim()}`])
      .get()
    const words = ['booked Did not come', 'booked Checked in', 'booked Booked', 'booked Confirmed', 'blocked Blocked']
    for (const word of words) expect(said).toContain(`entry-${word}`)
    expect(said.join()).toMatch(/past Past.*held Held until \d\d:\d\d,.*free Free.*suspended Doctor away/)
    expect($('.timetable .entry-extra').text()).toContain('Extra')
    expect($('.timetable td:has(.entry-extra) .entry').length).toBe(2)
    expect(page.text).not.toMatch(/Uma Rao|Rash|Bleeding/)
    expect($('.timetable caption').text()).toContain('Harbour Clinic')
    expect($('.timetable thead th[scope=col]').length).toBe(2)
    expect($('.timetable-list ol > li').length).toBe($('.timetable td .entry').length)
    expect($('.timetable-away').text()).toContain('Dr Tunde Okafor')

    const { body } = await staff.asks(timetable({ clinicId: clinic.id, date: today }))
    expect(body.numbers).toEqual({ booked: 5, offered: 8, waiting: 1, toConfirm: 1, missed: 1, toSolve: 0 })
  })

  it('offers what is possible now, and nothing else', async () => {
    const { $, links } = await staff.opens(timetable())
    const actions = (name: string) =>
      $(`.timetable .entry:contains("${name}") .entry-button`)
        .map((_, button) => $(button).contents().first().text().trim())
        .get()
    expect(actions('Ada Obi')).toEqual(['Move', 'Give to another doctor', 'Cancel', 'Undo check-in', 'Complete'])
    expect(actions('Ben Okri').slice(0, 3)).toEqual(['Check in', 'Confirm', 'Turn down'])
    expect(actions('Nell Quist')).toEqual([])
    const free = $('.timetable .entry-free a').attr('href')
    expect(free).toMatch(new RegExp(`^${appointments.add().replace('/', '\\/')}\\?timeslotId=`))
    expect(links).toContain(
      timeOff.add({ doctorId: meera.id, clinicId: clinic.id, kind: 'hours', date: today, on: 'timetable' })
    )
    expect(links).toContain(appointments.add({ clinicId: clinic.id }))
  })

  it('names the number that every other page names: a patient’s own before the account’s', async () => {
    const { timeslotId, patientId } = await visit('Kit Moss', 170)
    const phone = async () => {
      const { body } = await staff.asks(timetable())
      const slots = body.columns.flatMap(({ timeslots }: { timeslots: object[] }) => timeslots)
      return slots.find(({ id }: { id: string }) => id === timeslotId).visit.patient.phone
    }
    const { accountId } = await db.patient.findUniqueOrThrow({ where: { id: patientId } })
    await db.user.update({ where: { id: accountId ?? '' }, data: { phone: '0117 496 0100' } })
    expect(await phone()).toBe('0117 496 0100')
    await db.patient.update({ where: { id: patientId }, data: { phone: '0117 496 0200' } })
    expect(await phone()).toBe('0117 496 0200')
  })

  it('is for its own front desk alone', async () => {
    expect((await stranger.opens(timetable({ clinicId: clinic.id }))).status).toBe(404)
    expect((await stranger.opens(timetable({ doctorId: meera.id }))).status).toBe(404)
    expect((await stranger.opens(timetable())).text).not.toContain('Ada Obi')
  })

  it('is a doctor’s week as well, without what another clinic has of it', async () => {
    const other = await openClinic({ name: 'Hill Clinic' })
    await db.doctorClinic.create({ data: { doctorId: meera.id, clinicId: other.id } })
    const farFromNow = clockIn(other.timeZone, 12 * 60).replace(/\d\d$/, '50')
    await addSlot(meera.id, other, { days: 0, time: farFromNow, minutes: 5 })
    const { body } = await staff.asks(timetable({ doctorId: meera.id, date: today }))
    expect(body.columns.length).toBe(7)
    expect(JSON.stringify(body)).not.toContain(other.id)
    const page = await staff.opens(timetable({ doctorId: meera.id }))
    expect(page.heading).toContain('Dr Meera Kulkarni')
    expect(page.$('.timetable-today').length).toBe(1)
    expect(page.$(`form[action^="/admin/appointments"][action$="from=week"]`).length).toBeGreaterThan(0)
  })

  it('tells the two comings of an hour apart, in rows of a day and in a cell of a week', async () => {
    const night = await openClinic({ timeZone: 'Europe/London' })
    const doctor = await hireDoctor(night.id)
    for (const startsAt of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(time => new Date(time)))
      await db.timeSlot.create({
        data: { doctorId: doctor.id, clinicId: night.id, startsAt, endsAt: new Date(startsAt.valueOf() + 1_200_000) }
      })
    const tess = await deskOf(night.id)
    const day = await tess.opens(timetable({ clinicId: night.id, date: '2026-10-25' }))
    const heads = day.$('.timetable tbody th').map((_, head) => day.$(head).text().trim())
    expect(heads.get()).toEqual(['01:30 BST', '01:50', '01:30 GMT'])
    const week = await tess.opens(timetable({ doctorId: doctor.id, date: '2026-10-25' }))
    expect(week.$('.timetable tbody td').text()).toMatch(/01:30 BST.*01:30 GMT/s)
  })

  it('says what to do where nobody works', async () => {
    const [empty, quiet] = [await openClinic(), await openClinic()]
    await hireDoctor(quiet.id)
    expect((await (await deskOf(empty.id)).opens(timetable())).text).toContain('No doctors here yet')
    const page = await (await deskOf(quiet.id)).opens(timetable())
    expect(page.text).toContain('Nobody works here on')
    expect(page.links).toContain(paths.admin.workingHours.index())
  })
})

describe('from the timetable', () => {
  let sara: typeof meera
  beforeAll(async () => {
    sara = await hireDoctor(clinic.id, { name: 'Dr Sara Lind' })
  })
  const back = ({ timeslotId: slot }: { timeslotId: string }) => timetable({ clinicId: clinic.id, date: today, slot })

  it('a visit is checked in, and undone, and completed, back to the same time each time', async () => {
    const ada = await visit('Ada Obi', 15, 'BOOKED', sara.id)
    const { id } = ada
    for (const [step, status] of [
      ['arrival', 'CHECKED_IN'],
      ['arrivalRemoval', 'CONFIRMED'],
      ['arrival', 'CHECKED_IN'],
      ['completion', 'COMPLETED']
    ] as const) {
      const done = await staff.submits(appointments[step](id, { from: 'timetable' }))
      expect([done.status, done.location]).toEqual([303, back(ada)])
      expect((await db.appointment.findUniqueOrThrow({ where: { id } })).status).toBe(status)
    }
    const page = await staff.opens(back(ada))
    for (const place of ['slot', 'listed'])
      expect(page.$(`#${place}-${ada.timeslotId}.entry`).text()).toContain('Ada Obi')
    const late = await staff.submits(appointments.arrival(id, { from: 'timetable' }))
    expect(late.status).toBe(422)
    expect(late.problems).toEqual(['This can’t be done any more: the visit is completed.'])
    expect((await stranger.submits(appointments.arrival(id))).status).toBe(404)
    expect((await staff.submits(`${appointments.arrival(id)}?from=//evil.example`)).status).toBe(400)
  })

  it('a doctor’s hours are blocked, and one is back on that day', async () => {
    const date = inDays(2, clinic.timeZone)
    const page = await staff.opens(timeOff.add({ doctorId: sara.id, clinicId: clinic.id, date, on: 'timetable' }))
    expect(page.heading).toBe('Block hours of Dr Sara Lind')
    expect(page.links).toContain(timetable({ date, clinicId: clinic.id }))
    expect(['startTime', 'endTime'].map(name => page.$(`input[name=${name}]`).val())).toEqual(['12:00', '00:00'])
    const hours = { doctorId: sara.id, clinicId: clinic.id, kind: 'hours', date, startTime: '12:00', endTime: '00:00' }
    const done = await staff.submits(timeOff.index(), { ...hours, on: 'timetable' })
    expect(done.location).toBe(timetable({ date, clinicId: clinic.id }))
  })

  it('somebody did not come, is turned down, moved or cancelled', async () => {
    const [missed, refused, moved, ended] = [
      await visit('Nell Quist', -12, 'BOOKED', sara.id),
      await visit('Ben Okri', 3, 'BOOKED', sara.id),
      await visit('Lena Novak', 26, 'CONFIRMED', sara.id),
      await visit('Uma Rao', 50, 'CONFIRMED', sara.id)
    ]
    const from = 'timetable' as const
    const ask = await staff.opens(appointments.noShow(missed.id, { from }))
    expect(ask.heading).toBe('Did Nell Quist not come?')
    expect(ask.links).toContain(back(missed))
    expect((await staff.submits(appointments.noShow(missed.id, { from }))).location).toBe(back(missed))
    const no = await staff.submits(appointments.rejection(refused.id, { from }), {})
    expect([no.status, no.links.includes(back(refused))]).toEqual([422, true])
    const reason = 'Please see your own doctor first'
    expect((await staff.submits(appointments.rejection(refused.id, { from }), { reason })).location).toBe(back(refused))
    const later = await addSlot(sara.id, clinic, { days: 1, time: '12:00' })
    const move = await staff.submits(appointments.reschedule(moved.id, { from }), { timeslotId: later.id })
    expect(move.location).toBe(back(moved))
    expect((await staff.submits(appointments.cancellation(ended.id, { from }), { reason: 'Ill' })).location).toBe(
      back(ended)
    )
  })

  it('a free time is blocked and opened again', async () => {
    const { id } = await addSlot(sara.id, clinic, { days: 1, time: '15:00' })
    const day = timetable({ clinicId: clinic.id, date: inDays(1, clinic.timeZone), slot: id })
    for (const [change, state] of [
      ['block', 'Blocked'],
      ['opening', 'Free']
    ] as const) {
      expect((await staff.submits(timeslots[change](id), { on: 'timetable' })).location).toBe(day)
      expect((await staff.opens(day)).$('.timetable .entry:contains("15:00")').text()).toContain(state)
      expect((await stranger.submits(timeslots[change](id), { on: 'timetable' })).status).toBe(404)
    }
  })
})

describe('the overview', () => {
  it('names who is late, until they are checked in', async () => {
    const place = await openClinicByDay('Quay Clinic')
    const doctor = await hireDoctor(place.id)
    const time = clockIn(place.timeZone, -15)
    const patient = await patientNamed('Kit Moss')
    const { id } = await addVisit({
      clinic: place,
      doctorId: doctor.id,
      patient,
      time,
      status: 'CONFIRMED',
      reason: 'Rash'
    })
    const desk = await deskOf(place.id)
    const { $, text } = await desk.opens(paths.admin.index())
    expect($('#overview-late tbody tr').text()).toMatch(/Kit Moss/)
    expect(text).toMatch(/1[56] minutes late/)
    expect((await desk.asks(paths.admin.index())).body.today.late).toBe(1)
    expect((await stranger.opens(paths.admin.index())).text).not.toContain('Kit Moss')
    const done = await desk.submits(appointments.arrival(id, { from: 'today' }))
    expect(done.location).toBe(paths.admin.index())
    expect((await desk.opens(paths.admin.index())).$('#overview-late tbody tr').length).toBe(0)
  })
})
