import { Agent, request } from 'node:http'
import { paths } from '../../src/paths.ts'
import { password } from './world.ts'

export interface Sent {
  method?: string
  path: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** One request, byte by byte as it is given. */
export const send = (url: string, { method = 'GET', path, headers = {}, body }: Sent) =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ agent, hostname, port, method, path, headers, setDefaultHeaders: true }, answer => {
      const pieces: Buffer[] = []
      answer.on('data', piece => pieces.push(piece))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(pieces).toString() })
      )
    })
    // A server may answer and hang up while a huge body is still on its way.
    sent.on('error', error =>
      ['EPIPE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')
        ? resolve({ status: 0, headers: {}, text: '' })
        : reject(error)
    )
    if (body !== undefined) sent.setHeader('Content-Length', Buffer.byteLength(body))
    sent.end(body)
  })

export interface Visit {
  cookie: string
  token: string
}

/** A session as a program holds it: nobody's, or that of an account. */
export async function visit(url: string, email?: string): Promise<Visit> {
  const first = await send(url, { path: paths.auth.session() })
  const guest = { cookie: cookieOf(first), token: JSON.parse(first.text).csrfToken }
  if (!email) return guest

  const entered = await send(url, {
    ...json('POST', paths.auth.login(), guest, { email, password })
  })
  if (entered.status !== 200) throw new Error(`${email} could not sign in: ${entered.status} ${entered.text}`)
  return { cookie: cookieOf(entered), token: JSON.parse(entered.text).csrfToken }
}

/** A write as a program sends it, token included. */
export const json = (method: string, path: string, { cookie, token }: Visit, data: unknown): Sent => ({
  method,
  path,
  headers: { Accept: 'application/json', 'Content-Type': 'application/json', Cookie: cookie, 'X-CSRF-Token': token },
  body: JSON.stringify(data)
})

const cookieOf = ({ headers }: Answer) =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map(line => line.split(';')[0])
    .join('; ')
