import { Router } from 'express'
import * as cancellations from '../controllers/booking/cancellations.ts'
import * as reschedules from '../controllers/booking/reschedules.ts'
import * as visits from '../controllers/visits/visits.ts'
import { byAddress, limit } from '../middleware/rate-limit.ts'
import { secretAddress, visitLink } from '../middleware/visit-link.ts'

const most = limit({ name: 'visit-links', minutes: 10, most: 300, by: byAddress })
const linked = [secretAddress, most, visitLink]

/** One appointment, to whoever holds the link that was mailed about it: open to guests. */
export const visitLinks = Router()
  .get('/cancelled', secretAddress, most, visits.cancelled)
  .get('/:token', linked, visits.show)
  .get('/:token/reschedule', linked, reschedules.add)
  .post('/:token/reschedule', linked, reschedules.create)
  .get('/:token/cancellation', linked, cancellations.add)
  .post('/:token/cancellation', linked, cancellations.create)
