import { it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { payingAtStripe } from '../support/paying-at-stripe.ts'
import { stripeFake } from '../support/stripe-fake.ts'

const app = serveApp()
const fake = stripeFake()
const { holds } = payingAtStripe(app, fake)
const { signedIn } = openBrowser(app)

it('leads to Stripe’s own site and back, which the browser allows there alone', async () => {
  const { user, id } = await holds()
  const ada = await signedIn(user)
  await ada.opens(paths.booking.holds.show(id))
  await ada.chooses('Card')
  await ada.page.getByRole('button', { name: 'Book this time' }).click()
  await ada.page.waitForURL(`${fake.url}/c/pay/*`)

  const [session] = fake.books.sessions
  if (session) fake.books.pays(session)
  await ada.follows('Done')
  await ada.sees('Paid')
})
