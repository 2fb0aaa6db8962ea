import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { minutesLater } from '../support/payer.ts'
import { registerPatient } from '../support/world.ts'
import { doctorWithTimes } from './support/clinic.ts'
import { oneWay } from './support/ways.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)
let doctorId = ''

beforeAll(async () => {
  doctorId = await doctorWithTimes()
})

async function goesToPay(person: Visitor, time: string) {
  await person.opens(paths.booking.doctors.timeslots(doctorId))
  await person.chooses(time)
  await person.presses(/^Hold /)
  await person.presses('Continue')
  await person.books({ paying: 'Card' })
}

const pays = async (person: Visitor) => {
  await person.chooses('It is paid')
  await person.presses(/^Pay £60/)
}

describe.each(oneWay(false))('two people who pay for one time ($way)', ({ javaScript, width, at: [time] }) => {
  it('it goes to who was in time; the other hears it, and has the money back', async () => {
    const ada = await signedIn(await registerPatient({ name: 'Ada Obi' }), { javaScript, width })
    const ben = await signedIn(await registerPatient({ name: 'Ben Okri' }), { javaScript, width })

    await goesToPay(ada, time)
    await db.appointment.updateMany({ where: { status: 'HELD' }, data: { holdExpiresAt: new Date(Date.now() - 1000) } })
    await goesToPay(ben, time)
    await pays(ben)
    expect(await ben.heading()).toContain(`at ${time}`)
    await ben.sees('Paid')

    await pays(ada)
    await ada.sees(/time .*(gone|taken)/i, /sending .* back|on its way/i)
    await minutesLater(1)
    await ada.opens(paths.booking.payments.index())
    await ada.sees('Refunded')
    expect(await db.appointment.count({ where: { status: 'BOOKED' } })).toBe(1)
  })
})
