import { type RequestHandler, Router, raw } from 'express'
import * as unsubscriptions from '../controllers/system/unsubscriptions.ts'
import { byAddress, limit } from '../middleware/rate-limit.ts'
import { secretAddress } from '../middleware/visit-link.ts'

/** Large mail providers press the button for everybody, from few addresses. */
const most = limit({ name: 'unsubscriptions', minutes: 1, most: 600, by: byAddress })
/** Mail programs send a form, or the same in parts. */
const bytes: RequestHandler = raw({ type: () => true, limit: '10kb' })

/** No more reminders, by the link in one: asked by mail programs too, with no session; the link says whose. */
export const oneClick = Router().post('/:token', secretAddress, most, bytes, unsubscriptions.create)

/** The page with the button. */
export const unsubscribing = Router().get('/:token', secretAddress, most, unsubscriptions.show)
