import { Router } from 'express'
import * as appointments from '../controllers/doctor/appointments.ts'
import * as cancellations from '../controllers/doctor/cancellations.ts'
import * as notes from '../controllers/doctor/notes.ts'
import * as patients from '../controllers/doctor/patients.ts'
import * as prescriptions from '../controllers/doctor/prescriptions.ts'
import * as profiles from '../controllers/doctor/profiles.ts'
import * as schedules from '../controllers/doctor/schedules.ts'
import * as sharings from '../controllers/doctor/sharings.ts'
import * as weeks from '../controllers/doctor/weeks.ts'
import * as papers from '../controllers/records/prescriptions.ts'
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

const keepRecords = requireRole('records.keep')
const keepProfile = requireRole('profile.keep')

/** Everything a doctor does. */
export const doctor = Router()
  .get('/schedule', schedules.index)
  .get('/week', weeks.index)

  .get('/profile', keepProfile, profiles.edit)
  .post('/profile', keepProfile, profiles.update)
  .patch('/profile', keepProfile, profiles.update)
  .get('/profile/photo', keepProfile, profiles.editPicture)
  .post('/profile/photo', keepProfile, profiles.setPicture)
  .post('/profile/photo/removal', keepProfile, profiles.removePicture)

  .get('/appointments/:id', appointments.show)
  .post('/appointments/:id/proposal', proposals.create)
  .post('/appointments/:id/confirmation', steps.confirmation)
  .get('/appointments/:id/rejection', rejections.add)
  .post('/appointments/:id/rejection', rejections.create)
  .post('/appointments/:id/arrival', steps.arrival)
  .post('/appointments/:id/arrival/removal', steps.arrivalRemoval)
  .post('/appointments/:id/completion', steps.completion)
  .get('/appointments/:id/no-show', steps.askNoShow)
  .post('/appointments/:id/no-show', steps.noShow)
  .get('/appointments/:id/reschedule', reschedules.add)
  .post('/appointments/:id/reschedule', reschedules.create)
  .get('/appointments/:id/cancellation', cancellations.add)
  .post('/appointments/:id/cancellation', cancellations.create)

  .get('/patients/:id', keepRecords, patients.show)
  .post('/patients/:id/history', keepRecords, patients.history)
  .post('/patients/:id/allergies', keepRecords, patients.allergies)
  .get('/appointments/:id/notes', keepRecords, notes.add)
  .post('/appointments/:id/notes', keepRecords, notes.create)
  .post('/notes/:id/sharing', keepRecords, sharings.note)
  .get('/appointments/:id/prescriptions', keepRecords, prescriptions.add)
  .post('/appointments/:id/prescriptions', keepRecords, prescriptions.create)
  .get('/prescriptions/:id', keepRecords, papers.show)
  .get('/prescriptions/:id/prescription.pdf', keepRecords, papers.file)
  .post('/prescriptions/:id/sharing', keepRecords, sharings.prescription)

  .get('/timeslots', timeslots.index)
  .get('/timeslots/timeslots.csv', timeslots.csv)
  .get('/timeslots/new', timeslots.add)
  .post('/timeslots', timeslots.create)
  .post('/timeslots/:id/block', slotChanges.block)
  .post('/timeslots/:id/opening', slotChanges.opening)
  .get('/timeslots/:id/removal', slotChanges.askRemoval)
  .post('/timeslots/:id/removal', slotChanges.removal)

  .get('/working-hours', workingHours.index)
  .get('/working-hours/new', workingHours.add)
  .post('/working-hours/preview', hoursPreviews.create)
  .post('/working-hours', workingHours.create)
  .get('/working-hours/:id/edit', workingHours.edit)
  .post('/working-hours/:id', workingHours.update)
  .get('/working-hours/:id/removal', hoursRemovals.add)
  .post('/working-hours/:id/removal', hoursRemovals.create)

  .get('/conflicts', conflicts.index)
  .get('/time-off', timeOff.index)
  .get('/time-off/new', timeOff.add)
  .post('/time-off/preview', timeOffPreviews.create)
  .post('/time-off', timeOff.create)
  .get('/time-off/:id/removal', timeOffRemovals.add)
  .post('/time-off/:id/removal', timeOffRemovals.create)
