import { pino } from 'pino'
import { config } from './config.ts'

/** Ids only: never names, e-mail addresses, reasons or notes. */
export const log = pino({
  level: config.logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: withoutData }
})

interface Failure extends Error {
  code?: string
  clientVersion?: string
  severity?: string
}

/** What failed and where. The database and Prisma quote in their messages what was typed, so those are left out. */
export function withoutData({ name, code, message, stack = '', clientVersion, severity }: Failure) {
  const quotes = clientVersion !== undefined || severity !== undefined
  const frames = stack.split('\n').filter(line => line.startsWith('    at '))
  return { type: name, code, message: quotes ? undefined : message, stack: frames.join('\n') }
}
