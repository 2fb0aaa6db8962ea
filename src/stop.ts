import { config } from './config.ts'

const parent = process.ppid
const LOOK_MS = 100

/**
 * Resolves when the process is asked to end: Ctrl-C, SIGTERM from a service manager, SIGHUP from a closed terminal.
 * Asking again changes nothing: under npm, one Ctrl-C may arrive twice. And npm ends the shell between it and us, which
 * may not pass the signal on; then all we see is that it is gone.
 */
export const untilStopped = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    if (config.underNpm) setInterval(() => process.ppid !== parent && resolve(), LOOK_MS).unref()
  })

/** Says on stderr, without a stack, why this process can't go on, and ends it. */
export function giveUp(error: unknown): never {
  const cause = error instanceof AggregateError ? error.errors[0] : error
  console.error(cause instanceof Error ? cause.message : String(cause))
  process.exit(1)
}
