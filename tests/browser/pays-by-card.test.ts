import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { registerPatient } from '../support/world.ts'
import { doctorWithTimes } from './support/clinic.ts'
import { keyboardOf } from './support/keyboard.ts'
import { eachWay } from './support/ways.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)
let doctorId = ''

beforeAll(async () => {
  doctorId = await doctorWithTimes({ name: 'Dr Meera Kulkarni' })
})

describe.each(eachWay)('a patient who $way', ({ javaScript, width, at: [time] }) => {
  it('is declined, tries again with the same time, pays, and gets the money back', async () => {
    const ada = await signedIn(await registerPatient({ name: 'Ada Obi' }), { javaScript, width })
    await ada.opens(paths.booking.doctors.timeslots(doctorId))
    await ada.chooses(time)
    await ada.presses(/^Hold /)
    await ada.fills({ 'Reason for your visit': 'An itching rash' })
    await ada.presses('Continue')

    const nothingChosen = ada.page.getByRole('button', { name: 'Book this time' })
    await (javaScript ? nothingChosen.click() : ada.arrives(() => nothingChosen.click()))
    expect(await ada.problems()).toEqual(['Choose how you want to pay'])
    await ada.books({ paying: 'Card' })
    await ada.sees('£60', 'Docket')
    await ada.chooses('It is declined')
    await ada.presses('Pay £60')

    expect(await ada.heading()).toBe('Your payment was declined')
    await ada.sees('No money was taken.', 'still free')
    await ada.presses(`Try again with ${time}`)
    expect(await ada.field('Reason for your visit').inputValue()).toBe('An itching rash')
    await ada.presses('Continue')
    await ada.books({ paying: 'Card' })
    await ada.chooses('It is paid')
    await ada.presses('Pay £60')
    expect(await ada.heading()).toContain(`at ${time}`)
    await ada.sees('Paid and booked. The time is yours.', 'There is nothing more to pay')

    await ada.follows('Receipt')
    await ada.sees('Riverside Clinic', 'Dr Meera Kulkarni', '£60', /Transaction TEST-/)
    await ada.follows('See the appointment')
    await ada.follows('Cancel')
    await ada.sees('You get £60 back to the card you paid with.')
    await ada.fills({ 'Why are you cancelling?': 'It went away by itself' })
    await ada.presses('Cancel the appointment')
    await ada.sees('your money is on its way back')
    await ada.follows('My appointments')
    await ada.follows('Payments')
    await ada.sees(/Refund/, /Payment failed/)
  })
})

it('can be done with the keyboard alone', async () => {
  const ben = await signedIn(await registerPatient({ name: 'Ben Okri' }))
  const keys = keyboardOf(ben)
  await ben.opens(paths.booking.doctors.timeslots(doctorId))
  await keys.tabsTo('09:00')
  await keys.presses('Space')
  await keys.takes('Hold ')
  await keys.takes('Continue')
  await keys.tabsTo('UPI')
  await keys.presses('ArrowDown')
  await keys.takes('Book this time')
  await keys.takes('Pay £60')
  await ben.sees('Paid and booked. The time is yours.')
  await keys.takes('Receipt')
  await ben.sees('Paid with Card')
})
