import { Router } from 'express'
import * as appointments from '../controllers/doctor/appointments.ts'
import * as cancellations from '../controllers/doctor/cancellations.ts'
import * as schedules from '../controllers/doctor/schedules.ts'
import * as slotChanges from '../controllers/doctor/slot-changes.ts'
import * as steps from '../controllers/doctor/steps.ts'
import * as timeslots from '../controllers/doctor/timeslots.ts'

/** Everything a doctor does. */
export const doctor = Router()
  .get('/schedule', schedules.index)

  .get('/appointments/:id', appointments.show)
  .post('/appointments/:id/confirmation', steps.confirmation)
  .post('/appointments/:id/arrival', steps.arrival)
  .post('/appointments/:id/completion', steps.completion)
  .get('/appointments/:id/no-show', steps.askNoShow)
  .post('/appointments/:id/no-show', steps.noShow)
  .get('/appointments/:id/cancellation', cancellations.add)
  .post('/appointments/:id/cancellation', cancellations.create)

  .get('/timeslots', timeslots.index)
  .get('/timeslots/new', timeslots.add)
  .post('/timeslots', timeslots.create)
  .post('/timeslots/:id/block', slotChanges.block)
  .post('/timeslots/:id/opening', slotChanges.opening)
  .get('/timeslots/:id/removal', slotChanges.askRemoval)
  .post('/timeslots/:id/removal', slotChanges.removal)
