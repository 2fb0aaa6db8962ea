import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlots, addUser, hireDoctor, lookAfter, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
let ada: Person
let ben: Person
let meera: Person
let desk: Person
let adaId = ''
let visit = { id: '', timeslotId: '' }
let slots: string[]

beforeAll(async () => {
  const clinic = await openClinic({ name: 'Harbour Clinic' })
  const doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  slots = (await addSlots(doctor.id, clinic, 12)).map(({ id }) => id)
  const [one, other] = [await registerPatient({ name: 'Ada Obi' }), await registerPatient({ name: 'Ben Osei' })]
  const uma = await lookAfter(one.id, 'Uma Obi')
  const staff = await addUser('STAFF', { staffClinics: { create: { clinicId: clinic.id } } })
  const all = [one, other, doctor.user, staff].map(user => signedIn(app, user))
  ;[ada, ben, meera, desk] = (await Promise.all(all)) as [Person, Person, Person, Person]
  adaId = one.id

  const booked = async (at: number, patientId = one.patientId) => {
    const wish = { doctorId: doctor.id, timeslotId: slots[at], patientId }
    const answer = await ada.sends('post', paths.booking.appointments.index(), wish)
    expect(answer.status).toBe(201)
    return answer.body.appointment as typeof visit
  }
  visit = await booked(0)
  const { id: ofUma } = await booked(1, uma.id)
  await desk.sends('post', paths.admin.appointments.confirmation(visit.id))
  await desk.sends('post', paths.admin.appointments.reschedule(visit.id), { timeslotId: slots[4] })
  await desk.sends('post', paths.admin.appointments.cancellation(ofUma), { reason: 'The doctor is ill' })
})

const noticesOf = async (person: Person) => (await person.asks(paths.notices.index())).body
const bellOf = async (person: Person) => {
  const { $ } = await person.opens(paths.booking.doctors.index())
  return $('header a[href="/notices"]').text().replace(/\s+/g, ' ').trim()
}

describe('notices', () => {
  it('tell in one sentence each what others did, the newest first', async () => {
    const page = await ada.opens(paths.notices.index())
    const said = page.$('.news-item').map((_, each) => page.$(each).text().replace(/\s+/g, ' ').trim())
    const when = /New Today \d\d:\d\d (GMT|BST) · Harbour Clinic$/
    expect(
      said.get().map(each => each.replace(when, 'New').replace(/ (on|from|to) \w+ \d+ \w+/g, ' $1 the day'))
    ).toEqual([
      'Uma Obi’s appointment with Dr Meera Kulkarni on the day at 09:20 was cancelled. New',
      'Your appointment with Dr Meera Kulkarni was moved from the day at 09:00 to the day at 10:20. New',
      'Your appointment with Dr Meera Kulkarni on the day at 09:00 was confirmed. New'
    ])
    expect(await bellOf(ada)).toBe('Notices, 3 unread 3')
  })

  it('tell doctors who it is, and nobody of what they did themselves', async () => {
    const { notices, unread } = await noticesOf(meera)
    const kinds = notices.map(({ kind }: { kind: string }) => kind)
    expect(kinds.toSorted()).toEqual(['doctor.booked', 'doctor.booked', 'doctor.cancelled', 'doctor.moved'])
    expect(unread).toBe(4)
    expect((await meera.opens(paths.notices.index())).text).toContain('Uma Obi is booked with you on')
    expect((await noticesOf(ada)).notices.map(({ kind }: { kind: string }) => kind)).not.toContain('appointment.booked')
  })

  it('are nobody else’s', async () => {
    const [notice] = (await noticesOf(ada)).notices
    expect((await ben.sends('post', paths.notices.reading(notice.id))).status).toBe(404)
    expect((await ben.opens(paths.notices.index())).text).toContain('No notices yet')
    expect(await bellOf(ben)).toBe('Notices')
    expect((await desk.asks(paths.notices.index())).status).toBe(403)
  })

  it('are read when they are opened, not when they are looked at', async () => {
    const { notices } = await noticesOf(ada)
    await ada.opens(paths.notices.index())
    expect((await noticesOf(ada)).unread).toBe(3)

    const moved = notices.find(({ kind }: { kind: string }) => kind === 'appointment.moved')
    const opened = await ada.submits(paths.notices.reading(moved.id))
    expect([opened.status, opened.location]).toEqual([303, paths.booking.appointments.show(visit.id)])
    expect(await bellOf(ada)).toBe('Notices, 2 unread 2')
    const page = await ada.opens(paths.notices.index())
    expect(page.links).toContain(paths.booking.appointments.show(visit.id))
  })

  it('are all read at once, but for what came since', async () => {
    const { notices } = await noticesOf(ada)
    await desk.sends('post', paths.admin.appointments.cancellation(visit.id), { reason: 'The doctor is ill' })
    const all = await ada.submits(paths.notices.readings(), { upTo: notices[0].id })
    expect([all.status, all.location]).toEqual([303, paths.notices.index()])
    expect(await bellOf(ada)).toBe('Notices, 1 unread 1')
    expect((await ada.sends('post', paths.notices.readings())).body).toEqual({ read: 1 })
    expect(await bellOf(ada)).toBe('Notices')
  })

  it('of a doctor lead to the visit, or, when it is another’s by now, to the day', async () => {
    const row = { kind: 'doctor.cancelled', channel: 'IN_APP', status: 'SENT', sendAfter: new Date() } as const
    const { doctor } = await db.appointment.findUniqueOrThrow({ where: { id: visit.id }, select: { doctor: true } })
    const elsewhere = await hireDoctor((await openClinic()).id, { name: 'Dr Wei Zhang' })
    const data = { startsAt: '2030-03-04T09:00:00+00:00', formerDoctorId: elsewhere.id }
    await db.notification.create({
      data: { ...row, data, dedupeKey: 'x', recipientId: elsewhere.userId, appointmentId: visit.id, sentAt: new Date() }
    })
    const wei = await signedIn(app, elsewhere.user)
    const [given] = (await noticesOf(wei)).notices
    expect(given.to).toBe(paths.doctor.schedule.index({ date: '2030-03-04' }))
    expect((await wei.opens(paths.notices.index())).text).toContain('went to another doctor')
    const own = (await noticesOf(meera)).notices.map(({ to }: { to: string }) => to)
    expect(doctor.userId).not.toBe(elsewhere.userId)
    expect(own).toContain(paths.doctor.appointments.show(visit.id))
  })

  it('come a page at a time, and are counted up to 99', async () => {
    await pool.query(
      `INSERT INTO notifications (recipient_id, appointment_id, kind, channel, dedupe_key, status, sent_at, send_after)
        SELECT $1, $2, 'appointment.confirmed', 'IN_APP', 'many ' || at, 'SENT', now(), now() FROM generate_series(1, 120) at`,
      [adaId, visit.id]
    )
    expect(await bellOf(ada)).toBe('Notices, more than 99 unread 99+')
    const { notices, nextPage } = await noticesOf(ada)
    expect([notices.length, nextPage]).toEqual([20, 2])
    expect((await ada.asks(paths.notices.index({ page: 7 }))).body).not.toHaveProperty('nextPage')
    const plan = await pool.query(
      `EXPLAIN SELECT 1 FROM notifications WHERE recipient_id = '${adaId}' AND channel = 'IN_APP' AND read_at IS NULL LIMIT 100`
    )
    expect(JSON.stringify(plan.rows)).toMatch(/notifications_unread|Seq Scan/)
  })
})
