import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { unsubscribeToken, visitToken } from '../../src/services/notifications/links.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { addSlots, hireDoctor, openClinic, registerPatient } from '../support/world.ts'
import { addVisit } from './support/clinic.ts'

const app = serveApp()
const { visitor } = openBrowser(app)
const ways = [
  { way: 'has a phone and no JavaScript', javaScript: false, width: 390, at: ['09:00', '09:20'] },
  { way: 'sits at a desk', javaScript: true, width: 1280, at: ['10:00', '10:20'] }
] as const

let clinic: Awaited<ReturnType<typeof openClinic>>
let doctorId: string

beforeAll(async () => {
  clinic = await openClinic({ name: 'Riverside Clinic' })
  doctorId = (await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })).id
  await addSlots(doctorId, clinic, 6)
})

describe.each(ways)('whoever opens a mail and $way', ({ javaScript, width, at: [time, later] }) => {
  it('moves the appointment, chooses a time that the clinic proposes, and cancels, without signing in', async () => {
    const account = await registerPatient({ name: 'Ada Obi' })
    const { id } = await addVisit({ clinic, doctorId, patient: account, time: '16:00', days: width === 390 ? 3 : 4 })
    const ada = await visitor({ javaScript, width })
    await ada.opens(paths.visits.show(visitToken({ id, sequence: 0, accountId: account.id, email: account.email })))
    expect(await ada.heading()).toContain('at 16:00')
    await ada.sees('Dr Meera Kulkarni', 'Ada Obi', 'VISIT-')

    await ada.follows('Move it')
    await ada.follows(/^[A-Z][a-z]{2} \d/)
    await ada.chooses(time)
    await ada.presses(/^Move to/)
    await ada.sees('Moved. The new time is yours.')
    expect(await ada.heading()).toContain(`at ${time}`)

    const { timeslotId, clinicId } = await db.appointment.findUniqueOrThrow({ where: { id } })
    await db.timeSlot.update({ where: { id: timeslotId }, data: { suspendedBy: 'TIME_OFF' } })
    const times = await db.timeSlot.findMany({ where: { doctorId, clinicId, appointments: { none: {} } }, take: 9 })
    const data = { sequence: 1, timeslotIds: times.map(each => each.id) }
    const proposed = { event: 'appointment.proposed', subjectType: 'appointment', subjectId: id, appointmentId: id }
    await db.auditEvent.create({ data: { ...proposed, at: new Date(), actorRole: 'STAFF', requestId: 'test', data } })
    await ada.reloads()
    await ada.sees('Choose one of these times', 'None of these suit me')
    await ada.presses(new RegExp(`${later}$`))
    expect(await ada.heading()).toContain(`at ${later}`)

    await ada.follows('Cancel it')
    await ada.fills({ 'Why are you cancelling?': 'Better now' })
    await ada.presses('Cancel the appointment')
    expect(await ada.heading()).toBe('Cancelled')
    await ada.goesBack()
    await ada.reloads()
    expect(await ada.heading()).toBe('This link is no longer good')
  })

  it('stops reminders with the button of a page', async () => {
    const account = await registerPatient()
    const ada = await visitor({ javaScript, width })
    await ada.opens(paths.unsubscriptions(unsubscribeToken(account.id)))
    await ada.presses('Stop reminders by e-mail')
    expect(await ada.heading()).toBe('No more reminders by e-mail')
  })
})
