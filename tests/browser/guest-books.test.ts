import { beforeAll, describe, expect, it } from 'vitest'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { password } from '../support/world.ts'
import { doctorWithTimes } from './support/clinic.ts'
import { eachWay } from './support/ways.ts'

const app = serveApp()
const { visitor } = openBrowser(app)
const reference = /[2-9A-Z]{4}-[2-9A-Z]{4}/

beforeAll(() => doctorWithTimes({ name: 'Dr Meera Kulkarni' }))

describe.each(eachWay)('a guest who $way', ({ javaScript, width, at: [time, later] }) => {
  it('finds a doctor, books, moves and cancels', async () => {
    const ada = await visitor({ javaScript, width })

    await ada.opens('/')
    expect(await ada.heading()).toBe('See a doctor this week')
    await ada.fills({ 'Doctor or specialty': 'dermatology' })
    await ada.presses('Find times')
    await ada.follows('All times with Dr Meera Kulkarni')
    await ada.chooses(time)
    await ada.presses(/^Continue with/)

    expect(await ada.heading()).toBe('Sign in')
    await ada.follows('Create an account')
    await ada.fills({ 'Full name': 'Ada Obi', 'E-mail address': `ada-${width}@docket.example`, Password: password })
    await ada.presses('Create account')

    expect(await ada.heading()).toBe('Is this the time you want?')
    await ada.presses(`Hold ${time}`)
    expect(await ada.heading()).toBe('Who is it for, and why?')
    await ada.fills({ 'Reason for your visit': 'An itching rash' })
    await ada.presses('Continue')

    expect(await ada.heading()).toBe('Check and book')
    await ada.sees(time, 'Ada Obi', 'An itching rash', '£60')
    await ada.books()
    expect(await ada.heading()).toContain(`at ${time}`)
    await ada.sees('Booked. The time is yours.', reference)
    const [given] = (await ada.text()).match(reference) ?? []

    await ada.follows('Move')
    await ada.chooses(later)
    await ada.presses(/^Move to/)
    expect(await ada.heading()).toContain(`at ${later}`)
    await ada.sees('Moved. The new time is yours.', String(given))

    await ada.follows('Cancel')
    await ada.fills({ 'Why are you cancelling?': 'It went away by itself' })
    await ada.presses('Cancel the appointment')
    await ada.sees('Cancelled. The time is free again.', 'It went away by itself')

    await ada.follows('My appointments')
    await ada.sees('Nothing booked')
  })
})
