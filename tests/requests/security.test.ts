import { beforeAll, describe, expect, it } from 'vitest'
import { asset } from '../../src/assets.ts'
import { stripeGateway } from '../../src/gateways/payments/stripe.ts'
import { paymentGateway, useGateway } from '../../src/gateways/payments.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Answer, json, send, type Visit, visit } from '../support/raw.ts'
import { type Town, town } from '../support/town.ts'

const app = serveApp()
let place: Town
let ada: Visit

beforeAll(async () => {
  place = await town()
  ada = await visit(app.url, place.emails.patient)
})

const page = { Accept: 'text/html' }
const program = { Accept: 'application/json' }
const kinds: [string, number, () => Promise<Answer>][] = [
  ['a page', 200, () => send(app.url, { path: '/', headers: page })],
  [
    'a page of somebody signed in',
    200,
    () => send(app.url, { path: paths.auth.account(), headers: { ...page, Cookie: ada.cookie } })
  ],
  ['JSON', 200, () => send(app.url, { path: paths.booking.clinics.index(), headers: program })],
  ['a problem', 422, () => send(app.url, json('POST', paths.auth.account(), ada, {}))],
  ['a page that is not there', 404, () => send(app.url, { path: '/nowhere', headers: page })],
  ['a redirect', 303, () => send(app.url, { path: paths.auth.account(), headers: page })],
  ['an asset', 200, () => send(app.url, { path: asset('css/app.css') })],
  ['an asset that is not there', 404, () => send(app.url, { path: asset('css/none.css') })],
  [
    'a body that can’t be read',
    415,
    () => send(app.url, { method: 'POST', path: '/', headers: { ...page, 'Content-Type': 'text/plain' }, body: 'x' })
  ],
  ['a forged change', 403, () => send(app.url, { method: 'POST', path: paths.auth.logout(), headers: page })],
  ['a sign of life', 200, () => send(app.url, { path: paths.health.live() })]
]

describe('every answer', () => {
  it.each(kinds)('tells the browser what no page of ours does: %s', async (_kind, status, ask) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/)
    })
    expect(answer.headers).not.toHaveProperty('x-powered-by')
    expect(answer.headers).not.toHaveProperty('server')

    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:|script-src[^;]*data:/)
  })

  it('lets forms lead to where money is taken, and nowhere else', async () => {
    const before = paymentGateway()
    useGateway(stripeGateway({ secretKey: 'sk_test_0', webhookSecret: 'whsec_0', baseUrl: app.url }))
    const { headers } = await send(app.url, { path: '/', headers: page })
    useGateway(before)
    expect(String(headers['content-security-policy'])).toMatch(/;form-action 'self' https:\/\/checkout\.stripe\.com;/)
  })

  it('with anybody’s data is kept by no cache', async () => {
    for (const [, , ask] of kinds.filter(([kind]) => !/asset/.test(kind)))
      expect((await ask()).headers['cache-control']).toContain('no-store')
  })
})

describe('a cookie', () => {
  it('of a session can’t be read by a script or sent from another site', async () => {
    const { headers } = await send(app.url, { path: paths.auth.session() })
    const [cookie = ''] = [headers['set-cookie'] ?? []].flat()
    expect(cookie).toMatch(/^docket=/)
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('is given to nobody who only looks around', async () => {
    for (const path of [
      '/',
      paths.booking.doctors.index(),
      paths.booking.clinics.index(),
      asset('css/app.css'),
      paths.health.live()
    ])
      expect([path, (await send(app.url, { path, headers: page })).headers['set-cookie']]).toEqual([path, undefined])
  })

  it('of a guest is another one after signing in, and the old one opens nothing', async () => {
    const guest = await visit(app.url)
    const entered = await send(
      app.url,
      json('POST', paths.auth.login(), guest, { email: place.emails.patient, password: 'correct horse battery' })
    )
    expect(entered.status).toBe(200)
    expect(String(entered.headers['set-cookie'])).not.toContain(guest.cookie)
    const old = await send(app.url, { path: paths.auth.session(), headers: { Cookie: guest.cookie } })
    expect(JSON.parse(old.text).user).toBeNull()
  })
})
