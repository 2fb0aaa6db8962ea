import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { isSweep } from '../support/sweep.ts'
import { addSlots, hireDoctor, password } from '../support/world.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from './support/clinic.ts'
import { keyboardOf } from './support/keyboard.ts'

const app = serveApp()
const { visitor, signedIn } = openBrowser(app)
let clinic: Awaited<ReturnType<typeof openClinicByDay>>

beforeAll(async () => {
  clinic = await openClinicByDay('Riverside Clinic')
  const meera = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  await addSlots(meera.id, clinic, 12)
})

describe.each(isSweep ? [390, 1280] : [1280])('with the keyboard alone, %d px wide', width => {
  it('a guest registers, books and cancels', async () => {
    const ada = await visitor({ width })
    const keys = keyboardOf(ada)

    await ada.opens(paths.home())
    await keys.tabsTo('Skip to the main content')
    await keys.presses('Enter')
    await keys.tabsTo('Doctor or specialty')
    await keys.types('dermatology')
    await keys.takes('Find times')
    await keys.takes('All times with Dr Meera Kulkarni')
    await keys.tabsTo('09:00')
    await keys.presses('ArrowRight')
    await keys.takes('Continue with 09:20')

    await keys.takes('Create an account')
    await keys.fills({ 'Full name': 'Ada Obi', 'E-mail address': `ada-${width}@docket.example`, Password: password })
    await keys.takes('Create account')
    await keys.takes('Hold ')
    await keys.tabsTo('Reason for your visit')
    await keys.types('An itching rash')
    await keys.takes('Continue')
    await keys.tabsTo('UPI')
    await keys.presses('ArrowUp')
    await keys.takes('Book this time')
    await ada.sees('Booked. The time is yours.')

    await keys.takes('Cancel')
    await keys.tabsTo('Why are you cancelling?')
    await keys.types('Better now')
    await keys.takes('Cancel the appointment')
    await ada.sees('Cancelled. The time is free again.')
  })

  it('the error summary takes the focus, and its links lead to the fields', async () => {
    const ben = await visitor({ width })
    const keys = keyboardOf(ben)

    await ben.opens(paths.auth.register())
    await keys.tabsTo('Create account')
    await keys.presses('Enter')
    await ben.checked()
    expect((await keys.focused()).name).toContain('There is a problem')
    for (const [problem, field] of [
      ['Enter a full name', 'Full name'],
      ['Enter an e-mail address', 'E-mail address'],
      ['Choose a password', 'Password']
    ] as const) {
      await keys.tabsTo(problem)
      await keys.presses('Enter')
      expect(await keys.focused()).toMatchObject({ name: field, problems: [] })
      await keys.tabsTo(problem, { backwards: true })
    }
  })

  it('a doctor checks somebody in', async () => {
    const { user, id } = await hireDoctor(clinic.id)
    const time = clockIn(clinic.timeZone, 20)
    await addVisit({ clinic, doctorId: id, patient: await patientNamed('Lena Novak'), time, status: 'CONFIRMED' })
    const meera = await signedIn(user, { width })
    const keys = keyboardOf(meera)

    await meera.opens(paths.doctor.schedule.index())
    await keys.takes('Check in Lena Novak')
    await meera.sees('Checked in.')
    await keys.takes('Complete Lena Novak')
    await meera.sees('Completed.')
  })
})
