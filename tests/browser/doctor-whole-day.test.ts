import { expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { addSlot, hireDoctor, password } from '../support/world.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from './support/clinic.ts'
import { inDays } from './support/days.ts'
import { keyboardOf } from './support/keyboard.ts'

const app = serveApp()
const { visitor } = openBrowser(app)

async function fullDay() {
  const clinic = await openClinicByDay('Harbour Clinic')
  const doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  const at = (minutes: number) => clockIn(clinic.timeZone, minutes)
  const book = async (name: string, minutes: number, status: 'BOOKED' | 'CONFIRMED' = 'BOOKED') =>
    addVisit({ clinic, doctorId: doctor.id, patient: await patientNamed(name), time: at(minutes), status })
  await book('Yusuf Demir', -20)
  await book('Ada Obi', 20)
  await book('Lena Novak', 40)
  await book('Uma Rao', 60, 'CONFIRMED')
  await book('Zoe Hart', 80, 'CONFIRMED')
  await addSlot(doctor.id, clinic, { days: 0, time: at(100), minutes: 10 })
  return { clinic, doctor, at }
}

it('a doctor runs the whole day with the keyboard alone and without JavaScript', async () => {
  const { clinic, doctor, at } = await fullDay()
  const [freed, free] = [at(40), at(100)]
  const meera = await visitor({ javaScript: false })
  const keys = keyboardOf(meera)

  await meera.opens(paths.admin.login())
  await keys.fills({ 'E-mail address': doctor.user.email, Password: password })
  await keys.takes('Sign in')
  await meera.sees('5 patients', 'Next', 'Ada Obi')

  await keys.takes('Confirm Ada Obi')
  await meera.sees('Confirmed.')
  await keys.takes('Check in Ada Obi')
  await meera.sees('Checked in.', '1 waiting', 'Waiting 0 min', /Next \d\d:\d\d Lena Novak/)
  await keys.takes('Complete Ada Obi')
  await meera.sees('Completed.')

  await keys.takes('Lena Novak')
  await keys.takes('Turn down Lena Novak')
  await meera.sees('Turn this booking down?', 'The patient sees the reason.')
  await keys.tabsTo('Why do you turn it down?')
  await keys.types('Please see your own doctor first')
  await keys.takes('Turn the booking down')
  await meera.sees('Turned down. The time is free again.', 'Not taking place')

  await keys.takes('Yusuf Demir')
  await keys.takes('Did not come')
  await keys.takes('Mark as did not come')
  await meera.sees('Marked as did not come.')

  await keys.takes('Uma Rao')
  await keys.takes('Move Uma Rao')
  await keys.tabsTo(freed)
  await keys.presses('Space')
  await keys.takes('Move to this time')
  await meera.sees('Moved. The new time is booked.', `${freed} Uma Rao`)

  await keys.takes('Zoe Hart')
  await keys.takes('Cancel Zoe Hart')
  await keys.tabsTo('Why are you cancelling?')
  await keys.types('I am ill today')
  await keys.takes('Cancel the appointment')
  await meera.sees('Cancelled. The time is free again.', '2 patients')

  await keys.takes(`Block ${free}`)
  await meera.sees('Blocked. Nobody can book this time.')

  const [year, month, day] = inDays(3, clinic.timeZone).split('-') as [string, string, string]
  await keys.takes('Time slots')
  await keys.takes('Add time slots')
  for (const field of ['First day', 'Last day']) {
    await keys.tabsTo(field)
    await keys.types(`${month}${day}${year}`)
  }
  for (const weekend of ['Sat', 'Sun']) {
    await keys.tabsTo(weekend)
    await keys.presses('Space')
  }
  await keys.tabsTo('Single times')
  await keys.types('09:00, 09:30')
  await keys.takes('Add time slots')
  await meera.sees('2 time slots added.')

  await keys.takes('Today')
  await keys.takes('Week')
  await meera.sees('2 patients', 'Uma Rao Confirmed', 'Ada Obi Completed', '3 not taking place')
  expect(await meera.page.getByRole('link', { name: /^(Print|Calendar)/ }).count()).toBe(0)
  expect(await db.timeSlot.count({ where: { doctorId: doctor.id, isAvailable: false } })).toBe(1)
})
