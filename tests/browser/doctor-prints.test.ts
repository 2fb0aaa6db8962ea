import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { hireDoctor, openClinic, registerPatient } from '../support/world.ts'
import { addVisit } from './support/clinic.ts'
import { inDays } from './support/days.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)
const reasons = [
  'Itching rash on both arms since Monday',
  'Mole has changed its shape',
  'Acne, the cream isn’t helping'
]
let meera: Visitor
let date: string

beforeAll(async () => {
  const clinic = await openClinic({ name: 'Harbour Clinic' })
  const doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  const room = await db.room.create({ data: { clinicId: clinic.id, name: 'Room 12' } })
  for (let at = 0; at < 30; at++) {
    const name = at % 3 ? `Oluwaseun Adebayo-Featherstone ${at}` : `Ada Obi ${at}`
    const time = `${String(8 + Math.floor(at / 3)).padStart(2, '0')}:${at % 3}5`
    const patient = await registerPatient({ name })
    const reason = reasons[at % 3] ?? ''
    const { id: appointmentId } = await addVisit({ clinic, doctorId: doctor.id, patient, time, days: 1, reason })
    const owed = {
      appointmentId,
      clinicId: clinic.id,
      method: 'PAY_AT_CLINIC',
      amountMinor: 6000,
      currency: 'GBP'
    } as const
    await db.payment.create({ data: { ...owed, reference: `PAY-${at}` } })
  }
  await db.patient.updateMany({ data: { dateOfBirth: new Date('1980-03-01') } })
  await db.appointment.updateMany({ data: { roomId: room.id } })
  date = inDays(1, clinic.timeZone)
  meera = await signedIn(doctor.user)
})

/** A PDF names each of its pages. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length

const printed = async () => {
  expect(pagesOf(await meera.page.pdf({ format: 'A4', preferCSSPageSize: true }))).toBe(1)
  await meera.page.emulateMedia({ media: 'print' })
}

describe('on paper', () => {
  it('a day of thirty visits has one page, and says all that is needed', async () => {
    await meera.opens(paths.doctor.schedule.index({ date }))
    await printed()
    const first =
      /08:05 Ada Obi 0, \d\d First visit Itching rash on both arms since Monday Room.12 Booked Pay at clinic £60/
    await meera.sees('30 patients', 'Dr Meera Kulkarni', first)
    expect(await meera.text()).not.toContain('Calendar')
  })

  it('a week of as many visits has one, too', async () => {
    await meera.opens(paths.doctor.week({ date }))
    await printed()
    await meera.sees('30 patients', 'Dr Meera Kulkarni', /08:05 Ada Obi 0 Booked/)
  })
})
