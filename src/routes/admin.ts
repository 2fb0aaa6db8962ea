import { Router } from 'express'
import * as analytics from '../controllers/admin/analytics.ts'
import * as appointmentRooms from '../controllers/admin/appointment-rooms.ts'
import * as appointments from '../controllers/admin/appointments.ts'
import * as audit from '../controllers/admin/audit.ts'
import * as cancellations from '../controllers/admin/cancellations.ts'
import * as clinics from '../controllers/admin/clinics.ts'
import * as closureImports from '../controllers/admin/closure-imports.ts'
import * as closurePreviews from '../controllers/admin/closure-previews.ts'
import * as closureRemovals from '../controllers/admin/closure-removals.ts'
import * as closures from '../controllers/admin/closures.ts'
import * as deactivations from '../controllers/admin/deactivations.ts'
import * as doctorExports from '../controllers/admin/doctor-exports.ts'
import * as doctors from '../controllers/admin/doctors.ts'
import * as erasures from '../controllers/admin/erasures.ts'
import * as invitations from '../controllers/admin/invitations.ts'
import * as manage from '../controllers/admin/manage.ts'
import * as offers from '../controllers/admin/offers.ts'
import * as overbookings from '../controllers/admin/overbookings.ts'
import * as overview from '../controllers/admin/overview.ts'
import * as patients from '../controllers/admin/patients.ts'
import * as phoneBookings from '../controllers/admin/phone-bookings.ts'
import * as reassignments from '../controllers/admin/reassignments.ts'
import * as removals from '../controllers/admin/removals.ts'
import * as resets from '../controllers/admin/resets.ts'
import * as roomUsage from '../controllers/admin/room-usage.ts'
import * as rooms from '../controllers/admin/rooms.ts'
import * as settings from '../controllers/admin/settings.ts'
import * as specializations from '../controllers/admin/specializations.ts'
import * as symptoms from '../controllers/admin/symptoms.ts'
import * as timetables from '../controllers/admin/timetables.ts'
import * as userDeactivations from '../controllers/admin/user-deactivations.ts'
import * as userSessions from '../controllers/admin/user-sessions.ts'
import * as users from '../controllers/admin/users.ts'
import * as conflicts from '../controllers/team/conflicts.ts'
import * as rejections from '../controllers/team/rejections.ts'
import * as reschedules from '../controllers/team/reschedules.ts'
import * as slotChanges from '../controllers/team/slot-changes.ts'
import * as steps from '../controllers/team/steps.ts'
import * as timeOff from '../controllers/team/time-off.ts'
import * as timeOffPreviews from '../controllers/team/time-off-previews.ts'
import * as timeOffRemovals from '../controllers/team/time-off-removals.ts'
import * as timeslots from '../controllers/team/timeslots.ts'
import * as workingHours from '../controllers/team/working-hours.ts'
import * as hoursPreviews from '../controllers/team/working-hours-previews.ts'
import * as hoursRemovals from '../controllers/team/working-hours-removals.ts'
import { requireRole } from '../middleware/require-role.ts'

const readAnalytics = requireRole('analytics.read')
const listAppointments = requireRole('appointments.list')
const runAppointments = requireRole('appointments.run')
const cancelAppointments = requireRole('appointments.cancel')
const moveAppointments = requireRole('appointments.move')
const bookForPatients = requireRole('appointments.book-for-patients')
const overbook = requireRole('appointments.overbook')
const managePatients = requireRole('patients.manage')
const erasePatients = requireRole('patients.erase')
const assignRooms = requireRole('rooms.assign')
const manageAvailability = requireRole('availability.manage')
const manageClosures = requireRole('closures.manage')
const readClinics = requireRole('clinics.read')
const manageClinics = requireRole('clinics.manage')
const readDoctors = requireRole('doctors.read')
const manageDoctors = requireRole('doctors.manage')
const readRooms = requireRole('rooms.read')
const manageRooms = requireRole('rooms.manage')
const manageCatalogue = requireRole('catalogue.manage')
const manageUsers = requireRole('users.manage')
const manageSettings = requireRole('settings.manage')
const readAudit = requireRole('audit.read')

/** The front desk and the administrators; the mount has asked for `admin.enter` already. */
export const admin = Router()
  .get('/', overview.show)
  .get('/manage', manage.index)

  .get('/analytics', readAnalytics, analytics.show)
  .get('/analytics/analytics.csv', readAnalytics, analytics.csv)
  .get('/analytics/analytics.pdf', readAnalytics, analytics.pdf)

  .get('/audit', readAudit, audit.index)
  .get('/audit/audit.csv', readAudit, audit.csv)
  .get('/audit/:id', readAudit, audit.show)

  .get('/appointments', listAppointments, appointments.index)
  .get('/appointments/appointments.csv', listAppointments, appointments.csv)
  .get('/appointments/new', bookForPatients, phoneBookings.add)
  .post('/appointments', bookForPatients, phoneBookings.create)
  .get('/appointments/overbooking', overbook, overbookings.add)
  .post('/appointments/overbooking', overbook, overbookings.create)
  .get('/appointments/:id', listAppointments, appointments.show)
  .get('/appointments/:id/booked', bookForPatients, phoneBookings.show)
  .get('/appointments/:id/reassignment', moveAppointments, reassignments.add)
  .post('/appointments/:id/reassignment', moveAppointments, reassignments.create)
  .post('/appointments/:id/confirmation', runAppointments, steps.confirmation)
  .get('/appointments/:id/rejection', runAppointments, rejections.add)
  .post('/appointments/:id/rejection', runAppointments, rejections.create)
  .post('/appointments/:id/arrival', runAppointments, steps.arrival)
  .post('/appointments/:id/arrival/removal', runAppointments, steps.arrivalRemoval)
  .post('/appointments/:id/completion', runAppointments, steps.completion)
  .get('/appointments/:id/no-show', runAppointments, steps.askNoShow)
  .post('/appointments/:id/no-show', runAppointments, steps.noShow)
  .get('/appointments/:id/reschedule', moveAppointments, reschedules.add)
  .post('/appointments/:id/reschedule', moveAppointments, reschedules.create)
  .get('/appointments/:id/cancellation', cancelAppointments, cancellations.add)
  .post('/appointments/:id/cancellation', cancelAppointments, cancellations.create)
  .get('/appointments/:id/room', assignRooms, appointmentRooms.edit)
  .post('/appointments/:id/room', assignRooms, appointmentRooms.update)
  .get('/patients', managePatients, patients.index)
  .get('/patients/patients.csv', managePatients, patients.csv)
  .get('/patients/new', managePatients, patients.add)
  .post('/patients', managePatients, patients.create)
  .get('/patients/:id', managePatients, patients.show)
  .get('/patients/:id/edit', managePatients, patients.edit)
  .post('/patients/:id', managePatients, patients.update)
  .patch('/patients/:id', managePatients, patients.update)
  .get('/patients/:id/erasure', erasePatients, erasures.add('patients'))
  .post('/patients/:id/erasure', erasePatients, erasures.create('patients'))
  .get('/room-usage', readClinics, roomUsage.show)
  .get('/offers', manageAvailability, offers.show)

  .get('/clinics', readClinics, clinics.index)
  .get('/clinics/clinics.csv', readClinics, clinics.csv)
  .get('/clinics/new', manageClinics, clinics.add)
  .post('/clinics', manageClinics, clinics.create)
  .get('/clinics/:id', readClinics, clinics.show)
  .get('/clinics/:id/edit', manageClinics, clinics.edit)
  .post('/clinics/:id', manageClinics, clinics.update)
  .patch('/clinics/:id', manageClinics, clinics.update)
  .get('/clinics/:id/deactivation', manageClinics, deactivations.add('clinics'))
  .post('/clinics/:id/deactivation', manageClinics, deactivations.create('clinics'))
  .post('/clinics/:id/activation', manageClinics, deactivations.remove('clinics'))
  .get('/clinics/:id/removal', manageClinics, removals.add('clinics'))
  .post('/clinics/:id/removal', manageClinics, removals.create('clinics'))

  .get('/rooms', readRooms, rooms.index)
  .get('/rooms/rooms.csv', readRooms, rooms.csv)
  .get('/rooms/new', manageRooms, rooms.add)
  .post('/rooms', manageRooms, rooms.create)
  .get('/rooms/:id', readRooms, rooms.show)
  .get('/rooms/:id/edit', manageRooms, rooms.edit)
  .post('/rooms/:id', manageRooms, rooms.update)
  .patch('/rooms/:id', manageRooms, rooms.update)
  .get('/rooms/:id/deactivation', manageRooms, deactivations.add('rooms'))
  .post('/rooms/:id/deactivation', manageRooms, deactivations.create('rooms'))
  .post('/rooms/:id/activation', manageRooms, deactivations.remove('rooms'))
  .get('/rooms/:id/removal', manageRooms, removals.add('rooms'))
  .post('/rooms/:id/removal', manageRooms, removals.create('rooms'))

  .get('/specializations', manageCatalogue, specializations.index)
  .get('/specializations/specializations.csv', manageCatalogue, specializations.csv)
  .get('/specializations/new', manageCatalogue, specializations.add)
  .post('/specializations', manageCatalogue, specializations.create)
  .get('/specializations/:id', manageCatalogue, specializations.show)
  .get('/specializations/:id/edit', manageCatalogue, specializations.edit)
  .post('/specializations/:id', manageCatalogue, specializations.update)
  .patch('/specializations/:id', manageCatalogue, specializations.update)
  .get('/specializations/:id/deactivation', manageCatalogue, deactivations.add('specializations'))
  .post('/specializations/:id/deactivation', manageCatalogue, deactivations.create('specializations'))
  .post('/specializations/:id/activation', manageCatalogue, deactivations.remove('specializations'))
  .get('/specializations/:id/removal', manageCatalogue, removals.add('specializations'))
  .post('/specializations/:id/removal', manageCatalogue, removals.create('specializations'))

  .get('/symptoms', manageCatalogue, symptoms.index)
  .get('/symptoms/symptoms.csv', manageCatalogue, symptoms.csv)
  .get('/symptoms/new', manageCatalogue, symptoms.add)
  .post('/symptoms', manageCatalogue, symptoms.create)
  .get('/symptoms/:id', manageCatalogue, symptoms.show)
  .get('/symptoms/:id/edit', manageCatalogue, symptoms.edit)
  .post('/symptoms/:id', manageCatalogue, symptoms.update)
  .patch('/symptoms/:id', manageCatalogue, symptoms.update)
  .get('/symptoms/:id/deactivation', manageCatalogue, deactivations.add('symptoms'))
  .post('/symptoms/:id/deactivation', manageCatalogue, deactivations.create('symptoms'))
  .post('/symptoms/:id/activation', manageCatalogue, deactivations.remove('symptoms'))
  .get('/symptoms/:id/removal', manageCatalogue, removals.add('symptoms'))
  .post('/symptoms/:id/removal', manageCatalogue, removals.create('symptoms'))

  .get('/doctors', readDoctors, doctors.index)
  .get('/doctors/doctors.csv', readDoctors, doctorExports.show)
  .get('/doctors/new', manageDoctors, doctors.add)
  .post('/doctors', manageDoctors, doctors.create)
  .get('/doctors/:id', readDoctors, doctors.show)
  .get('/doctors/:id/edit', manageDoctors, doctors.edit)
  .post('/doctors/:id', manageDoctors, doctors.update)
  .patch('/doctors/:id', manageDoctors, doctors.update)
  .get('/doctors/:id/deactivation', manageDoctors, deactivations.add('doctors'))
  .post('/doctors/:id/deactivation', manageDoctors, deactivations.create('doctors'))
  .post('/doctors/:id/activation', manageDoctors, deactivations.remove('doctors'))
  .get('/doctors/:id/removal', manageDoctors, removals.add('doctors'))
  .post('/doctors/:id/removal', manageDoctors, removals.create('doctors'))
  .post('/doctors/:id/invitation', manageDoctors, invitations.createForDoctor)

  .get('/timetable', listAppointments, timetables.show)
  .get('/timeslots', manageAvailability, timeslots.index)
  .get('/timeslots/timeslots.csv', manageAvailability, timeslots.csv)
  .get('/timeslots/new', manageAvailability, timeslots.add)
  .post('/timeslots', manageAvailability, timeslots.create)
  .post('/timeslots/:id/block', manageAvailability, slotChanges.block)
  .post('/timeslots/:id/opening', manageAvailability, slotChanges.opening)
  .get('/timeslots/:id/removal', manageAvailability, slotChanges.askRemoval)
  .post('/timeslots/:id/removal', manageAvailability, slotChanges.removal)

  .get('/working-hours', manageAvailability, workingHours.index)
  .get('/working-hours/new', manageAvailability, workingHours.add)
  .post('/working-hours/preview', manageAvailability, hoursPreviews.create)
  .post('/working-hours', manageAvailability, workingHours.create)
  .get('/working-hours/:id/edit', manageAvailability, workingHours.edit)
  .post('/working-hours/:id', manageAvailability, workingHours.update)
  .get('/working-hours/:id/removal', manageAvailability, hoursRemovals.add)
  .post('/working-hours/:id/removal', manageAvailability, hoursRemovals.create)

  .get('/users', manageUsers, users.index)
  .get('/users/users.csv', manageUsers, users.csv)
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
  .post('/users/:id/reset', manageUsers, resets.create)
  .post('/users/:id/sessions/removal', manageUsers, userSessions.remove)
  .get('/users/:id/erasure', manageUsers, erasures.add('users'))
  .post('/users/:id/erasure', manageUsers, erasures.create('users'))

  .get('/settings', manageSettings, settings.edit)
  .post('/settings', manageSettings, settings.update)
  .patch('/settings', manageSettings, settings.update)

  .get('/conflicts', moveAppointments, conflicts.index)
  .get('/time-off', manageAvailability, timeOff.index)
  .get('/time-off/new', manageAvailability, timeOff.add)
  .post('/time-off/preview', manageAvailability, timeOffPreviews.create)
  .post('/time-off', manageAvailability, timeOff.create)
  .get('/time-off/:id/removal', manageAvailability, timeOffRemovals.add)
  .post('/time-off/:id/removal', manageAvailability, timeOffRemovals.create)

  .get('/closures', manageClosures, closures.index)
  .get('/closures/closures.csv', manageClosures, closures.csv)
  .get('/closures/new', manageClosures, closures.add)
  .post('/closures/preview', manageClosures, closurePreviews.create)
  .post('/closures', manageClosures, closures.create)
  .get('/closures/import', manageClosures, closureImports.add)
  .post('/closures/import', manageClosures, closureImports.create)
  .get('/closures/:id/removal', manageClosures, closureRemovals.add)
  .post('/closures/:id/removal', manageClosures, closureRemovals.create)
