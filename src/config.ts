import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { z } from 'zod'

// What the environment says already wins over the file. Tests must not depend on it.
if (process.env.NODE_ENV !== 'test' && existsSync('.env')) process.loadEnvFile()

const production = process.env.NODE_ENV === 'production'
/** `ada@docket.example`, or `Ada Obi <ada@docket.example>`. */
const mailbox = /^([^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/
/** Low enough that 32 random hexadecimal digits pass, high enough that no repeated word does. */
const DISTINCT_CHARACTERS = 10
const emptyIsAbsent = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyIsAbsent, schema.optional())
const withDefault = <T extends z.ZodType>(schema: T, value: z.input<T>) =>
  z.preprocess(given => emptyIsAbsent(given) ?? value, schema)

const environment = z.object({
  NODE_ENV: withDefault(z.enum(['development', 'test', 'production']), 'development'),
  PORT: withDefault(z.coerce.number().int().min(0).max(65535), 3000),
  HOST: optional(z.string()),
  BASE_URL: optional(
    z.url({ protocol: /^https?$/, error: 'must be the public address, such as https://docket.example' })
  ),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' })),
  DATABASE_APP_ROLE: optional(z.string().max(63)),
  DATABASE_POOL: withDefault(z.coerce.number().int().min(2).max(200), 10),
  SESSION_SECRET: optional(z.string().min(32, 'must be a random text of at least 32 characters')),
  TRUST_PROXY_HOPS: withDefault(z.coerce.number().int().min(0).max(10), 0),
  RATE_LIMIT_FACTOR: withDefault(z.coerce.number().positive(), 1),
  WORKER: withDefault(z.enum(['inside', 'apart']), production ? 'apart' : 'inside'),
  METRICS_PORT: optional(z.coerce.number().int().min(1).max(65535)),
  LOG_LEVEL: withDefault(z.enum(['silent', 'error', 'warn', 'info', 'debug']), production ? 'info' : 'warn'),
  PAYMENT_GATEWAY: withDefault(z.enum(['test', 'stripe', 'none']), production ? 'none' : 'test'),
  TEST_GATEWAY_SUCCESS_PERCENT: withDefault(z.coerce.number().int().min(0).max(100), 90),
  STRIPE_SECRET_KEY: optional(z.string().regex(/^[rs]k_/, 'must be a secret or restricted key of Stripe')),
  STRIPE_WEBHOOK_SECRET: optional(z.string().startsWith('whsec_', 'must be the signing secret of the webhook')),
  SMTP_URL: optional(
    z.url({ protocol: /^smtps?$/, error: 'must be a mail server, such as smtps://user:password@host:465' })
  ),
  MAIL_FROM: optional(z.string().regex(mailbox, 'must be an address, such as Docket <docket@docket.example>')),
  MESSAGES_PER_SECOND: withDefault(z.coerce.number().min(0.1).max(1000), 10),
  SMS_GATEWAY: withDefault(z.enum(['log', 'twilio', 'none']), production ? 'none' : 'log'),
  TWILIO_ACCOUNT_SID: optional(z.string().regex(/^AC[0-9a-f]{32}$/i, 'must be the account’s SID at Twilio, AC…')),
  TWILIO_AUTH_TOKEN: optional(z.string()),
  TWILIO_FROM: optional(
    z.string().regex(/^(\+\d{6,15}|MG[0-9a-f]{32})$/i, 'must be a number such as +441174960101, or a service, MG…')
  ),
  SUPPORT_EMAIL: withDefault(z.email(), 'help@docket.example')
})

/** The names of all settings; `.env.example` explains them. */
export const settingNames = Object.keys(environment.shape)

/** What the environment says, checked once. The only file that reads it. Ends the process, naming every problem. */
export const config = read(process.env)

function read(env: NodeJS.ProcessEnv) {
  const parsed = environment.safeParse(env)
  const problems = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`),
    ...(production ? missingInProduction(env) : []),
    ...paymentProblems(env),
    ...textProblems(env),
    ...(env.SMTP_URL && !env.MAIL_FROM ? ['MAIL_FROM is required with SMTP_URL: whom the mails are from'] : [])
  ]
  if (!parsed.success || problems.length) {
    console.error(`Docket can't start:\n${problems.map(problem => `  ${problem}`).join('\n')}`)
    process.exit(1)
  }

  const is = parsed.data
  const baseUrl = is.BASE_URL?.replace(/\/$/, '') ?? `http://localhost:${is.PORT}`
  return {
    production: is.NODE_ENV === 'production',
    test: is.NODE_ENV === 'test',
    /** Whether to load the demo into an empty database and keep it going. */
    demo: is.NODE_ENV === 'development',
    /** Whether npm started this process, with a shell in between. */
    underNpm: env.npm_lifecycle_event !== undefined,
    port: is.PORT,
    host: is.HOST,
    baseUrl,
    /** Cookies and browsers are told to insist on https when the public address does. */
    secure: baseUrl.startsWith('https:'),
    databaseAppRole: is.DATABASE_APP_ROLE,
    databaseUrl: is.DATABASE_URL,
    databasePool: is.DATABASE_POOL,
    sessionSecret: is.SESSION_SECRET,
    trustProxyHops: is.TRUST_PROXY_HOPS,
    rateLimitFactor: is.RATE_LIMIT_FACTOR,
    workerInside: is.WORKER === 'inside',
    metricsPort: is.METRICS_PORT,
    paymentGateway: is.PAYMENT_GATEWAY,
    /** The gateway that plays another company's, where no real money can be meant. */
    testGateway: production
      ? null
      : {
          url: `http://${ownHost(is.HOST)}:${is.PORT}`,
          successPercent: is.TEST_GATEWAY_SUCCESS_PERCENT,
          secret: secretFor('test gateway', is.SESSION_SECRET)
        },
    stripe:
      is.STRIPE_SECRET_KEY && is.STRIPE_WEBHOOK_SECRET
        ? { secretKey: is.STRIPE_SECRET_KEY, webhookSecret: is.STRIPE_WEBHOOK_SECRET, baseUrl }
        : null,
    smtp: is.SMTP_URL && is.MAIL_FROM ? { url: is.SMTP_URL, from: is.MAIL_FROM } : null,
    /** How many messages each way is handed in a second, at most. */
    messagesPerSecond: is.MESSAGES_PER_SECOND,
    smsGateway: is.SMS_GATEWAY,
    twilio:
      is.TWILIO_ACCOUNT_SID && is.TWILIO_AUTH_TOKEN && is.TWILIO_FROM
        ? { accountSid: is.TWILIO_ACCOUNT_SID, authToken: is.TWILIO_AUTH_TOKEN, from: is.TWILIO_FROM }
        : null,
    /** What links in messages are signed with. */
    linkSecret: secretFor('links', is.SESSION_SECRET),
    logLevel: is.LOG_LEVEL,
    supportEmail: is.SUPPORT_EMAIL
  }
}

/** The same in every process of this installation and in no other; without a secret of its own its folder has to do. */
function secretFor(purpose: string, sessionSecret: string = import.meta.dirname) {
  return createHmac('sha256', sessionSecret).update(purpose).digest('hex')
}

/** How this process reaches itself, wherever it listens. */
function ownHost(host = '') {
  if (['', '0.0.0.0', '::'].includes(host)) return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function paymentProblems({ PAYMENT_GATEWAY, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET }: NodeJS.ProcessEnv) {
  if (PAYMENT_GATEWAY === 'test' && production)
    return ['PAYMENT_GATEWAY must not be test in production: it moves no money']
  if (PAYMENT_GATEWAY !== 'stripe') return []
  return Object.entries({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET })
    .filter(([, value]) => !value)
    .map(([name]) => `${name} is required when PAYMENT_GATEWAY is stripe`)
}

function textProblems({ SMS_GATEWAY, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM }: NodeJS.ProcessEnv) {
  if (SMS_GATEWAY === 'log' && production)
    return ['SMS_GATEWAY must not be log in production: nobody would get what is said to be sent']
  if (SMS_GATEWAY !== 'twilio') return []
  return Object.entries({ TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM })
    .filter(([, value]) => !value)
    .map(([name]) => `${name} is required when SMS_GATEWAY is twilio`)
}

function missingInProduction({ SESSION_SECRET = '', TRUST_PROXY_HOPS, RATE_LIMIT_FACTOR, ...env }: NodeJS.ProcessEnv) {
  const problems = ['DATABASE_URL', 'BASE_URL']
    .filter(name => !env[name])
    .map(name => `${name} is required in production`)
  if (!SESSION_SECRET) problems.push('SESSION_SECRET is required in production')
  else if (new Set(SESSION_SECRET).size < DISTINCT_CHARACTERS) problems.push('SESSION_SECRET is not random enough')
  // Unless the proxy is trusted, what it says arrived by https did not, and no secure cookie is set.
  if (env.BASE_URL?.startsWith('https:') && Number(TRUST_PROXY_HOPS || 0) === 0)
    problems.push('TRUST_PROXY_HOPS must say how many proxies stand in front, since BASE_URL is https')
  if (Number(RATE_LIMIT_FACTOR) > 10) problems.push('RATE_LIMIT_FACTOR must be at most 10 in production')
  return problems
}
