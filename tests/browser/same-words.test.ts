import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { pathIn, type Town, town, type Who } from '../support/town.ts'

/** What the browser says of a form sent empty is what the server says: all of it, in the same words and order. */

const app = serveApp()
const { visitor } = openBrowser(app)
let place: Town

beforeAll(async () => {
  place = await town()
})

const forms: [who: Who, path: string, button: string][] = [
  ['guest', paths.auth.login(), 'Sign in'],
  ['guest', paths.auth.register(), 'Create account'],
  ['guest', paths.admin.login(), 'Sign in'],
  ['guest', paths.admin.register(), 'Accept invitation'],
  ['patient', paths.auth.account(), 'Save changes'],
  ['patient', paths.auth.password(), 'Change password'],
  ['patient', paths.booking.patients.add(), 'Add person'],
  ['patient', '/booking/patients/:id/edit', 'Save changes'],
  ['patient', '/booking/doctors/:id/timeslots', 'Hold this time'],
  ['patient', '/booking/appointments/:id/reschedule', 'Move to this time'],
  ['doctor', '/doctor/appointments/:id/rejection', 'Turn the booking down'],
  ['doctor', '/doctor/appointments/:id/cancellation', 'Cancel the appointment'],
  ['doctor', '/doctor/appointments/:id/reschedule', 'Move to this time'],
  ['doctor', '/doctor/appointments/:id/notes', 'Save the note'],
  ['doctor', paths.doctor.timeslots.add(), 'Add time slots'],
  ['doctor', paths.doctor.workingHours.add(), 'Check before saving'],
  ['admin', '/admin/appointments/:id/cancellation', 'Cancel the appointment'],
  ['admin', paths.admin.clinics.add(), 'Open a clinic'],
  ['admin', paths.admin.doctors.add(), 'Add and make the invitation'],
  ['admin', '/admin/doctors/:id/edit', 'Save changes'],
  ['admin', paths.admin.users.add(), 'Add and make the invitation']
]

const people = new Map<string, Promise<Visitor>>()

/** One of each, with and without JavaScript: to sign in takes its time. */
function as(who: Who, javaScript: boolean) {
  const key = `${who} ${javaScript}`
  const known = people.get(key) ?? visitor({ javaScript }).then(made => signIn(made, place.emails[who]))
  people.set(key, known)
  return known
}

const signIn = (made: Visitor, email: string | undefined) => (email ? made.signsIn(email) : made)

async function sendsEmpty(javaScript: boolean, who: Who, path: string, button: string) {
  const person = await as(who, javaScript)
  // Every page is checked elsewhere; here it is what it says of an empty form.
  await person.page.goto(pathIn(place, path))
  await clear(person, button)
  await person.page.locator('main').getByRole('button', { name: button }).click()
  await person.page.locator('[data-error-summary]:not([hidden])').waitFor()
  await person.page.waitForLoadState('load')
  await person.checked()
  return { summary: await person.problems(), fields: await besideTheFields(person) }
}

async function clear({ page }: Visitor, name: string) {
  const form = page
    .locator('main form[method=post]')
    .filter({ has: page.getByRole('button', { name }) })
    .first()
  for (const field of await form.locator('input:visible, textarea').all()) {
    const type = await field.getAttribute('type')
    if (type === 'checkbox') await field.uncheck()
    else if (type !== 'radio') await field.fill('')
  }
}

/** Rules about several fields at once: the browser doesn't know them. */
const acrossFields = ['Enter from when to when, or single times', 'Choose at least one clinic for the front desk']

const besideTheFields = async ({ page }: Visitor) => {
  const said = await page.locator('[id^=field-][id$=-error]:visible').allInnerTexts()
  return said.map(words => words.replace(/^Error:\s*/, ''))
}

describe('a form sent empty', () => {
  it.each(forms)('%s %s', async (who, path, button) => {
    const server = await sendsEmpty(false, who, path, button)
    expect(server.summary).not.toEqual([])
    expect(server.fields).toEqual(server.summary)
    const said = server.summary.filter(words => !acrossFields.includes(words))
    expect(await sendsEmpty(true, who, path, button)).toEqual({ summary: said, fields: said })
  })
})
