import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearAway, copyOfApp, freePort, root, runFile } from './support.ts'

const strong = 'f3a91c7be0d24856f3a91c7be0d24856'
const complete = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://docket@127.0.0.1:1/docket',
  BASE_URL: 'https://docket.example',
  SESSION_SECRET: strong,
  TRUST_PROXY_HOPS: 1
}
const refusal = (...problems: string[]) => `Docket can't start:\n${problems.map(problem => `  ${problem}\n`).join('')}`

describe('in production', () => {
  it.concurrent.each(['server.ts', 'worker.ts', 'database/migrate.ts', 'create-admin.ts'])(
    '%s names all that is missing',
    async file => {
      const required = ['DATABASE_URL', 'BASE_URL', 'SESSION_SECRET'].map(name => `${name} is required in production`)
      expect(await fail({ NODE_ENV: 'production' }, file)).toBe(refusal(...required))
    }
  )

  it.each([
    [{ SESSION_SECRET: 'a'.repeat(40) }, 'SESSION_SECRET is not random enough'],
    [{ SESSION_SECRET: 'short' }, 'SESSION_SECRET must be a random text of at least 32 characters'],
    [{ RATE_LIMIT_FACTOR: 11 }, 'RATE_LIMIT_FACTOR must be at most 10 in production'],
    [{ TRUST_PROXY_HOPS: 0 }, 'TRUST_PROXY_HOPS must say how many proxies stand in front, since BASE_URL is https'],
    [{ TRUST_PROXY_HOPS: '' }, 'TRUST_PROXY_HOPS must say how many proxies stand in front, since BASE_URL is https'],
    [{ SMTP_URL: 'smtp.example:25' }, 'SMTP_URL must be a mail server, such as smtps://user:password@host:465'],
    [{ SMTP_URL: 'smtp://mail:1025' }, 'MAIL_FROM is required with SMTP_URL: whom the mails are from'],
    [{ MAIL_FROM: 'Docket' }, 'MAIL_FROM must be an address, such as Docket <docket@docket.example>'],
    [{ BASE_URL: 'docket.example' }, 'BASE_URL must be the public address, such as https://docket.example'],
    [{ PAYMENT_GATEWAY: 'test' }, 'PAYMENT_GATEWAY must not be test in production: it moves no money'],
    [{ PAYMENT_GATEWAY: 'cash' }, 'PAYMENT_GATEWAY '],
    [{ STRIPE_SECRET_KEY: 'pk_live_1' }, 'STRIPE_SECRET_KEY must be a secret or restricted key of Stripe'],
    [{ STRIPE_WEBHOOK_SECRET: 'we_1' }, 'STRIPE_WEBHOOK_SECRET must be the signing secret of the webhook'],
    [{ MESSAGES_PER_SECOND: 0 }, 'MESSAGES_PER_SECOND '],
    [{ SMS_GATEWAY: 'log' }, 'SMS_GATEWAY must not be log in production: nobody would get what is said to be sent'],
    [{ SMS_GATEWAY: 'pigeon' }, 'SMS_GATEWAY '],
    [{ TWILIO_ACCOUNT_SID: 'SK1' }, 'TWILIO_ACCOUNT_SID must be the account’s SID at Twilio, AC…'],
    [{ TWILIO_FROM: '07700 900461' }, 'TWILIO_FROM must be a number such as +441174960101, or a service, MG…']
  ])('refuses %o', async (wrong, problem) => {
    expect(await fail({ ...complete, ...wrong }, 'config.ts')).toContain(problem)
  })

  it('names what is wrong and what is missing in one go', async () => {
    const problems = await fail({ ...complete, PORT: 'http', DATABASE_URL: '' }, 'config.ts')
    expect(problems).toMatch(/^Docket can't start:\n {2}PORT .*\n {2}DATABASE_URL is required in production\n$/)
  })

  it('asks for all that Stripe needs at once, and says no word of what was given', async () => {
    const stripe = { ...complete, PAYMENT_GATEWAY: 'stripe' }
    expect(await fail({ ...stripe, STRIPE_WEBHOOK_SECRET: '' }, 'config.ts')).toBe(
      refusal(
        'STRIPE_SECRET_KEY is required when PAYMENT_GATEWAY is stripe',
        'STRIPE_WEBHOOK_SECRET is required when PAYMENT_GATEWAY is stripe'
      )
    )
    const keys = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'secret' }
    expect(await fail({ ...stripe, ...keys }, 'config.ts')).toBe(
      refusal('STRIPE_WEBHOOK_SECRET must be the signing secret of the webhook')
    )
  })

  it('asks for all that Twilio needs at once', async () => {
    const twilio = { ...complete, SMS_GATEWAY: 'twilio', TWILIO_AUTH_TOKEN: 'secret' }
    expect(await fail(twilio, 'config.ts')).toBe(
      refusal(
        'TWILIO_ACCOUNT_SID is required when SMS_GATEWAY is twilio',
        'TWILIO_FROM is required when SMS_GATEWAY is twilio'
      )
    )
  })

  it('says in a line that the database is not there', async () => {
    const line = 'connect ECONNREFUSED 127.0.0.1:1\n'
    expect(await fail({ ...complete, PORT: await freePort() })).toBe(line)
    expect(await fail(complete, 'worker.ts')).toBe(line)
  })
})

describe('a port in use', () => {
  const other = createServer()
  let folder: string
  beforeAll(async () => {
    folder = await copyOfApp()
    await once(other.listen(0), 'listening')
  })
  afterAll(async () => {
    other.close()
    await clearAway(folder)
  })

  it('is told in a line, before there is any database', async () => {
    const { port } = other.address() as AddressInfo
    const { code, err } = await runFile(folder, 'server.ts', { PORT: port }).ended()
    expect({ code, err }).toEqual({ code: 1, err: `Port ${port} is in use. Set PORT to a free one.\n` })
    expect(existsSync(join(folder, '.data'))).toBe(false)
  })
})

async function fail(settings: Record<string, string | number>, file = 'server.ts') {
  const { code, out, err } = await runFile(root, file, settings).ended()
  expect({ code, out }).toEqual({ code: 1, out: '' })
  return err
}
