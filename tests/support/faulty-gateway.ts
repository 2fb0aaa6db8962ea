import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { testGateway } from '../../src/gateways/payments/test.ts'
import { type PaymentGateway, useGateway } from '../../src/gateways/payments.ts'
import { gatewaySecret, type Served } from './app.ts'
import { type Answer, send } from './raw.ts'

/**
 * What becomes of what the gateway is asked: it answers, late by so many milliseconds, never, with an error or with
 * nonsense; with `drop` it does what it was asked, and the answer is lost.
 */
export type Fault = 'pass' | { lateBy: number } | 'hang' | 'error' | 'garbage' | 'drop'
type What = 'start' | 'lookUp' | 'close' | 'refund'

const INTERFACE = '/test-gateway/api/'

/**
 * The test gateway of a served app behind a bad line, in force for the tests of a file; call it after `serveApp`. `set`
 * says what the line does from now on, to all or only to some of what is asked. What the gateway tells us by itself
 * passes. The app gives an answer up after `patience` milliseconds, to start a checkout a little later.
 */
export function faultyGateway(app: Served, patience = 5_000) {
  let [fault, only]: [Fault, What[]] = ['pass', []]
  const asked: What[] = []
  const line = createServer((req, res) => void handle(req, res).catch(() => res.destroy()))
  const faulty = {
    gateway: {} as PaymentGateway,
    /** What was asked since the fault was set, whatever became of it. */
    asked,
    set(next: Fault, ...some: What[]) {
      ;[fault, only] = [next, some]
      asked.length = 0
    }
  }

  async function handle(req: IncomingMessage, res: ServerResponse) {
    const what = whatOf(req)
    if (what) asked.push(what)
    const isFaulty = what !== null && (only.length === 0 || only.includes(what))
    const now = isFaulty ? fault : 'pass'
    if (now === 'hang') return
    if (now === 'error') return void res.writeHead(500, { 'Content-Type': 'text/plain' }).end('out of order')
    if (now === 'garbage') return void res.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Welcome</h1>')

    const answer = await passOn(app.url, req)
    if (now === 'drop') return void res.destroy()
    if (typeof now === 'object') await pause(now.lateBy)
    res.writeHead(answer.status, { 'Content-Type': String(answer.headers['content-type'] ?? '') }).end(answer.text)
  }

  beforeAll(async () => {
    await new Promise<void>(resolve => line.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(line.address() as AddressInfo).port}`
    faulty.gateway = testGateway({ url, secret: gatewaySecret, patience })
    useGateway(faulty.gateway)
  })
  afterAll(() => {
    line.closeAllConnections()
    line.close()
  })
  return faulty
}

function whatOf({ url = '', method }: IncomingMessage): What | null {
  if (!url.startsWith(INTERFACE)) return null
  if (url.endsWith('/closing')) return 'close'
  if (url.endsWith('/refund')) return 'refund'
  return method === 'POST' ? 'start' : 'lookUp'
}

async function passOn(to: string, req: IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = []
  for await (const piece of req) pieces.push(piece)
  const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...headers } = req.headers
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? '']))
  const body = Buffer.concat(pieces)
  return send(to, { method: req.method, path: req.url ?? '/', headers: sent, ...(body.length > 0 && { body }) })
}
