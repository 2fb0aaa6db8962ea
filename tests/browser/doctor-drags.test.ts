import type { CDPSession } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { addSlot, hireDoctor, openClinic } from '../support/world.ts'
import { addVisit, patientNamed } from './support/clinic.ts'
import { inDays } from './support/days.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)
const { week, schedule } = paths.doctor
let meera: Visitor
let devtools: CDPSession
let date: string
let id: string
let free: string

beforeAll(async () => {
  const clinic = await openClinic({ name: 'Hill Clinic', timeZone: 'Asia/Kolkata' })
  const doctor = await hireDoctor(clinic.id)
  const visit = async (name: string, time: string, status: 'BOOKED' | 'COMPLETED') =>
    addVisit({ clinic, doctorId: doctor.id, patient: await patientNamed(name), time, days: 1, status })
  id = (await visit('Ada Obi', '10:00', 'BOOKED')).id
  await visit('Ben Okri', '11:00', 'COMPLETED')
  free = (await addSlot(doctor.id, clinic, { days: 1, time: '14:20' })).id
  date = inDays(1, clinic.timeZone)
  meera = await signedIn(doctor.user)
  devtools = await meera.context.newCDPSession(meera.page)
})

/** Somebody far away looks at the clinic's week: the far side of the date line has another day. */
async function opensCalendarIn(timezoneId: string) {
  await devtools.send('Emulation.setTimezoneOverride', { timezoneId })
  await meera.page.setViewportSize({ width: 1280, height: 1600 })
  await meera.opens(week({ date, view: 'calendar' }))
}

/** With the mouse, by what is a little below the upper edge of each. */
async function drags(name: string, to: { x: number; y: number }) {
  const { mouse } = meera.page
  const from = await meera.page.locator('.ec-event', { hasText: name }).boundingBox()
  if (!from) throw new Error(`${name} is not on the calendar`)
  await mouse.move(from.x + 40, from.y + 8)
  await mouse.down()
  await mouse.move(from.x + 40, from.y + 40, { steps: 4 })
  await mouse.move(to.x + 40, to.y + 8, { steps: 8 })
  await mouse.up()
}

const placeOf = async (selector: string) => {
  const box = await meera.page.locator(selector).boundingBox()
  if (!box) throw new Error(`no ${selector}`)
  return box
}
const timeslot = async () => (await db.appointment.findUniqueOrThrow({ where: { id } })).timeslotId

describe('the calendar of a week', () => {
  it('lets nobody drag what is over, and leads to each visit by the keyboard', async () => {
    await opensCalendarIn('Europe/London')
    await meera.sees('10:00 Ada Obi Booked', '11:00 Ben Okri Completed')
    const classes = await meera.page.locator('.ec-event', { hasText: 'Ben Okri' }).getAttribute('class')
    expect(classes).not.toContain('ec-draggable')
    await meera.page.getByRole('link', { name: /10:00 Ada Obi/ }).focus()
    await meera.arrives(() => meera.page.keyboard.press('Enter'))
    expect(meera.page.url()).toContain(paths.doctor.appointments.show(id))
  })

  it('takes a visit that is dropped where no time is free to that day', async () => {
    await opensCalendarIn('America/Los_Angeles')
    const { x, y, height } = await placeOf('.ec-bg-event')
    await meera.arrives(() => drags('Ada Obi', { x, y: y + height * 3 }))
    expect(meera.page.url().endsWith(paths.doctor.appointments.reschedule(id, { date }))).toBe(true)
  })

  it('takes one that is dropped on a free time to the page that asks, and changes nothing before', async () => {
    const before = await timeslot()
    await opensCalendarIn('Pacific/Apia')
    await meera.arrives(async () => drags('Ada Obi', await placeOf('.ec-bg-event')))
    expect(meera.page.url()).toContain(paths.doctor.appointments.reschedule(id, { date, timeslotId: free }))
    expect(await meera.page.getByRole('radio', { checked: true }).getAttribute('data-time')).toBe('14:20')
    await meera.sees('Move the appointment of Ada Obi')
    expect(await timeslot()).toBe(before)

    await meera.presses('Move to 14:20')
    await meera.sees('Moved. The new time is booked.', '14:20 Ada Obi')
    expect(meera.page.url().endsWith(schedule.index({ date }))).toBe(true)
    expect(await timeslot()).toBe(free)
  })
})
