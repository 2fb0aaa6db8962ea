import { describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { hireDoctor } from '../support/world.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from './support/clinic.ts'
import { eachWay } from './support/ways.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)

async function fullDay(width: number) {
  const clinic = await openClinicByDay(`Harbour Clinic ${width}`)
  const doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  const [before, next, last] = [-20, 40, 80].map(minutes => clockIn(clinic.timeZone, minutes)) as [
    string,
    string,
    string
  ]
  const book = async (name: string, time: string, reason?: string) =>
    addVisit({ clinic, doctorId: doctor.id, patient: await patientNamed(name), time, reason })
  await book('Yusuf Demir', before)
  await book('Ada Obi', next, 'An itching rash')
  await book('Lena Novak', last)
  return { user: doctor.user, next }
}

describe.each(eachWay)('a doctor who $way', ({ javaScript, width }) => {
  it('confirms, checks in and completes a visit, marks a no-show and cancels with a reason', async () => {
    const { user, next } = await fullDay(width)
    const meera = await signedIn(user, { javaScript, width })
    const visitOf = async (name: string) => {
      await meera.opens(paths.doctor.schedule.index())
      await meera.follows(name)
    }

    await meera.opens(paths.doctor.schedule.index())
    await meera.sees('3 patients', 'Yusuf Demir', 'Ada Obi', 'Lena Novak')
    await visitOf('Ada Obi')
    await meera.sees('An itching rash', 'First visit')
    await meera.presses(`Confirm Ada Obi at ${next}`)
    await meera.sees('Confirmed.')

    await visitOf('Ada Obi')
    await meera.presses('Check in')
    await meera.sees('Checked in.')
    await meera.presses('Complete')
    await meera.sees('Completed.')

    await visitOf('Yusuf Demir')
    await meera.follows('Did not come')
    await meera.sees('Did Yusuf Demir not come?')
    await meera.presses('Mark as did not come')
    await meera.sees('Marked as did not come.', 'Not taking place')

    await visitOf('Lena Novak')
    await meera.follows('Cancel')
    await meera.fills({ 'Why do you cancel?': 'I am ill today' })
    await meera.presses('Cancel the appointment')
    await meera.sees('Cancelled. The time is free again.', '1 patient')
    await visitOf('Lena Novak')
    await meera.sees('I am ill today', 'There is nothing left to do here.')
    expect(await meera.page.getByRole('button', { name: /^(Confirm|Check in|Complete)/ }).count()).toBe(0)
  })
})
