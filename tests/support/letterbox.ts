import type { Email } from 'postal-mime'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll } from 'vitest'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { useMail } from '../../src/gateways/email.ts'
import { sendMessages } from '../../src/services/notifications/deliver.ts'
import { mailServer } from './mail-server.ts'

/** What arrives at people's addresses, over a real mail server of the test file's own. */
export function letterbox() {
  let server: Awaited<ReturnType<typeof mailServer>>
  beforeAll(async () => {
    server = await mailServer()
    useMail(server.gateway())
  })
  afterAll(async () => {
    useMail(null)
    await server.stop()
  })

  const at = (minutes = 0): Ctx => systemCtx(Temporal.Now.instant().add({ minutes }), 'test')
  return {
    at,
    /** The mails that came to an address since it was last asked, once the job has run. */
    async of(address: string, minutes = 0) {
      await sendMessages(at(minutes))
      const isHers = (mail: Email) => mail.to?.[0]?.address?.toLowerCase() === address.toLowerCase()
      const hers = server.mails.filter(isHers)
      server.mails.splice(0, server.mails.length, ...server.mails.filter(mail => !isHers(mail)))
      return hers
    }
  }
}

/** Where the first link of a mail leads to, which must be the same in both parts. */
export function linkIn(mail: Email | undefined) {
  const [, path = ''] = /http:\/\/localhost:3000(\/\S*)/.exec(mail?.text ?? '') ?? []
  if (!path || !mail?.html?.includes(path.replaceAll('&', '&amp;'))) throw new Error('no link in that mail')
  return path
}

export const codeIn = (path: string) => new URL(path, 'http://docket').searchParams.values().next().value ?? ''
