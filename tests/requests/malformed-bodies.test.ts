import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { wrongWith } from '../support/answers.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { json, send, type Visit, visit } from '../support/raw.ts'
import { nameOf, routes } from '../support/routes.ts'
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

const mega = 'x'.repeat(1_000_000)
const asJson = 'application/json'
const asForm = 'application/x-www-form-urlencoded'

/** A content type and a body that no form of ours sends. */
const bodies: Record<string, [string, string | Buffer]> = {
  'broken JSON': [asJson, '{"name": '],
  'half a JSON text': [asJson, '"name'],
  'a JSON array': [asJson, '[{"name":"Ada"}]'],
  'a JSON text': [asJson, '"Ada"'],
  'a JSON number': [asJson, '42'],
  'JSON null': [asJson, 'null'],
  'JSON nested very deep': [asJson, `{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  'JSON with __proto__': [asJson, '{"__proto__":{"role":"ADMIN"},"surprise":1}'],
  'JSON with __proto__ alone': [asJson, '{"__proto__":{"role":"ADMIN"}}'],
  'JSON with a text that is none': [asJson, '{"name":{"toString":null},"reason":{"toString":1},"email":{"a":[]}}'],
  'JSON with constructor': [asJson, '{"constructor":{"prototype":{"role":"ADMIN"}}}'],
  'JSON with toString': [asJson, '{"toString":null,"valueOf":null}'],
  'JSON with an empty key': [asJson, '{"":""}'],
  'JSON with 5,000 keys': [
    asJson,
    JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`a${at}`, at])))
  ],
  'JSON in bad UTF-8': [asJson, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  'JSON said to be UTF-16': [`${asJson}; charset=utf-16`, '{"name":"Ada"}'],
  'JSON in an unknown charset': [`${asJson}; charset=klingon`, '{"name":"Ada"}'],
  'JSON of 1 MB': [asJson, JSON.stringify({ name: mega })],
  'JSON with a byte order mark': [asJson, Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x22, 0x61, 0x22, 0x3a, 0x31, 0x7d])],
  'a form of 1 MB': [asForm, `name=${mega}`],
  'a form with 1,000 fields': [asForm, Array.from({ length: 1000 }, (_, at) => `a${at}=1`).join('&')],
  'a form with a field 150 times': [asForm, Array.from({ length: 150 }, () => 'name=Ada').join('&')],
  'a form with broken escapes': [asForm, 'name=%zz&email=%&password=%E0%A4%A&%=%'],
  'a form with NUL': [asForm, 'name=a%00b&email=a%00@docket.example&reason=%00&%00=1'],
  'a form in bad UTF-8': [asForm, Buffer.from([0x6e, 0x3d, 0xff, 0xfe, 0x26, 0x61, 0x3d, 0xc0, 0xaf])],
  'a form with two tokens': [asForm, '_csrf=a&_csrf=b&surprise=1'],
  'JSON with a token that is none': [asJson, '{"_csrf":{"toString":null},"surprise":1}'],
  'a form with brackets': [asForm, 'name[]=a&name[b]=c&__proto__[role]=ADMIN&constructor[prototype][role]=ADMIN'],
  'a form with __proto__': [asForm, '__proto__=x&__proto__.day=1&constructor=y'],
  'a form with CRLF': [asForm, 'name=a%0d%0aSet-Cookie:%20x=1&next=/%0d%0aX-A:%20b&surprise=1'],
  'a form with a date in pieces of pieces': [
    asForm,
    'dateOfBirth.day=1&dateOfBirth.day=2&dateOfBirth=3&dateOfBirth.month.year=4'
  ],
  'a multipart form': [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n--x--\r\n'
  ],
  'plain text': ['text/plain', 'name=Ada'],
  XML: ['application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  bytes: ['application/octet-stream', Buffer.from([0, 1, 2, 255])],
  'no content type': ['', 'name=Ada'],
  'a content type that is none': ['//;;=', 'name=Ada']
}

const writes = routes().filter(({ method }) => method !== 'GET')
const areas: Record<string, Asker> = { booking: 'patient', doctor: 'doctor', admin: 'admin' }

/** Each body goes to every third page, the next body to the next third; with SWEEP=all each goes to all. */
const numbered = Object.entries(bodies).map(([name, body], at) => [name, body, at] as const)
const thirdOf = (at: number) => (isSweep ? writes : writes.filter((_, on) => on % 3 === at % 3))

describe('a body that no form sends', () => {
  it.each(numbered)('is refused and writes nothing: %s', async (_name, [type, body], at) => {
    const before = await fingerprint()
    let turn = at
    for (const route of thirdOf(at)) {
      const owner = areas[route.path.split('/')[1] ?? ''] ?? 'guest'
      const who = ++turn % 5 ? owner : (askers[turn % askers.length] ?? owner)
      const sent = json(route.method, pathIn(place, route.path), visits[who], {})
      const headers = { ...sent.headers, 'Content-Type': type, Accept: turn % 2 ? asJson : 'text/html' }
      const answer = await send(app.url, { ...sent, headers, body })
      const isRefused = answer.status === 303 || (answer.status >= 400 && answer.status < 500)
      expect([nameOf(route), who, wrongWith(answer), isRefused || answer.status]).toEqual([
        nameOf(route),
        who,
        '',
        true
      ])
    }
    expect(await fingerprint()).toEqual(before)
  })

  it('is refused when it is packed and unpacks to something huge, or to nothing', async () => {
    const { gzipSync } = await import('node:zlib')
    const { cookie, token } = visits.patient
    for (const body of [gzipSync(JSON.stringify({ name: mega })), Buffer.from('not gzip')]) {
      const headers = { ...json('POST', '/', { cookie, token }, {}).headers, 'Content-Encoding': 'gzip' }
      const answer = await send(app.url, { method: 'POST', path: paths.auth.account(), headers, body })
      expect([wrongWith(answer), answer.status >= 400]).toEqual(['', true])
    }
  })
})
