import { type Request, Router } from 'express'
import * as account from '../controllers/auth/account.ts'
import * as confirmationRequests from '../controllers/auth/confirmation-requests.ts'
import * as confirmations from '../controllers/auth/confirmations.ts'
import * as email from '../controllers/auth/email.ts'
import * as feeds from '../controllers/auth/feeds.ts'
import * as forgotten from '../controllers/auth/forgotten.ts'
import * as login from '../controllers/auth/login.ts'
import * as logout from '../controllers/auth/logout.ts'
import * as messages from '../controllers/auth/messages.ts'
import * as password from '../controllers/auth/password.ts'
import * as register from '../controllers/auth/register.ts'
import * as resets from '../controllers/auth/resets.ts'
import * as session from '../controllers/auth/session.ts'
import * as sessions from '../controllers/auth/sessions.ts'
import { noReferrer } from '../middleware/no-referrer.ts'
import { requireSignIn } from '../middleware/passport.ts'
import { byAccount, byAddress, byEmail, limit } from '../middleware/rate-limit.ts'
import { requireRole } from '../middleware/require-role.ts'

const hasCode = ({ query, body }: Request) => Boolean(query.invitation || query.code || body?.invitation || body?.code)

const guessing = [
  limit({ name: 'sign-in-account', minutes: 15, most: 10, by: byEmail, onlyFailures: true }),
  limit({ name: 'sign-in-address', minutes: 15, most: 50, by: byAddress, onlyFailures: true })
]
const codes = limit({ name: 'invitation', minutes: 60, most: 20, by: byAddress, when: hasCode })
const registrations = limit({ name: 'registration', minutes: 60, most: 20, by: byAddress })
// As many as are mailed: no page says that a mail is on its way when none is.
const forgetting = [
  limit({ name: 'forgotten-address', minutes: 60, most: 20, by: byAddress }),
  limit({ name: 'forgotten-account', minutes: 60, most: 3, by: byEmail })
]
const mailing = limit({ name: 'mail', minutes: 60, most: 2, by: byAccount })
const passwords = limit({ name: 'password', minutes: 15, most: 10, by: byAccount })
const follower = requireRole('calendar.follow')
const told = requireRole('messages.choose')

/** Accounts: everybody's own. */
export const auth = Router()
  .get('/register', codes, noReferrer, register.add('patients'))
  .post('/register', registrations, codes, register.create('patients'))
  .get('/login', login.add('patients'))
  .post('/login', guessing, login.create('patients'))
  .get('/forgotten', forgotten.add)
  .post('/forgotten', forgetting, forgotten.create)
  .get('/reset', codes, noReferrer, resets.add)
  .post('/reset', codes, resets.create)
  .get('/confirmation', codes, noReferrer, confirmations.add)
  .post('/confirmation', codes, confirmations.create)
  .post('/logout', logout.create)
  .get('/session', session.show)

  .get('/account', requireSignIn, account.edit)
  .post('/account', requireSignIn, account.update)
  .get('/account/password', requireSignIn, password.edit)
  .post('/account/password', requireSignIn, passwords, password.update)
  .get('/account/email', requireSignIn, email.edit)
  .post('/account/email', requireSignIn, passwords, email.update)
  .post('/account/confirmation', requireSignIn, mailing, confirmationRequests.create)
  .get('/account/messages', told, messages.edit)
  .post('/account/messages', told, messages.update)
  .patch('/account/messages', told, messages.patch)
  .get('/account/calendar', follower, feeds.show)
  .post('/account/calendar', follower, feeds.create)
  .get('/account/calendar/renewal', follower, feeds.ask('renewal'))
  .get('/account/calendar/removal', follower, feeds.ask('removal'))
  .post('/account/calendar/removal', follower, feeds.remove)
  .get('/sessions', requireSignIn, sessions.index)
  .post('/sessions/:id/removal', requireSignIn, sessions.remove)

/** The team's own door: under /admin, and open to guests. */
export const teamDoor = Router()
  .get('/login', login.add('team'))
  .post('/login', guessing, login.create('team'))
  .get('/register', codes, noReferrer, register.add('team'))
  .post('/register', registrations, codes, register.create('team'))
