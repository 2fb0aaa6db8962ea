import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { db } from '../../src/database/client.ts'
import { smtpGateway, useMail } from '../../src/gateways/email.ts'

/** A mail server on a port of its own: what it took, in order, and whom it refuses. It may be stopped and started. */
export async function mailServer() {
  const mails: Email[] = []
  /** Done with a mail before the server says that it has it. */
  const each = { before: async (_mail: Email) => {} }
  const unknown = new Set<string>()
  /** Whose mailbox is full, for now and for as long as it says so. */
  const full = new Set<string>()
  let server = listening()
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo

  function listening(at = 0) {
    const made = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 100 },
      onRcptTo: ({ address }, _session, done) => {
        const said = unknown.has(address) ? [550, '5.1.1 not here'] : full.has(address) ? [452, '4.2.2 full'] : null
        done(said && Object.assign(new Error(String(said[1])), { responseCode: said[0] }))
      },
      onData: (stream, _session, done) => {
        PostalMime.parse(new Response(ReadableStream.from(stream)).body as ReadableStream)
          .then(async mail => {
            mails.push(mail)
            await each.before(mail)
            done()
          })
          .catch(done)
      }
    })
    made.on('error', () => {})
    made.listen(at, '127.0.0.1')
    return made
  }

  return {
    mails,
    unknown,
    full,
    each,
    url: `smtp://127.0.0.1:${port}`,
    gateway: () => smtpGateway({ url: `smtp://127.0.0.1:${port}`, from: 'Docket <docket@docket.example>' }),
    stop: () => new Promise<void>(resolve => server.close(resolve)),
    start: async () => {
      server = listening(port)
      await once(server.server, 'listening')
    }
  }
}

/** One for all tests of a file, in force from before the first to after the last; each begins with an empty ledger. */
export function mailServerOfFile() {
  const own = {} as Awaited<ReturnType<typeof mailServer>>
  beforeAll(async () => {
    Object.assign(own, await mailServer())
  })
  beforeEach(async () => {
    await db.notification.deleteMany()
    own.mails.length = 0
    useMail(own.gateway())
  })
  afterAll(async () => {
    useMail(null)
    await own.stop()
  })
  return own
}
