import { type Request, Router } from 'express'
import * as account from '../controllers/auth/account.ts'
import * as login from '../controllers/auth/login.ts'
import * as logout from '../controllers/auth/logout.ts'
import * as password from '../controllers/auth/password.ts'
import * as register from '../controllers/auth/register.ts'
import * as resets from '../controllers/auth/resets.ts'
import * as session from '../controllers/auth/session.ts'
import * as sessions from '../controllers/auth/sessions.ts'
import { requireSignIn } from '../middleware/passport.ts'
import { byAccount, byAddress, byEmail, limit } from '../middleware/rate-limit.ts'

const hasCode = ({ query, body }: Request) => Boolean(query.invitation || query.code || body?.invitation || body?.code)

const guessing = [
  limit({ name: 'sign-in-account', minutes: 15, most: 10, by: byEmail, onlyFailures: true }),
  limit({ name: 'sign-in-address', minutes: 15, most: 50, by: byAddress, onlyFailures: true })
]
const codes = limit({ name: 'invitation', minutes: 60, most: 20, by: byAddress, when: hasCode })
const registrations = limit({ name: 'registration', minutes: 60, most: 20, by: byAddress })
const passwords = limit({ name: 'password', minutes: 15, most: 10, by: byAccount })

/** Accounts: everybody's own. */
export const auth = Router()
  .get('/register', codes, register.add('patients'))
  .post('/register', registrations, codes, register.create('patients'))
  .get('/login', login.add('patients'))
  .post('/login', guessing, login.create('patients'))
  .get('/reset', codes, resets.add)
  .post('/reset', codes, resets.create)
  .post('/logout', logout.create)
  .get('/session', session.show)

  .get('/account', requireSignIn, account.edit)
  .post('/account', requireSignIn, account.update)
  .get('/account/password', requireSignIn, password.edit)
  .post('/account/password', requireSignIn, passwords, password.update)
  .get('/sessions', requireSignIn, sessions.index)
  .post('/sessions/:id/removal', requireSignIn, sessions.remove)

/** The team's own door: under /admin, and open to guests. */
export const teamDoor = Router()
  .get('/login', login.add('team'))
  .post('/login', guessing, login.create('team'))
  .get('/register', codes, register.add('team'))
  .post('/register', registrations, codes, register.create('team'))
