import type { RequestHandler } from 'express'
import passport from 'passport'
import { Strategy } from 'passport-local'
import type { Actor } from '../context.ts'
import { NotSignedIn } from '../errors.ts'
import { checkPassword } from '../services/people/check-password.ts'
import { accountFor } from '../services/people/queries.ts'

declare global {
  namespace Express {
    interface User extends Actor {}
  }
}

passport.use(
  new Strategy({ usernameField: 'email' }, (email, password, done) => {
    checkPassword(email.trim(), password).then(
      account => done(null, account ?? false),
      error => done(error)
    )
  })
)

passport.serializeUser((user, done) => done(null, user.id))

// Read on every request, so that a changed role or a disabled account counts at once.
passport.deserializeUser((id: string, done) => {
  accountFor(id).then(
    account => done(null, account ?? false),
    error => done(error)
  )
})

/** Who is signed in: `req.user`. */
export const signedIn = () => passport.session()

/** The gate of pages that belong to whoever is signed in. */
export const requireSignIn: RequestHandler = (req, _res, next) => {
  if (!req.user) throw new NotSignedIn()
  next()
}
