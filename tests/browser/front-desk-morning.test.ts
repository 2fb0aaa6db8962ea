import { describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { addSlot, addUser, hireDoctor } from '../support/world.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from './support/clinic.ts'
import { inDays } from './support/days.ts'
import { oneWay } from './support/ways.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)

/** Today with five patients of Dr Kulkarni, and tomorrow with one in the afternoon and room in the morning. */
async function morning(name: string) {
  const clinic = await openClinicByDay(name)
  const meera = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  const tunde = await hireDoctor(clinic.id, { name: 'Dr Tunde Okafor' })
  const at = (minutes: number) => clockIn(clinic.timeZone, minutes)
  const book = async (patient: string, time: string, days = 0) =>
    addVisit({ clinic, doctorId: meera.id, patient: await patientNamed(patient), time, days, status: 'CONFIRMED' })
  await book('Nell Quist', at(-20))
  const minutes = { 'Ada Obi': 10, 'Ben Okri': 20, 'Lena Novak': 30, 'Yusuf Demir': 40 }
  for (const [patient, from] of Object.entries(minutes)) {
    const { id: appointmentId } = await book(patient, at(from))
    const owed = { appointmentId, clinicId: clinic.id, amountMinor: 6000, currency: 'GBP' }
    await db.payment.create({
      data: { ...owed, reference: `PAY-${appointmentId.slice(-8).toUpperCase()}`, method: 'PAY_AT_CLINIC' }
    })
  }
  await addSlot(tunde.id, clinic, { days: 0, time: at(40), minutes: 10 })
  await addSlot(tunde.id, clinic, { days: 1, time: '09:00' })
  await book('Uma Rao', '14:00', 1)
  for (const time of ['09:00', '09:20']) await addSlot(meera.id, clinic, { days: 1, time })
  const user = await addUser('STAFF', { name: 'Tess Vane' })
  await db.staffClinic.create({ data: { userId: user.id, clinicId: clinic.id } })
  return { clinic, meera, tunde, user }
}

const opensMore = ({ page }: Visitor, name: string) =>
  page.locator('summary:visible', { hasText: `More for ${name}` }).click()

describe.each(oneWay(true))('a morning at the front desk, by somebody who $way', ({ javaScript, width }) => {
  it('goes from the timetable to the timetable', async () => {
    const { clinic, meera, tunde, user } = await morning(`Harbour Clinic ${width}`)
    const tess = await signedIn(user, { javaScript, width })
    await tess.opens(paths.admin.index())
    await tess.follows('Timetable')
    await tess.sees('5 booked of 6', '0 waiting now', 'Nell Quist', 'Dr Tunde Okafor')

    for (const name of ['Ada Obi', 'Ben Okri', 'Lena Novak']) {
      await tess.presses(`Check in ${name}`)
      await tess.sees('Checked in.')
    }
    await tess.sees('3 waiting now')

    await opensMore(tess, 'Ada Obi')
    await tess.follows('Mark as paid Ada Obi')
    await tess.sees('Take £60 from Ada Obi')
    await tess.page.getByLabel('Cash').check()
    await tess.presses('Mark £60 as paid')
    await tess.sees('£60 marked as paid', 'Paid')

    await opensMore(tess, 'Nell Quist')
    await tess.follows('Did not come Nell Quist')
    await tess.presses('Mark as did not come')
    await tess.sees('Marked as did not come.', '1 did not come')

    await opensMore(tess, 'Yusuf Demir')
    await tess.follows('Give to another doctor Yusuf Demir')
    await tess.sees('Give Yusuf Demir to another doctor', 'Dr Tunde Okafor')
    await tess.page.locator('input[name=timeslotId]:enabled').first().check()
    await tess.presses(/^Give to /)
    await tess.sees('Given to the other doctor.', '5 booked of')
    const given = await db.appointment.findFirstOrThrow({
      where: { clinicId: clinic.id, patient: { name: 'Yusuf Demir' } }
    })
    expect(given.doctorId).toBe(tunde.id)

    await tess.follows('Day after')
    await tess.follows(/^Free Book 09:00 with Dr Tunde Okafor/)
    if (await tess.field('Full name').isHidden()) await tess.page.getByText('Add somebody new').click()
    await tess.fills({ 'Full name': 'Ngozi Bello', 'Phone number': '0117 496 0123', 'Date of birth': '4 3 1984' })
    await tess.presses('Add and go on')
    await tess.presses(/^Book /)
    await tess.sees('Read this out', 'Ngozi Bello')

    await tess.opens(paths.admin.timetable({ date: inDays(1, clinic.timeZone) }))
    await tess.sees('Ngozi Bello')
    await tess.follows('Block hours Dr Meera Kulkarni')
    for (const [label, time] of [
      ['From', '13:00'],
      ['To', '17:00']
    ] as const)
      await tess.page.getByLabel(label, { exact: true }).last().fill(time)
    await tess.presses('Show who is booked then')
    await tess.sees('1 patient is booked then', 'Uma Rao')
    await tess.presses('Block these hours')
    await tess.sees('Uma Rao', 'is away')
    await tess.presses(/^Move Uma Rao to .* 09:20/)
    await tess.sees('Uma Rao is moved to', 'Nobody is left to move')

    await tess.opens(paths.admin.timetable({ doctorId: meera.id, date: inDays(1, clinic.timeZone) }))
    await tess.sees('Uma Rao', 'Doctor away')
  })
})
