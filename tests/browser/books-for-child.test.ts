import { beforeAll, describe, expect, it } from 'vitest'
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
  doctorId = await doctorWithTimes({ name: 'Dr Sara Lind', specialization: 'Paediatrics' })
})

describe.each(oneWay(true))('a mother who $way', ({ javaScript, width, at: [time] }) => {
  it('adds her child while she books, and books for the child', async () => {
    const grace = await signedIn(await registerPatient({ name: 'Grace Osei' }), { javaScript, width })

    await grace.opens(paths.booking.doctors.timeslots(doctorId))
    await grace.chooses(time)
    await grace.presses(/^Hold /)
    await grace.follows('Add someone else you look after')
    await grace.fills({ 'Full name': 'Kofi Osei', Day: '1', Month: '3', Year: '2020' })
    await grace.chooses('Your child')
    await grace.presses('Add person')

    expect(await grace.heading()).toBe('Who is it for, and why?')
    await grace.chooses('Kofi Osei')
    await grace.fills({ 'Reason for your visit': 'Earache' })
    await grace.presses('Continue')
    await grace.sees('For Kofi Osei', 'Earache')
    await grace.books()
    await grace.sees('for Kofi Osei', time)

    await grace.follows('Your account')
    await grace.follows('Yourself and those you book for')
    await grace.follows('Change Kofi Osei')
    await grace.presses('Stop booking for Kofi Osei')
    expect(await grace.problems()).toEqual(['There are appointments to come for this person. Cancel them first'])
  })
})
