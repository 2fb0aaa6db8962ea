import { Router } from 'express'
import * as calendars from '../controllers/system/calendars.ts'
import { byAddress, limit } from '../middleware/rate-limit.ts'

/** A company that keeps the calendars of many asks for all of them from a few addresses. */
const most = limit({ name: 'calendars', minutes: 1, most: 600, by: byAddress })

/** Asked by calendar programs, with no session: the address is the key. */
export const calendar = Router().get('/:token/appointments.ics', most, calendars.show)
