import { Router } from 'express'
import * as appointments from '../controllers/admin/appointments.ts'
import * as cancellations from '../controllers/admin/cancellations.ts'
import * as clinicDeactivations from '../controllers/admin/clinic-deactivations.ts'
import * as clinics from '../controllers/admin/clinics.ts'
import * as doctorDeactivations from '../controllers/admin/doctor-deactivations.ts'
import * as doctors from '../controllers/admin/doctors.ts'
import * as invitations from '../controllers/admin/invitations.ts'
import * as overview from '../controllers/admin/overview.ts'
import * as userDeactivations from '../controllers/admin/user-deactivations.ts'
import * as users from '../controllers/admin/users.ts'
import { requireRole } from '../middleware/require-role.ts'

const listAppointments = requireRole('appointments.list')
const cancelAppointments = requireRole('appointments.cancel')
const readClinics = requireRole('clinics.read')
const manageClinics = requireRole('clinics.manage')
const readDoctors = requireRole('doctors.read')
const manageDoctors = requireRole('doctors.manage')
const manageUsers = requireRole('users.manage')

/** The front desk and the administrators; the mount has asked for `admin.enter` already. */
export const admin = Router()
  .get('/', overview.show)

  .get('/appointments', listAppointments, appointments.index)
  .get('/appointments/:id', listAppointments, appointments.show)
  .get('/appointments/:id/cancellation', cancelAppointments, cancellations.add)
  .post('/appointments/:id/cancellation', cancelAppointments, cancellations.create)

  .get('/clinics', readClinics, clinics.index)
  .get('/clinics/new', manageClinics, clinics.add)
  .post('/clinics', manageClinics, clinics.create)
  .get('/clinics/:id', readClinics, clinics.show)
  .get('/clinics/:id/edit', manageClinics, clinics.edit)
  .post('/clinics/:id', manageClinics, clinics.update)
  .patch('/clinics/:id', manageClinics, clinics.update)
  .get('/clinics/:id/deactivation', manageClinics, clinicDeactivations.add)
  .post('/clinics/:id/deactivation', manageClinics, clinicDeactivations.create)
  .post('/clinics/:id/activation', manageClinics, clinicDeactivations.remove)

  .get('/doctors', readDoctors, doctors.index)
  .get('/doctors/new', manageDoctors, doctors.add)
  .post('/doctors', manageDoctors, doctors.create)
  .get('/doctors/:id', readDoctors, doctors.show)
  .get('/doctors/:id/edit', manageDoctors, doctors.edit)
  .post('/doctors/:id', manageDoctors, doctors.update)
  .patch('/doctors/:id', manageDoctors, doctors.update)
  .get('/doctors/:id/deactivation', manageDoctors, doctorDeactivations.add)
  .post('/doctors/:id/deactivation', manageDoctors, doctorDeactivations.create)
  .post('/doctors/:id/activation', manageDoctors, doctorDeactivations.remove)
  .post('/doctors/:id/invitation', manageDoctors, invitations.createForDoctor)

  .get('/users', manageUsers, users.index)
  .get('/users/new', manageUsers, users.add)
  .post('/users', manageUsers, users.create)
  .get('/users/:id', manageUsers, users.show)
  .get('/users/:id/edit', manageUsers, users.edit)
  .post('/users/:id', manageUsers, users.update)
  .patch('/users/:id', manageUsers, users.update)
  .get('/users/:id/deactivation', manageUsers, userDeactivations.add)
  .post('/users/:id/deactivation', manageUsers, userDeactivations.create)
  .post('/users/:id/activation', manageUsers, userDeactivations.remove)
  .post('/users/:id/invitation', manageUsers, invitations.createForUser)
