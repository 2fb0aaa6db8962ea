import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { registerPatient } from '../support/world.ts'
import { doctorWithTimes } from './support/clinic.ts'
import { oneWay } from './support/ways.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)
let doctorId = ''

beforeAll(async () => {
  doctorId = await doctorWithTimes()
})

const ranOut = { holdExpiresAt: new Date(Date.now() - 60_000) }

describe.each(oneWay(true))('two people who want one time ($way)', ({ javaScript, width, at: [time, later] }) => {
  it('gives it to one; the other keeps what was typed and takes the next', async () => {
    const ada = await signedIn(await registerPatient({ name: 'Ada Obi' }), { javaScript, width })
    const ben = await signedIn(await registerPatient({ name: 'Ben Okri' }), { javaScript, width })
    const holds = async (person: typeof ada) => {
      await person.opens(paths.booking.doctors.timeslots(doctorId))
      await person.chooses(time)
    }

    await holds(ada)
    await holds(ben)
    await ada.presses(/^Hold /)
    await ada.fills({ 'Reason for your visit': 'A burn on my hand' })
    await ada.presses('Continue')

    await ben.presses(/^Hold /)
    expect(await ben.problems()).toEqual([`Someone has just booked ${time}. Choose another time.`])

    await db.appointment.updateMany({ where: { status: 'HELD' }, data: ranOut })
    await holds(ben)
    await ben.presses(/^Hold /)
    await ben.presses('Continue')
    await ben.books()

    await ada.books()
    expect(await ada.problems()).toEqual([`Someone has just booked ${time}. Choose another time.`])
    expect(await ada.field('Reason for your visit').inputValue()).toBe('A burn on my hand')
    await ada.page.getByLabel(later).check()
    await ada.presses('Hold this time')
    await ada.presses('Continue')
    await ada.sees(later, 'A burn on my hand')
    await ada.books()
    expect(await ada.heading()).toContain(`at ${later}`)
  })
})
