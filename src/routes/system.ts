import { Router } from 'express'
import { config } from '../config.ts'
import * as notices from '../controllers/auth/notices.ts'
import * as readings from '../controllers/auth/readings.ts'
import * as components from '../controllers/system/components.ts'
import * as healths from '../controllers/system/health.ts'
import * as home from '../controllers/system/home.ts'
import * as live from '../controllers/system/live.ts'
import * as mails from '../controllers/system/mails.ts'
import { requireRole } from '../middleware/require-role.ts'
import { paths } from '../paths.ts'

/** Asked by machines: no session, no page. */
export const health = Router().get('/live', healths.live).get('/ready', healths.ready)

const reading = requireRole('notices.read')

export const front = Router()
  .get(paths.home(), home.index)
  .get(paths.live(), requireRole('live.follow'), live.index)
  .get(paths.notices.index(), reading, notices.index)
  .post(paths.notices.readings(), reading, readings.create)
  .post(paths.notices.reading(':id'), reading, notices.update)
if (!config.production)
  front
    .get(paths.dev.components(), components.index)
    .get(paths.dev.mail.index(), mails.index)
    .get(paths.dev.mail.show(':id'), mails.show)
    .get(paths.dev.mail.html(':id'), mails.html)
