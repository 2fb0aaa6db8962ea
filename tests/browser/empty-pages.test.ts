import { describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'
import { problemsInEveryLook } from './support/looks.ts'

/** The first day, when nothing is there yet. */

const app = serveApp()
const { visitor, signedIn } = openBrowser(app)

const { admin, booking, doctor } = paths
const first = {
  guest: [
    paths.home(),
    booking.doctors.index(),
    booking.clinics.index(),
    booking.doctors.index({ q: 'nobody' }),
    booking.symptoms()
  ],
  patient: [booking.appointments.index(), booking.payments.index(), booking.patients.index(), booking.holds.add()],
  admin: [
    admin.index(),
    admin.appointments.index(),
    admin.clinics.index(),
    admin.doctors.index(),
    admin.users.index(),
    admin.roomUsage()
  ],
  staff: [admin.index(), admin.appointments.index(), admin.clinics.index(), admin.doctors.index(), admin.roomUsage()],
  doctor: [doctor.schedule.index(), doctor.week(), doctor.timeslots.index(), doctor.timeslots.add()]
}

async function sweep(person: Awaited<ReturnType<typeof visitor>>, pages: string[]) {
  for (const path of pages) expect(await problemsInEveryLook(person, path), path).toEqual([])
}

describe('before anything is there', () => {
  it('guests are told what will come', async () => sweep(await visitor(), first.guest))

  it('patients are', async () => sweep(await signedIn(await registerPatient()), first.patient))

  it('administrators are', async () => sweep(await signedIn(await addUser('ADMIN')), first.admin))

  it('the front desk is', async () => sweep(await signedIn(await addUser('STAFF')), first.staff))

  it('doctors are, first without a clinic and then without a time slot', async () => {
    await sweep(await signedIn((await hireDoctor([])).user), first.doctor)

    const clinic = await openClinic()
    const doctor = await hireDoctor(clinic.id)
    await sweep(await signedIn(doctor.user), first.doctor)
    await sweep(await visitor(), [booking.doctors.show(doctor.id), booking.doctors.timeslots(doctor.id)])
  })
})
