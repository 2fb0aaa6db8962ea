import { Router } from 'express'
import * as analytics from '../controllers/admin/analytics.ts'
import * as appointmentRooms from '../controllers/admin/appointment-rooms.ts'
import * as appointments from '../controllers/admin/appointments.ts'
import * as cancellations from '../controllers/admin/cancellations.ts'
import * as closureImports from '../controllers/admin/closure-imports.ts'
import * as closurePreviews from '../controllers/admin/closure-previews.ts'
import * as closureRemovals from '../controllers/admin/closure-removals.ts'
import * as closures from '../controllers/admin/closures.ts'
import * as erasures from '../controllers/admin/erasures.ts'
import * as manage from '../controllers/admin/manage.ts'
import * as messages from '../controllers/admin/messages.ts'
import * as offers from '../controllers/admin/offers.ts'
import * as overbookings from '../controllers/admin/overbookings.ts'
import * as overview from '../controllers/admin/overview.ts'
import * as patients from '../controllers/admin/patients.ts'
import * as phoneBookings from '../controllers/admin/phone-bookings.ts'
import * as reassignments from '../controllers/admin/reassignments.ts'
import * as resendings from '../controllers/admin/resendings.ts'
import * as roomUsage from '../controllers/admin/room-usage.ts'
import * as settlements from '../controllers/admin/settlements.ts'
import * as timetables from '../controllers/admin/timetables.ts'
import * as unreached from '../controllers/admin/unreached.ts'
import * as conflicts from '../controllers/team/conflicts.ts'
import * as proposals from '../controllers/team/proposals.ts'
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
const listMessages = requireRole('messages.list')
const managePatients = requireRole('patients.manage')
const erasePatients = requireRole('patients.erase')
const assignRooms = requireRole('rooms.assign')
const manageAvailability = requireRole('availability.manage')
const manageClosures = requireRole('closures.manage')
const readClinics = requireRole('clinics.read')

/** What the front desk and the administrators do from day to day; the mount has asked for `admin.enter` already. */
export const admin = Router()
  .get('/', overview.show)
  .get('/manage', manage.index)

  .get('/analytics', readAnalytics, analytics.show)
  .get('/analytics/analytics.csv', readAnalytics, analytics.csv)
  .get('/analytics/analytics.pdf', readAnalytics, analytics.pdf)

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
  .post('/appointments/:id/proposal', runAppointments, proposals.create)
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
  .get('/messages', listMessages, messages.index)
  .get('/messages/messages.csv', listMessages, messages.csv)
  .get('/messages/:id', listMessages, messages.show)
  .post('/messages/:id/resending', listMessages, resendings.create)
  .post('/messages/:id/settlement', listMessages, settlements.create)
  .get('/unreached', listMessages, unreached.index)
  .get('/room-usage', readClinics, roomUsage.show)
  .get('/offers', manageAvailability, offers.show)

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
