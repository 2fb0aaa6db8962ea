import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { twilioGateway } from '../../src/gateways/sms/twilio.ts'

const accountSid = `AC${'a1b2c3d4'.repeat(4)}`
const authToken = 'f00dbabe'.repeat(4)

/** How it answers while something is wrong with it. */
type Trouble = 'none' | 'hangs' | 'drips' | 'cut off' | 'web page' | 'null' | 'no id' | 'elsewhere' | 'failed at once'

/** The part of Twilio that we use: messages of one account, as its documentation describes them. */
export class TwilioFake {
  readonly texts: Record<string, string>[] = []
  trouble: Trouble = 'none'
  /** What is refused, and with which status: by number. */
  readonly refuses = new Map<string, { status: number; code: number }>()
  private readonly server = createServer((req, res) => void this.answer(req, res))

  async open() {
    await once(this.server.listen(0, '127.0.0.1'), 'listening')
  }

  close() {
    this.server.closeAllConnections()
    this.server.close()
  }

  get url() {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  gateway(said: Partial<Parameters<typeof twilioGateway>[0]> = {}) {
    return twilioGateway({ accountSid, authToken, from: '+441174960101', api: this.url, ...said })
  }

  private async answer(req: IncomingMessage, res: ServerResponse) {
    let sent = ''
    for await (const chunk of req) sent += chunk
    const { trouble } = this
    if (trouble === 'hangs') return
    if (trouble === 'drips') return drip(res)
    if (trouble === 'cut off') return res.destroy()
    if (trouble === 'web page') return res.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>')
    if (trouble === 'elsewhere') return res.writeHead(307, { Location: `${this.url}/elsewhere` }).end()

    const { status, body } = this.respond(req, new URLSearchParams(sent))
    const said = trouble === 'null' ? null : trouble === 'no id' ? { ...body, sid: null } : body
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(said))
  }

  private respond({ method, url, headers }: IncomingMessage, given: URLSearchParams): { status: number; body: object } {
    const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
    if (headers.authorization !== `Basic ${basic}`) return refusal(401, 20003)
    if (`${method} ${url}` !== `POST /2010-04-01/Accounts/${accountSid}/Messages.json`) return refusal(404, 20404)
    if (headers['content-type'] !== 'application/x-www-form-urlencoded;charset=UTF-8') return refusal(400, 21604)

    const { To = '', From, MessagingServiceSid, Body = '', ...others } = Object.fromEntries(given)
    if (!From === !MessagingServiceSid || Object.keys(others).length) return refusal(400, 21603)
    if (!Body) return refusal(400, 21602)
    if (Body.length > 1600) return refusal(400, 21617)
    if (!/^\+[1-9]\d{6,14}$/.test(To)) return refusal(400, 21211)
    const refused = this.refuses.get(To)
    if (refused) return refusal(refused.status, refused.code)

    if (this.trouble === 'failed at once') return taken('failed', 30005)
    this.texts.push(Object.fromEntries(given))
    return taken('queued')
  }
}

const taken = (status: string, error_code: number | null = null) => ({
  status: 201,
  body: { sid: `SM${'0'.repeat(32)}`, account_sid: accountSid, status, error_code, num_segments: '1' }
})

const refusal = (status: number, code: number) => ({
  status,
  body: {
    code,
    message: 'The ‘To’ number +447700900461 is …',
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status
  }
})

/** Says a little every now and then, and never comes to an end. */
function drip(res: ServerResponse) {
  res.writeHead(201, { 'Content-Type': 'application/json' })
  const drops = setInterval(() => res.write(' '), 20)
  res.on('close', () => clearInterval(drops))
}

/** One that is open for all tests of a file. */
export function twilioFake() {
  const fake = new TwilioFake()
  beforeAll(() => fake.open())
  afterAll(() => fake.close())
  return fake
}
