import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { json, type Sent, send, type Visit, visit } from '../support/raw.ts'
import { routes } from '../support/routes.ts'
import { pathIn, people, type Town, town, type Who } from '../support/town.ts'

const app = serveApp()
const visits = {} as Record<Who, Visit>
let place: Town

beforeAll(async () => {
  place = await town()
  for (const who of people) visits[who] = await visit(app.url, place.emails[who])
})

const writes = routes().filter(({ method }) => method !== 'GET')

const withHeaders = (sent: Sent, more: Record<string, string>) => ({ ...sent, headers: { ...sent.headers, ...more } })
const tokenless = (sent: Sent) => withHeaders(sent, { 'X-CSRF-Token': '' })
const asForm = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** The ways to send a change on somebody's behalf. */
const forgeries: Record<string, (sent: Sent, token: string) => Sent> = {
  'without a token': tokenless,
  'with a made-up token': sent => withHeaders(sent, { 'X-CSRF-Token': 'abcdefgh-0123456789012345678901234567' }),
  'with the token of another session': sent => withHeaders(sent, { 'X-CSRF-Token': visits.otherStaff.token }),
  'with the token in the address': (sent, token) => ({ ...tokenless(sent), path: `${sent.path}?_csrf=${token}` }),
  'from another site': sent => withHeaders(sent, { 'Sec-Fetch-Site': 'cross-site' }),
  'from a sibling site': sent => withHeaders(sent, { 'Sec-Fetch-Site': 'same-site' }),
  'as a form without a token': sent => ({ ...withHeaders(tokenless(sent), asForm), body: 'reason=none' })
}

describe('a change that its sender did not ask for', () => {
  it.each(writes)('is refused and writes nothing: $method $path', async ({ method, path }) => {
    const before = await fingerprint()
    const letThrough: string[] = []
    for (const who of ['guest', 'patient', 'doctor', 'admin'] as const)
      for (const [how, forge] of Object.entries(forgeries)) {
        const answer = await send(app.url, forge(json(method, pathIn(place, path), visits[who], {}), visits[who].token))
        // Gateways and mail programs have no session: what they did not sign, or say, is refused as nonsense.
        const isUnsigned = /^\/(callbacks|unsubscriptions)\//.test(path) && [400, 404].includes(answer.status)
        const refused = isUnsigned || answer.status === 403 || (who === 'guest' && answer.status === 401)
        if (!refused) letThrough.push(`${how} as ${who}: ${answer.status}`)
      }
    expect(letThrough).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })

  it('signs nobody out', async () => {
    const answer = await send(app.url, { path: paths.auth.session(), headers: { Cookie: visits.patient.cookie } })
    expect(JSON.parse(answer.text).user.email).toBe(place.emails.patient)
  })

  it('is told in a page that nothing has been changed', async () => {
    const { status, text } = await send(app.url, {
      method: 'POST',
      path: paths.auth.account(),
      headers: { ...asForm, Accept: 'text/html', Cookie: visits.patient.cookie },
      body: 'name=Somebody'
    })
    expect(status).toBe(403)
    expect(text).toContain('Nothing has been changed.')
  })
})
