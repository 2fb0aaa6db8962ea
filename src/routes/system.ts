import { Router } from 'express'
import { config } from '../config.ts'
import * as components from '../controllers/system/components.ts'
import * as healths from '../controllers/system/health.ts'
import * as home from '../controllers/system/home.ts'
import * as live from '../controllers/system/live.ts'
import * as mails from '../controllers/system/mails.ts'
import { requireRole } from '../middleware/require-role.ts'
import { paths } from '../paths.ts'

/** Asked by machines: no session, no page. */
export const health = Router().get('/live', healths.live).get('/ready', healths.ready)

export const front = Router().get(paths.home(), home.index).get(paths.live(), requireRole('live.follow'), live.index)
if (!config.production)
  front
    .get(paths.dev.components(), components.index)
    .get(paths.dev.mail.index(), mails.index)
    .get(paths.dev.mail.show(':id'), mails.show)
    .get(paths.dev.mail.html(':id'), mails.html)
