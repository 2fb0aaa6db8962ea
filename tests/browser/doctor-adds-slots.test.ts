import { describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { hireDoctor } from '../support/world.ts'
import { openClinicByDay } from './support/clinic.ts'
import { inDays } from './support/days.ts'
import { oneWay } from './support/ways.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)

describe.each(oneWay(false))('a doctor who $way', ({ javaScript, width }) => {
  it('adds time slots in bulk, blocks one, opens it and removes it', async () => {
    const clinic = await openClinicByDay(`Harbour Clinic ${width}`)
    const { user } = await hireDoctor(clinic.id)
    const meera = await signedIn(user, { javaScript, width })
    const days = [1, 2].map(ahead => inDays(ahead, clinic.timeZone)) as [string, string]

    await meera.opens(paths.doctor.schedule.index())
    await meera.follows('Time slots')
    await meera.sees('No time slots this week')
    await meera.follows('Add time slots')
    await meera.fills({
      'First day': days[0],
      'Last day': days[1],
      'Minutes each': '30',
      'From (': '09:00',
      'To (': '10:30'
    })
    for (const day of ['Sat', 'Sun']) await meera.chooses(day)
    await meera.presses('Add time slots')
    await meera.sees('6 time slots added.', '09:00', '10:00')

    await meera.follows('Add time slots')
    await meera.fills({ 'First day': days[0], 'Last day': days[0], 'Single times': '09:00, 11:00' })
    for (const day of ['Sat', 'Sun']) await meera.chooses(day)
    await meera.presses('Add time slots')
    await meera.sees('1 time slot added.', '1 was skipped: 1 overlaps another time slot.')

    await meera.presses('Block 11:00')
    await meera.sees('Blocked. Nobody can book this time.')
    await meera.presses('Open 11:00')
    await meera.sees('Open again. Patients can book this time.')
    await meera.follows('Remove 11:00')
    await meera.sees('Remove the time slot at 11:00?')
    await meera.presses('Remove the time slot')
    await meera.sees('Time slot removed.')
    expect(await meera.text()).not.toContain('11:00')
  })
})
