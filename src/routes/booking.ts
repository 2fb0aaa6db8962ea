import { Router } from 'express'
import * as abandonments from '../controllers/booking/abandonments.ts'
import * as appointments from '../controllers/booking/appointments.ts'
import * as calendars from '../controllers/booking/calendars.ts'
import * as cancellations from '../controllers/booking/cancellations.ts'
import * as clinics from '../controllers/booking/clinics.ts'
import * as doctors from '../controllers/booking/doctors.ts'
import * as holds from '../controllers/booking/holds.ts'
import * as looks from '../controllers/booking/looks.ts'
import * as patients from '../controllers/booking/patients.ts'
import * as payments from '../controllers/booking/payments.ts'
import * as photos from '../controllers/booking/photos.ts'
import * as receipts from '../controllers/booking/receipts.ts'
import * as releases from '../controllers/booking/releases.ts'
import * as reschedules from '../controllers/booking/reschedules.ts'
import * as returns from '../controllers/booking/returns.ts'
import * as symptoms from '../controllers/booking/symptoms.ts'
import * as timeslots from '../controllers/booking/timeslots.ts'
import * as prescriptions from '../controllers/records/prescriptions.ts'
import * as live from '../controllers/system/live.ts'
import { byAccount, byAddress, limit } from '../middleware/rate-limit.ts'
import { seats } from '../middleware/seats.ts'

const choosing = [
  limit({ name: 'booking-account', minutes: 10, most: 60, by: byAccount }),
  limit({ name: 'booking-address', minutes: 10, most: 600, by: byAddress })
]

/** Each look asks the gateway. */
const looking = limit({ name: 'payment-looks', minutes: 1, most: 40, by: byAccount })

/** Pages with the times of a doctor that are open just now. */
const watching = seats({ perAddress: 20, most: 2000 })

/** Looking for a doctor and a time: open to everyone. */
export const finding = Router()
  .get('/symptoms', symptoms.index)
  .get('/clinics', clinics.index)
  .get('/clinics/:id/doctors', clinics.show)
  .get('/doctors', doctors.index)
  .get('/doctors/:id', doctors.show)
  .get('/doctors/:id/timeslots', timeslots.index)
  .get('/doctors/:id/live', watching, live.show)
  .get('/doctors/:id/photo', photos.show)

/** Everything a patient does with an account. */
export const booking = Router()
  .get('/patients', patients.index)
  .get('/patients/new', patients.add)
  .post('/patients', patients.create)
  .get('/patients/:id/edit', patients.edit)
  .post('/patients/:id', patients.update)
  .post('/patients/:id/removal', patients.remove)
  .get('/patients/:id/looks', looks.index)

  .get('/holds/new', holds.add)
  .post('/holds', choosing, holds.create)
  .get('/holds/:id', holds.show)
  .get('/holds/:id/edit', holds.edit)
  .post('/holds/:id', holds.update)
  .post('/holds/:id/release', releases.create)

  .get('/appointments', appointments.index)
  .post('/appointments', choosing, appointments.create)
  .get('/appointments/:id', appointments.show)
  .patch('/appointments/:id', choosing, appointments.update)
  .get('/appointments/:id/calendar.ics', calendars.show)
  .get('/appointments/:id/reschedule', reschedules.add)
  .post('/appointments/:id/reschedule', choosing, reschedules.create)
  .get('/appointments/:id/cancellation', cancellations.add)
  .post('/appointments/:id/cancellation', cancellations.create)

  .get('/payments', payments.index)
  .get('/payments/:id', payments.show)
  .get('/payments/:id/return', looking, returns.show)
  .post('/payments/:id/abandonment', looking, abandonments.create)
  .get('/payments/:id/receipt.pdf', receipts.show)

  .get('/prescriptions/:id', prescriptions.show)
  .get('/prescriptions/:id/prescription.pdf', prescriptions.file)
