import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { visitToken } from '../../src/services/notifications/links.ts'
import { serveApp } from '../support/app.ts'
import { days, type Leave, leave } from '../support/leave.ts'
import { type Person, visitor } from '../support/person.ts'

const app = serveApp()
const own = paths.booking.appointments
let town: Leave
let id: string
let times: string[]

interface Card {
  id: string
  hasAccount: boolean
  proposals: { timeslotId: string }[]
  timesToSend: string[]
  timesSent: { timeslotIds: string[]; at: string; by: string } | null
}

/** Ada is booked on a day on which Dr Kulkarni is away, by now. */
beforeEach(async () => {
  town = await leave(app)
  id = await town.books(town.ada, town.first[0])
  await town.meera.submits(paths.doctor.timeOff.index(), days(3))
  times = (await card(town.staff)).timesToSend
})

async function card(person: Person, list = paths.admin.conflicts()): Promise<Card> {
  const { body } = await person.asks(list)
  return body.appointments.find((each: Card) => each.id === id)
}
const sends = (person = town.staff, timeslotIds = times) => person.submits(paths.admin.proposal(id), { timeslotIds })
const told = () =>
  db.notification.findMany({ where: { appointmentId: id, kind: 'appointment.proposed' }, orderBy: { channel: 'asc' } })
const linkTo = async () => {
  const { sequence, patient } = await db.appointment.findUniqueOrThrow({
    where: { id },
    select: { sequence: true, patient: { select: { account: true } } }
  })
  return visitToken({ id, sequence, accountId: patient.account?.id ?? '', email: patient.account?.email ?? '' })
}

describe('the times beside a visit on the worklist', () => {
  it('are sent to the patient once, by mail and as a notice, and the card says so', async () => {
    expect((await town.staff.opens(paths.admin.conflicts())).text).toContain('Send these times')
    expect((await sends()).location).toBe(paths.admin.conflicts())
    expect((await sends()).status).toBe(303)

    const messages = await told()
    expect(messages.map(each => each.channel).sort()).toEqual(expect.arrayContaining(['EMAIL', 'IN_APP']))
    expect(new Set(messages.map(each => each.channel)).size).toBe(messages.length)
    expect(messages.map(each => each.data)).toEqual(messages.map(() => expect.objectContaining({ timeslotIds: times })))
    expect(await db.auditEvent.count({ where: { appointmentId: id, event: 'appointment.proposed' } })).toBe(1)

    expect((await card(town.staff)).timesSent?.timeslotIds).toEqual(times)
    const page = await town.staff.opens(paths.admin.conflicts())
    expect(page.text).toMatch(/Times sent on .+ by Ada Obi/)
    expect(page.text).not.toContain('Send these times')
    const reminders = { appointmentId: id, kind: 'appointment.reminder' }
    const dropped = await db.notification.count({ where: { ...reminders, status: 'DROPPED' } })
    expect(dropped).toBe(0)
  })

  it('are sent by the doctor, too, and by no other front desk', async () => {
    const sent = await town.meera.submits(paths.doctor.proposal(id), { timeslotIds: times })
    expect([sent.status, sent.location]).toEqual([303, paths.doctor.conflicts()])
    expect((await sends(town.otherStaff)).status).toBe(404)
    expect((await card(town.meera, paths.doctor.conflicts())).timesSent?.by).toBe('Dr Meera Kulkarni')
  })

  it('are not sent when one of them has gone: the list has others', async () => {
    await town.books(town.ben, { id: times[0] ?? '' })
    const refused = await sends()
    expect([refused.status, refused.problems]).toEqual([
      422,
      ['One of these times has gone, so nothing was sent. Send the times that are shown now.']
    ])
    expect((await card(town.staff)).timesToSend).not.toContain(times[0])
    for (const wrong of [[], [town.first[1]?.id ?? ''], ['x']])
      expect((await sends(town.staff, wrong)).status).toBe(422)
    expect(await told()).toEqual([])
  })

  it('are not sent of a visit that has its time, nor to a patient without an account', async () => {
    const fine = await town.books(town.ben, town.next[2])
    const { status, body } = await town.staff.sends('post', paths.admin.proposal(fine), { timeslotIds: times })
    expect([status, body.detail]).toEqual([422, 'This appointment has changed meanwhile. Look at how it stands now.'])

    const { patientId } = await town.standing(id)
    const noAccount = { accountId: null, phone: '+44 117 496 0111', clinicId: town.riverside.id }
    await db.patient.update({ where: { id: patientId }, data: noAccount })
    expect(await card(town.staff)).toMatchObject({ hasAccount: false, timesToSend: [] })
    expect((await town.staff.opens(paths.admin.conflicts())).text).toContain('Has no account: ring to offer a time.')
    expect((await sends(town.staff, times.slice(0, 1))).problems).toEqual([
      'This patient has no account to send times to. Ring instead.'
    ])
  })
})

describe('times that were sent', () => {
  beforeEach(() => sends())

  it('stand first on the patient’s page and behind the mailed link, and are taken with one button', async () => {
    const guest = visitor(app)
    for (const page of [await town.ada.opens(own.show(id)), await guest.opens(paths.visits.show(await linkTo()))]) {
      expect(page.text).toContain('Choose one of these times')
      for (const said of ['None of these suit me', 'The clinic can’t see you on', 'or ring'])
        expect(page.text).toContain(said)
      for (const unsaid of ['Add to calendar', 'Come to']) expect(page.text).not.toContain(unsaid)
      expect(page.$('.ticket').text()).not.toContain('Booked')
      expect([page.heading, page.$('.ticket-quiet').length]).toEqual(['Choose another time', 1])
      expect(
        page
          .$('.moves input[name=timeslotId]')
          .get()
          .map(input => page.$(input).val())
      ).toEqual(times)
    }
    const moved = await guest.submits(paths.visits.reschedule(await linkTo()), { timeslotId: times[1] })
    expect(moved.status).toBe(303)
    expect(await town.standing(id)).toMatchObject({ timeslotId: times[1], status: 'BOOKED' })
    expect((await guest.opens(moved.location ?? '')).text).not.toContain('Choose one of these times')
    expect((await town.staff.asks(paths.admin.conflicts())).body.appointments).toEqual([])
  })

  it('are what the list, the notice and the page of all times speak of, instead of a time that is not kept', async () => {
    const list = await town.ada.opens(own.index())
    expect(list.heading).toBe('Please choose another time')
    expect(list.links).not.toContain(own.calendar(id))
    expect((await town.ada.asks(paths.notices.index())).body.notices).toEqual([
      expect.objectContaining({ kind: 'appointment.proposed', to: own.show(id) })
    ])
    const page = await town.ada.opens(own.reschedule(id))
    expect(page.text).toContain('The clinic can’t see you on')
    expect(page.text).not.toContain('stays yours')
  })

  it('are shown only as long as they are free, and one that has just gone names others', async () => {
    const link = await linkTo()
    await town.books(town.ben, { id: times[0] ?? '' })
    const page = await town.ada.opens(own.show(id))
    expect(page.$('.moves input[name=timeslotId]').length).toBe(times.length - 1)
    const refused = await visitor(app).submits(paths.visits.reschedule(link), { timeslotId: times[0] })
    expect([refused.status, refused.problems[0]]).toEqual([422, expect.stringMatching(/^Someone has just booked/)])
    expect(refused.$('input[type=radio]').length).toBeGreaterThan(0)
  })

  it('can be chosen inside the clinic’s notice: it is the clinic that can’t keep the time', async () => {
    await db.clinic.update({ where: { id: town.riverside.id }, data: { cancellationNoticeMinutes: 10_000 } })
    expect((await town.ada.submits(own.reschedule(id), { timeslotId: times[0] })).status).toBe(303)
    const again = await town.ada.submits(own.reschedule(id), { timeslotId: times[1] })
    expect(again.problems[0]).toContain('It is too late to change this online.')
  })

  it('are gone when the doctor stays', async () => {
    const off = await db.timeOff.findFirstOrThrow({ where: { doctorId: town.doctor.id } })
    await town.meera.submits(paths.doctor.timeOff.removal(off.id))
    expect((await town.ada.opens(own.show(id))).text).not.toContain('Choose one of these times')
  })
})
