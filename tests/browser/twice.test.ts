import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { isSweep } from '../support/sweep.ts'
import { addSlots, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)
let doctorId = ''
let accountId = ''
let ada: Visitor

beforeAll(async () => {
  const clinic = await openClinic()
  doctorId = (await hireDoctor(clinic.id)).id
  await addSlots(doctorId, clinic, 12)
})

const booked = () => db.appointment.count({ where: { bookedById: accountId, status: 'BOOKED' } })

async function comesToCheck(javaScript: boolean) {
  const account = await registerPatient({ name: 'Ada Obi' })
  accountId = account.id
  ada = await signedIn(account, { javaScript })
  await ada.opens(paths.booking.doctors.timeslots(doctorId))
  await ada.page.getByRole('radio').first().check()
  await ada.presses(/^Hold /)
  await ada.presses('Continue')
}

describe.each(isSweep ? [true, false] : [false])('what is done twice (JavaScript: %s)', javaScript => {
  beforeEach(() => comesToCheck(javaScript))

  it('books once when the button is pressed twice', async () => {
    await ada.chooses('Pay at the clinic')
    await ada.arrives(() => ada.page.getByRole('button', { name: 'Book this time' }).dblclick())
    await ada.opens(paths.booking.appointments.index())
    expect(await booked()).toBe(1)
  })

  it('shows where things stand after Back, and books nothing more', async () => {
    await ada.books()
    const heading = await ada.heading()
    await ada.goesBack()
    expect(await ada.heading()).toBe(heading)
    await ada.goesBack()
    expect(await ada.heading()).toBe(heading)
    expect(await booked()).toBe(1)
  })

  it('changes nothing when the pages after booking, moving and cancelling are loaded again', async () => {
    await ada.books()
    await ada.reloads()
    await ada.follows('Cancel')
    await ada.follows('Keep the appointment')
    expect(await booked()).toBe(1)
    await ada.follows('Cancel')
    await ada.fills({ 'Why are you cancelling?': 'Better now' })
    await ada.presses('Cancel the appointment')
    await ada.reloads()
    await ada.sees('Cancelled', 'Better now')
    expect(await ada.text()).not.toContain('The time is free again.')
  })
})

describe('a page that answers a form', () => {
  it('refuses again in the same words when it is loaded again', async () => {
    const grace = await signedIn(await registerPatient(), { javaScript: false })
    await grace.opens(paths.booking.patients.add())
    await grace.fills({ 'Full name': 'Kofi Osei' })
    await grace.presses('Add person')
    const problems = await grace.problems()
    await grace.reloads()
    expect(await grace.problems()).toEqual(problems)
    expect(await grace.field('Full name').inputValue()).toBe('Kofi Osei')
  })

  it('invites a colleague once', async () => {
    const admin = await signedIn(await addUser('ADMIN'))
    await admin.opens(paths.admin.users.add())
    await admin.fills({ 'Full name': 'Ines Prat', 'E-mail address': 'ines@docket.example' })
    await admin.chooses('Administrator')
    await admin.presses('Add and make the invitation')
    await admin.reloads()
    expect(await admin.problems()).toEqual(['There is an account with this e-mail address already'])
    expect(await db.user.count({ where: { name: 'Ines Prat' } })).toBe(1)
  })
})
