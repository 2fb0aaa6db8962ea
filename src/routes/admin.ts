import { Router } from 'express'
import * as appointments from '../controllers/admin/appointments.ts'
import * as cancellations from '../controllers/admin/cancellations.ts'
import * as clinicDeactivations from '../controllers/admin/clinic-deactivations.ts'
import * as clinics from '../controllers/admin/clinics.ts'
import * as closureImports from '../controllers/admin/closure-imports.ts'
import * as closurePreviews from '../controllers/admin/closure-previews.ts'
import * as closureRemovals from '../controllers/admin/closure-removals.ts'
import * as closures from '../controllers/admin/closures.ts'
import * as doctorDeactivations from '../controllers/admin/doctor-deactivations.ts'
import * as doctors from '../controllers/admin/doctors.ts'
import * as invitations from '../controllers/admin/invitations.ts'
import * as manage from '../controllers/admin/manage.ts'
import * as offers from '../controllers/admin/offers.ts'
import * as overview from '../controllers/admin/overview.ts'
import * as roomUsage from '../controllers/admin/room-usage.ts'
import * as rooms from '../controllers/admin/rooms.ts'
import * as userDeactivations from '../controllers/admin/user-deactivations.ts'
import * as users from '../controllers/admin/users.ts'
import * as conflicts from '../controllers/team/conflicts.ts'
import * as reschedules from '../controllers/team/reschedules.ts'
import * as timeOff from '../controllers/team/time-off.ts'
import * as timeOffPreviews from '../controllers/team/time-off-previews.ts'
import * as timeOffRemovals from '../controllers/team/time-off-removals.ts'
import * as workingHours from '../controllers/team/working-hours.ts'
import * as hoursPreviews from '../controllers/team/working-hours-previews.ts'
import * as hoursRemovals from '../controllers/team/working-hours-removals.ts'
import { requireRole } from '../middleware/require-role.ts'

const listAppointments = requireRole('appointments.list')
const cancelAppointments = requireRole('appointments.cancel')
const moveAppointments = requireRole('appointments.move')
const assignRooms = requireRole('rooms.assign')
const manageAvailability = requireRole('availability.manage')
const manageClosures = requireRole('closures.manage')
const readClinics = requireRole('clinics.read')
const manageClinics = requireRole('clinics.manage')
const readDoctors = requireRole('doctors.read')
const manageDoctors = requireRole('doctors.manage')
const manageUsers = requireRole('users.manage')

/** The front desk and the administrators; the mount has asked for `admin.enter` already. */
export const admin = Router()
  .get('/', overview.show)
  .get('/manage', manage.index)

  .get('/appointments', listAppointments, appointments.index)
  .get('/appointments/appointments.csv', listAppointments, appointments.csv)
  .get('/appointments/:id', listAppointments, appointments.show)
  .get('/appointments/:id/reschedule', moveAppointments, reschedules.add)
  .post('/appointments/:id/reschedule', moveAppointments, reschedules.create)
  .get('/appointments/:id/cancellation', cancelAppointments, cancellations.add)
  .post('/appointments/:id/cancellation', cancelAppointments, cancellations.create)
  .get('/appointments/:id/room', assignRooms, rooms.edit)
  .post('/appointments/:id/room', assignRooms, rooms.update)
  .get('/room-usage', readClinics, roomUsage.show)
  .get('/offers', manageAvailability, offers.show)

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

  .get('/working-hours', manageAvailability, workingHours.index)
  .get('/working-hours/new', manageAvailability, workingHours.add)
  .post('/working-hours/preview', manageAvailability, hoursPreviews.create)
  .post('/working-hours', manageAvailability, workingHours.create)
  .get('/working-hours/:id/edit', manageAvailability, workingHours.edit)
  .post('/working-hours/:id', manageAvailability, workingHours.update)
  .get('/working-hours/:id/removal', manageAvailability, hoursRemovals.add)
  .post('/working-hours/:id/removal', manageAvailability, hoursRemovals.create)

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

  .get('/conflicts', moveAppointments, conflicts.index)
  .get('/time-off', manageAvailability, timeOff.index)
  .get('/time-off/new', manageAvailability, timeOff.add)
  .post('/time-off/preview', manageAvailability, timeOffPreviews.create)
  .post('/time-off', manageAvailability, timeOff.create)
  .get('/time-off/:id/removal', manageAvailability, timeOffRemovals.add)
  .post('/time-off/:id/removal', manageAvailability, timeOffRemovals.create)

  .get('/closures', manageClosures, closures.index)
  .get('/closures/new', manageClosures, closures.add)
  .post('/closures/preview', manageClosures, closurePreviews.create)
  .post('/closures', manageClosures, closures.create)
  .get('/closures/import', manageClosures, closureImports.add)
  .post('/closures/import', manageClosures, closureImports.create)
  .get('/closures/:id/removal', manageClosures, closureRemovals.add)
  .post('/closures/:id/removal', manageClosures, closureRemovals.create)
