import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { cancelAppointment } from '../../src/services/appointments/cancel.ts'
import { confirmAppointment } from '../../src/services/appointments/confirm.ts'
import { reassignAppointment } from '../../src/services/appointments/reassign.ts'
import { rejectAppointment } from '../../src/services/appointments/reject.ts'
import { rescheduleAppointment } from '../../src/services/appointments/reschedule.ts'
import { arriving, as, invitationIn, surgery } from '../support/appointment-mails.ts'
import { mailServerOfFile } from '../support/mail-server.ts'
import { addUser, hireDoctor, registerPatient } from '../support/world.ts'

const now = Temporal.Instant.from('2026-10-01T09:00:00Z')
const later = (hours: number) => now.add({ hours })
const server = mailServerOfFile()

describe('an appointment', () => {
  it('is told of when it is booked, confirmed and cancelled, to the patient and the doctor', async () => {
    const { clinic, doctor, ada, slot } = await surgery()
    const patient = await as(ada.id, now)
    const { id } = await bookAppointment(patient, { timeslotId: (await slot('2026-12-01T09:30')).id })
    const booked = await arriving(server, now)
    const [mail] = booked(ada.email)
    expect(mail?.subject).toBe('Your appointment on Tuesday 1 December at 09:30 is booked')
    for (const said of ['09:30 (GMT)', clinic.name, '14 Quay Street', clinic.phone, doctor.user.name, ada.name]) {
      expect(mail?.text).toContain(said)
      expect(mail?.html).toContain(said)
    }
    expect(mail?.text).toContain('The time is yours')
    expect(mail?.text?.startsWith(`${clinic.name}\n\nTuesday 1 December, 09:30\n\nYour appointment is booked.`)).toBe(
      true
    )
    expect(mail?.text).toMatch(/See or change the appointment:\nhttp:\/\/localhost:3000\/visits\/\w/)
    expect(mail?.replyTo?.[0]?.address).toBe(clinic.email)
    expect(mail?.headers.map(({ key }) => key)).not.toContain('list-unsubscribe')
    expect(booked(doctor.user.email).map(each => each.subject)).toEqual([
      'New appointment on Tuesday 1 December at 09:30'
    ])
    expect(booked(doctor.user.email)[0]?.text).not.toContain(ada.name)
    expect(booked(doctor.user.email)[0]?.text).toMatch(/Please confirm this appointment.+It is in your schedule/s)

    await confirmAppointment(await as(doctor.userId, now), id)
    const confirmed = await arriving(server, now)
    expect(confirmed(ada.email)[0]?.subject).toBe('Your appointment on Tuesday 1 December at 09:30 is confirmed')
    expect(confirmed(doctor.user.email)).toEqual([])

    await cancelAppointment(patient, id, { reason: 'Better now' })
    const cancelled = await arriving(server, now)
    expect(cancelled(ada.email)[0]?.text).toContain(
      'Cancelled: Tuesday 1 December, 09:30\n\nYou have cancelled your appointment'
    )
    expect(cancelled(ada.email)[0]?.text).toContain('There is nothing to pay')
    expect(cancelled(ada.email)[0]?.text).toContain(`/booking/doctors/${doctor.id}`)
    expect(cancelled(doctor.user.email)[0]?.subject).toContain('is cancelled')
    expect(JSON.stringify(server.mails)).not.toContain('Better now')
  })

  it('of a child is told of to whoever looks after it, and says whose it is', async () => {
    const { doctor, ada, child, slot } = await surgery()
    const patient = await as(ada.id, now)
    const wish = { timeslotId: (await slot('2026-12-01T09:30')).id, patientId: child.id }
    const { id } = await bookAppointment(patient, wish)
    await rejectAppointment(await as(doctor.userId, now), id, { reason: 'See your biopsy first' })
    const mails = await arriving(server, now)
    expect(mails(doctor.user.email)).toEqual([])
    const [mail, ...others] = mails(ada.email)
    expect(others).toEqual([])
    expect(mail?.subject).toBe('The booking for Tuesday 1 December at 09:30 was turned down')
    expect(mail?.text).toContain('For: Maya Obi')
    expect(mail?.text).toMatch(/09:30, for Maya Obi\n\n.+ has turned the booking for Maya Obi down/)
    expect(`${mail?.text} ${mail?.html}`).not.toContain('biopsy')
    expect(mail?.text).toContain(`/booking/appointments/${id}`)
  })

  it('that goes to another doctor is told of to both, even when it goes on to a third before the first mail', async () => {
    const { clinic, doctor, ada, slot } = await surgery()
    const [second, third] = [await hireDoctor(clinic.id), await hireDoctor(clinic.id)]
    const admin = await as((await addUser('ADMIN')).id, now)
    const { id } = await bookAppointment(await as(ada.id, now), { timeslotId: (await slot('2026-12-01T09:30')).id })
    await arriving(server, now)
    await reassignAppointment(admin, id, { timeslotId: (await slot('2026-12-01T09:30', second.id)).id })
    await reassignAppointment(admin, id, { timeslotId: (await slot('2026-12-01T09:30', third.id)).id })
    const mails = await arriving(server, later(1))
    const off = 'The appointment on Tuesday 1 December at 09:30 is not yours any more'
    expect(mails(doctor.user.email).map(({ subject }) => subject)).toEqual([off])
    expect(invitationIn(mails(doctor.user.email)[0])).toMatchObject({ method: 'CANCEL', sequence: 1 })
    expect(mails(second.user.email).map(({ subject }) => subject)).toEqual([off])
    expect(mails(third.user.email)[0]?.subject).toBe('New appointment on Tuesday 1 December at 09:30')
    const told = mails(ada.email).map(({ subject }) => subject)
    expect(told).toEqual(['Your appointment on Tuesday 1 December at 09:30 is with another doctor'])
  })
})

describe('an address that nobody has shown to be theirs', () => {
  it('is told by initials, with nothing for a calendar', async () => {
    const { ada, child, slot } = await surgery()
    await db.user.update({ where: { id: ada.id }, data: { emailConfirmedAt: null } })
    const wish = { timeslotId: (await slot('2026-12-01T09:30')).id, patientId: child.id }
    await bookAppointment(await as(ada.id, now), wish)
    const [mail] = (await arriving(server, now))(ada.email)
    expect(mail?.text).toContain('expects MO on Tuesday')
    for (const name of ['Maya', ada.name]) expect(`${mail?.subject} ${mail?.text} ${mail?.html}`).not.toContain(name)
    expect(mail?.attachments).toEqual([])
  })

  it('gets six of these mails an hour, the others later', async () => {
    const { ada, visit } = await surgery()
    await db.user.update({ where: { id: ada.id }, data: { emailConfirmedAt: null } })
    for (let day = 10; day < 24; day++) {
      const { id: appointmentId, clinicId } = await visit(`2026-12-${day}T09:30`)
      const told = { appointmentId, clinicId, recipientId: ada.id, kind: 'appointment.booked', data: { sequence: 0 } }
      const row = { ...told, channel: 'EMAIL', dedupeKey: appointmentId, sendAfter: toDate(now) } as const
      await db.notification.create({ data: row })
    }
    const counts = []
    for (const minutes of [0, 30, 59, 61, 122, 183])
      counts.push((await arriving(server, now.add({ minutes })))(ada.email).length)
    expect(counts).toEqual([6, 0, 0, 6, 2, 0])
  })
})

describe('a move', () => {
  it.each([
    ['whoever looks after the patient', 'You have moved your appointment', 'You can move or cancel it online'],
    ['the clinic', 'has moved your appointment', 'If it does not suit you, you can move or cancel it']
  ])('by %s is told in their words, and the room with it', async (who, what, next) => {
    const { clinic, ada, slot } = await surgery()
    const room = await db.room.create({ data: { clinicId: clinic.id, name: 'Room C' } })
    const patient = await as(ada.id, now)
    const { id } = await bookAppointment(patient, { timeslotId: (await slot('2026-12-01T09:30')).id })
    await arriving(server, now)
    const mover = who === 'the clinic' ? await as((await addUser('ADMIN')).id, now) : patient
    await rescheduleAppointment(mover, id, { timeslotId: (await slot('2026-12-02T09:30')).id })
    await db.appointment.update({ where: { id }, data: { roomId: room.id } })
    const [mail] = (await arriving(server, now))(ada.email)
    for (const said of [what, next, 'Ask for: Room C']) expect(mail?.text).toContain(said)
  })
})

describe('news', () => {
  it('that is out of date when it could be sent is not sent: what is so now is told once', async () => {
    const { doctor, ada, slot } = await surgery()
    const patient = await as(ada.id, now)
    const { id } = await bookAppointment(patient, { timeslotId: (await slot('2026-12-01T09:30')).id })
    await confirmAppointment(await as(doctor.userId, now), id)
    await rescheduleAppointment(patient, id, { timeslotId: (await slot('2026-12-02T09:30')).id })
    const mails = await arriving(server, now)
    expect(mails(ada.email).map(({ subject }) => subject)).toEqual([
      'Your appointment is now on Wednesday 2 December at 09:30'
    ])
    expect(mails(doctor.user.email).map(({ subject }) => subject)).toEqual([
      'An appointment is now on Wednesday 2 December at 09:30'
    ])
  })

  it('of a visit that has begun, or that somebody else looks after now, is not sent', async () => {
    const { ada, slot } = await surgery()
    const { id } = await bookAppointment(await as(ada.id, now), { timeslotId: (await slot('2026-10-02T09:30')).id })
    expect((await arriving(server, later(24)))(ada.email)).toEqual([])
    const why = () => db.notification.findMany({ where: { kind: 'appointment.booked' }, select: { lastError: true } })
    expect(await why()).toEqual([{ lastError: 'OVER' }])

    const again = { status: 'PLANNED', attempts: 0, sendAfter: toDate(now) } as const
    await db.notification.updateMany({ where: { kind: 'appointment.booked' }, data: again })
    const other = await registerPatient()
    await db.appointment.update({ where: { id }, data: { patientId: other.patientId } })
    await arriving(server, now)
    expect(server.mails).toEqual([])
    expect(await why()).toEqual([{ lastError: 'NO_ACCOUNT' }])
  })

  it('is not sent to a doctor who wants none', async () => {
    const { doctor, ada, slot } = await surgery()
    await db.user.update({ where: { id: doctor.userId }, data: { wantsNews: false } })
    await bookAppointment(await as(ada.id, now), { timeslotId: (await slot('2026-12-01T09:30')).id })
    expect((await arriving(server, now))(doctor.user.email)).toEqual([])
  })
})
