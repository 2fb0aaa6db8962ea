import { pino } from 'pino'
import { config } from './config.ts'

/** Ids only: never names, e-mail addresses, reasons or notes. */
export const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
