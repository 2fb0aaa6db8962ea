import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { wrongWith } from '../support/answers.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { json, send, type Visit, visit } from '../support/raw.ts'
import { routes } from '../support/routes.ts'
import { isSweep } from '../support/sweep.ts'
import { pathIn, type Town, town } from '../support/town.ts'

const app = serveApp()
const askers = ['guest', 'patient', 'doctor', 'staff', 'admin'] as const
type Asker = (typeof askers)[number]
const visits = {} as Record<Asker, Visit>
let place: Town

beforeAll(async () => {
  place = await town()
  for (const who of askers) visits[who] = await visit(app.url, place.emails[who])
})

const words = (text: string) => text.trim().split(/\s+/)

const ids = [
  'x'.repeat(3000),
  ...words(`
    %00 %zz % %ED%A0%80 %E0%A4%A %C0%AF ..%2f..%2fetc%2fpasswd . %2e%2e null undefined __proto__ constructor 0 -1 1e9
    99999999999999999999 %27%20OR%201%3D1-- a%0d%0aSet-Cookie:%20x=1 %F0%9F%8E%AB {id} [object%20Object] %7B%22a%22%3A1%7D
    1%3BDROP%20TABLE%20users 00000000-0000-0000-0000-00000000000g 00000000-0000-0000-0000-000000000000
    ffffffff-ffff-ffff-ffff-ffffffffffff`)
]

const queries = [
  `q=${'x'.repeat(8000)}`,
  Array.from({ length: 1500 }, (_, at) => `a${at}=1`).join('&'),
  ...words(`
    date=2026-02-30 date=0000-00-00 date=99999-01-01 date=-000001-01-01 date=%00 date=tomorrow date[]=2026-01-01
    date=2026-01-01&date=2026-01-02 date[year]=2026 page=-1 page=0 page=1.5 page=1e99 page=NaN page=99999999999
    page=1&page=2 page= q=%00 q=%ED%A0%80 q=%zz q=% q[]=a q[a][b][c]=d q=%25_%5C q=a%0d%0ab __proto__=x
    __proto__[admin]=1 constructor=x constructor[prototype][a]=1 toString=1 hasOwnProperty=1 = &&& %00=%00
    timeslotId=1 timeslotId=%00 clinicId=null hold=x hold=a&hold=b invitation=%00 invitation=a&invitation=b
    next=//elsewhere next=%00 next=/%0d%0aX:%20y created=-1 state=gone role=KING status=%00 from=2026-02-31
    from=9999-12-31 unheard=of`)
]

const all = routes().filter(({ path }) => path !== paths.dev.components())
const areas: Record<string, Asker> = { booking: 'patient', doctor: 'doctor', admin: 'admin', auth: 'staff' }
let turn = 0

/** Asks as the one whose page it is, and now and then as somebody else, for JSON and now and then for a page. */
async function ask(method: string, path: string) {
  const owner = areas[path.split('/')[1] ?? ''] ?? 'guest'
  const who = ++turn % 7 ? owner : (askers[turn % askers.length] ?? owner)
  const { headers, body = '' } = json(method, path, visits[who], { surprise: true })
  const sent = { method, path, headers: { ...headers, Accept: turn % 4 ? 'application/json' : 'text/html' } }
  const wrong = wrongWith(await send(app.url, method === 'GET' ? sent : { ...sent, body }))
  return wrong && `${who}: ${wrong}`
}

const named = all.filter(({ path }) => path.includes(':'))
const everyPath = [...new Set(all.map(({ path }) => path))]
const plain = all.filter(({ method, path }) => method === 'GET' && !path.includes(':'))

/**
 * Each address meets one in so many of what makes no sense, and all of that meets addresses of each kind; with
 * SWEEP=all it meets twice as many.
 */
const oneIn = <T>(many: number, list: T[], at: number) =>
  list.filter((_, index) => (index + at) % (isSweep ? many / 2 : many) === 0)
const numbered = (list: string[]) => list.map((text, at): [string, number] => [text, at])

describe('an address that makes no sense', () => {
  it.each(numbered(ids))('is not found, whatever stands for the id: %s', async (id, at) => {
    const before = await fingerprint()
    for (const { method, path } of oneIn(12, named, at))
      expect([method, path, await ask(method, path.replace(/:\w+/, id))]).toEqual([method, path, ''])
    expect(await fingerprint()).toEqual(before)
  })

  it.each(numbered(queries))('is refused or left alone, whatever is asked of it: ?%s', async (query, at) => {
    const before = await fingerprint()
    for (const { method, path } of [...oneIn(4, plain, at), ...oneIn(12, named, at)])
      expect([path, await ask(method, `${pathIn(place, path)}?${query}`)]).toEqual([path, ''])
    expect(await fingerprint()).toEqual(before)
  })

  const strange = ['a', 'a\0b', '\ud800', '+275760-09-13T00:00:00.000Z', '2026-13-01T00:00:00.000Z', '9'.repeat(25)]
  const rows = ['00000000-0000-4000-8000-000000000000', '12', '9'.repeat(19)]
  const columns = {
    appointments: { startsAt: 'sort=startsAt', createdAt: 'sort=createdAt' },
    patients: { name: 'sort=name', createdAt: 'sort=createdAt' },
    payments: { createdAt: 'sort=createdAt' },
    users: { name: 'sort=name', createdAt: 'sort=createdAt' },
    audit: { id: '', at: 'from=2026-01-01' }
  }

  it.each(Object.entries(columns))(
    'breaks nothing when a list goes on where no row can be: %s',
    async (list, sorts) => {
      const headers = { Cookie: visits.admin.cookie }
      for (const [column, query] of Object.entries(sorts))
        for (const place of strange.flatMap(value => rows.map(id => JSON.stringify([column, value, id])))) {
          const after = Buffer.from(place).toString('base64url')
          const { status } = await send(app.url, { path: `/admin/${list}?${query}&after=${after}`, headers })
          expect([place, [200, 400].includes(status)]).toEqual([place, true])
        }
    }
  )

  it.each(numbered(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY', 'LINK', 'M-SEARCH']))(
    'is refused to %s',
    async (method, at) => {
      const before = await fingerprint()
      const known = new Set(all.map(route => `${route.method} ${route.path}`))
      for (const path of oneIn(4, everyPath, at))
        if (!known.has(`${method} ${path}`)) {
          const who = askers[turn++ % askers.length] ?? 'guest'
          const { status } = await send(app.url, json(method, pathIn(place, path), visits[who], {}))
          expect([who, path, status >= 400 && status < 500]).toEqual([who, path, true])
        }
      expect(await fingerprint()).toEqual(before)
    }
  )
})
