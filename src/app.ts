import compression from 'compression'
import express from 'express'
import { assets } from './assets.ts'
import { config } from './config.ts'
import { paymentGateway } from './gateways/payments.ts'
import { measured } from './metrics.ts'
import { body } from './middleware/body.ts'
import { context } from './middleware/context.ts'
import { csrf } from './middleware/csrf.ts'
import { errorHandler } from './middleware/error-handler.ts'
import { locals } from './middleware/locals.ts'
import { logging } from './middleware/logging.ts'
import { maintenance } from './middleware/maintenance.ts'
import { notFound } from './middleware/not-found.ts'
import { notices } from './middleware/notices.ts'
import { signedIn } from './middleware/passport.ts'
import { requireRole } from './middleware/require-role.ts'
import { security } from './middleware/security.ts'
import { session } from './middleware/session.ts'
import { testGatewayKey } from './middleware/test-gateway-key.ts'
import { pictureUpload, upload } from './middleware/upload.ts'
import { worklist } from './middleware/worklist.ts'
import { paths } from './paths.ts'
import { admin } from './routes/admin.ts'
import { auth, teamDoor } from './routes/auth.ts'
import { booking, finding } from './routes/booking.ts'
import { calendar } from './routes/calendars.ts'
import { callback } from './routes/callbacks.ts'
import { doctor } from './routes/doctor.ts'
import { money } from './routes/money.ts'
import { setUp } from './routes/set-up.ts'
import { front, health } from './routes/system.ts'
import { testGateway, testGatewayApi } from './routes/test-gateway.ts'
import { oneClick, unsubscribing } from './routes/unsubscriptions.ts'
import { visitLinks } from './routes/visits.ts'

const payingAt = () => paymentGateway()?.origin

/** Everything a request meets, in the order it meets it. `secret` signs the session cookie. */
export function createApp(secret: string) {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxyHops)
  app.set('query parser', 'simple')

  app.use(logging, measured, security(payingAt))
  app.use('/health', health)
  app.use('/callbacks', context, callback)
  app.use('/unsubscriptions', context, oneClick)
  if (config.testGateway) app.use('/test-gateway/api', testGatewayKey, context, testGatewayApi)
  app.use(compression({ threshold: 2048 }))
  app.use(assets())
  app.use('/calendars', context, calendar)

  app.use(paths.admin.closures.import(), upload)
  app.use(paths.doctor.photo(), pictureUpload)
  app.use(body)
  app.use(session(secret), signedIn(), context, locals, csrf)
  if (config.testGateway) app.use('/test-gateway', testGateway)
  app.use(maintenance, notices)

  app.use(front)
  app.use('/visits', visitLinks)
  app.use('/unsubscriptions', unsubscribing)
  app.use('/auth', auth)
  app.use('/booking', finding)
  app.use('/booking', requireRole('appointments.book'), booking)
  app.use('/doctor', requireRole('schedule.run'), worklist, doctor)
  app.use('/admin', teamDoor)
  app.use('/admin', requireRole('admin.enter'), worklist, admin, money, setUp)

  app.use(notFound, errorHandler)
  return app
}
