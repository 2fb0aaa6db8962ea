import { describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { addUser, password, registerPatient } from '../support/world.ts'
import { inDays } from './support/days.ts'
import { oneWay } from './support/ways.ts'

const app = serveApp()
const { visitor, signedIn } = openBrowser(app)
const timeZone = 'Asia/Kolkata'

async function opensClinic(admin: Visitor, name: string) {
  await admin.opens(paths.admin.index())
  await admin.follows('Manage')
  await admin.follows('Clinics')
  await admin.follows('Open a clinic')
  await admin.fills({
    'Name of the clinic': name,
    Address: '3 Karve Road',
    City: 'Pune',
    'Phone number': '+91 20 5550 0100'
  })
  await admin.fills({ 'E-mail address': 'pune@docket.example', 'Booking window': '30', Rooms: 'Room 1\nRoom 2' })
  await admin.selects('Country', 'India')
  await admin.field('Time zone').selectOption(timeZone)
  await admin.field('Currency').selectOption('INR')
  await admin.presses('Open a clinic')
  await admin.sees('The clinic is open.', 'Room 1, Room 2')
}

/** The link that the administrator would send. */
async function hires(admin: Visitor, clinic: string, name: string, email: string) {
  await admin.follows('Manage')
  await admin.follows('Doctors')
  await admin.follows('Add a doctor')
  await admin.fills({ 'Full name': name, 'E-mail address': email, 'Licence number': email })
  await admin
    .field('Specialization')
    .selectOption({ index: -1 + (await admin.field('Specialization').locator('option').count()) })
  await admin.fills({ 'Another specialization': 'Cardiology', 'Years of experience': '12', 'Consultation fee': '850' })
  await admin.chooses(clinic)
  await admin.presses('Add and make the invitation')
  const link = new URL(await admin.field('Invitation link').inputValue())
  await admin.follows('Done, now the working hours')
  await admin.sees(`Working hours of ${name}`)
  await admin.follows(name)
  await admin.sees('Cardiology')
  return link.pathname + link.search
}

async function joins(doctor: Visitor, link: string) {
  await doctor.opens(link)
  expect(await doctor.heading()).toBe('Accept your invitation')
  await doctor.fills({ Password: password })
  await doctor.presses('Accept invitation')
  await doctor.follows('Time slots')
  await doctor.follows('Add time slots')
  const tomorrow = inDays(1, timeZone)
  await doctor.fills({ 'First day': tomorrow, 'Last day': tomorrow, 'From (': '09:00', 'To (': '10:00' })
  for (const day of ['Sat', 'Sun']) await doctor.chooses(day)
  await doctor.presses('Add time slots')
  await doctor.sees('3 time slots added.')
}

async function books(patient: Visitor, doctor: string) {
  await patient.opens(paths.home())
  await patient.fills({ 'Doctor or specialty': doctor })
  await patient.presses('Find times')
  await patient.follows('All times')
  await patient.chooses('09:20')
  await patient.presses(/^Hold /)
  await patient.presses('Continue')
  await patient.books()
  await patient.sees('Booked. The time is yours.', '₹850', /GMT\+5:30|IST/)
}

describe.each(oneWay(false))('an administrator who $way', ({ javaScript, width }) => {
  it('opens a clinic and hires a doctor, who adds times that a patient books', async () => {
    const clinic = `Karve Road Clinic ${width}`
    const name = `Dr Anil Deshpande ${width}`
    const admin = await signedIn(await addUser('ADMIN', { name: 'Nora Quist' }), { javaScript, width })

    await opensClinic(admin, clinic)
    const link = await hires(admin, clinic, name, `anil-${width}@docket.example`)
    await joins(await visitor({ javaScript, width }), link)
    await books(await signedIn(await registerPatient({ name: 'Ada Obi' }), { javaScript, width }), name)

    await admin.follows('Appointments')
    await admin.sees('Ada Obi', clinic)
  })
})
