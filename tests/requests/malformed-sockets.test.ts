import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { send } from '../support/raw.ts'
import { town } from '../support/town.ts'

const app = serveApp()
beforeAll(async () => {
  await town()
})

const end = '\r\n\r\n'
const head = `POST ${paths.auth.login()} HTTP/1.1\r\nHost: docket\r\nAccept: application/json\r\nConnection: close\r\n`
const asJson = `${head}Content-Type: application/json\r\n`

/** What no HTTP library sends, byte by byte. */
const lies: Record<string, string | Buffer> = {
  'a length longer than the body': `${asJson}Content-Length: 1000${end}{"email":`,
  'a length shorter than the body': `${asJson}Content-Length: 5${end}{"email":"a@docket.example","password":"x"}`,
  'a negative length': `${asJson}Content-Length: -1${end}{}`,
  'a length in words': `${asJson}Content-Length: ten${end}{}`,
  'two lengths': `${asJson}Content-Length: 2\r\nContent-Length: 20${end}{}`,
  'a length and chunks': `${asJson}Content-Length: 2\r\nTransfer-Encoding: chunked${end}0${end}`,
  'chunks that are none': `${asJson}Transfer-Encoding: chunked${end}zz\r\nabc\r\n0${end}`,
  'an unknown transfer encoding': `${asJson}Transfer-Encoding: whale${end}{}`,
  'a length beyond all numbers': `${asJson}Content-Length: 99999999999999999999${end}{}`,
  'an unknown method': `FETCH / HTTP/1.1\r\nHost: docket${end}`,
  CONNECT: `CONNECT docket:443 HTTP/1.1\r\nHost: docket${end}`,
  'an asterisk': `OPTIONS * HTTP/1.1\r\nHost: docket\r\nConnection: close${end}`,
  'a whole address': `GET http://elsewhere.example/ HTTP/1.1\r\nHost: docket\r\nConnection: close${end}`,
  'an address without a slash': `GET booking HTTP/1.1\r\nHost: docket\r\nConnection: close${end}`,
  'an address with two slashes': `GET //elsewhere.example/%2e%2e HTTP/1.1\r\nHost: docket\r\nConnection: close${end}`,
  'raw bytes in the address': Buffer.concat([
    Buffer.from('GET /'),
    Buffer.from([0xff, 0xfe, 0x00]),
    Buffer.from(` HTTP/1.1\r\nHost: docket${end}`)
  ]),
  'no host': `GET / HTTP/1.1\r\nConnection: close${end}`,
  'a host of nonsense': `GET / HTTP/1.1\r\nHost: %00<script>\r\nConnection: close${end}`,
  'no HTTP': 'hello',
  TLS: Buffer.from('16030100f4010000f00303', 'hex'),
  'HTTP/9.9': `GET / HTTP/9.9${end}`,
  'a header of 100 kB': `GET / HTTP/1.1\r\nHost: docket\r\nX-A: ${'x'.repeat(100_000)}${end}`,
  'a header without a name': `GET / HTTP/1.1\r\nHost: docket\r\n: x${end}`,
  'a folded header': `GET / HTTP/1.1\r\nHost: docket\r\nX-A: a\r\n b${end}`,
  'cookies of nonsense': `GET ${paths.auth.account()} HTTP/1.1\r\nHost: docket\r\nCookie: docket=s%3A%00; flash=%zz; theme=<b>; ;=;__proto__=x\r\nConnection: close${end}`,
  'an Accept of nonsense': `GET / HTTP/1.1\r\nHost: docket\r\nAccept: ;;;q=x,*\r\nAccept-Language: %00;q=9,${'x-'.repeat(999)}\r\nConnection: close${end}`
}

/** Everything that comes back until either side hangs up. */
const say = (bytes: string | Buffer) =>
  new Promise<string>(resolve => {
    const { hostname, port } = new URL(app.url)
    const socket = connect(Number(port), hostname)
    let heard = ''
    socket.on('data', piece => {
      heard += piece
    })
    socket.on('error', () => resolve(heard))
    socket.on('close', () => resolve(heard))
    socket.end(bytes)
  })

describe('a request that is none', () => {
  it.each(Object.entries(lies))('hurts nobody: %s', async (_name, bytes) => {
    const before = await fingerprint()
    const answer = await say(bytes)
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/m)
    expect(answer).not.toMatch(/node_modules|\.ts:\d|\bat .+:\d+:\d+/)
    expect((await send(app.url, { path: paths.health.live() })).status).toBe(200)
    expect(await fingerprint()).toEqual(before)
  })
})
