/**
 * Resolves when the process is asked to end: Ctrl-C, SIGTERM from a service manager, SIGHUP from a closed terminal.
 * Asking again changes nothing: under npm, one Ctrl-C arrives twice.
 */
export const untilStopped = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })

/** Says on stderr, without a stack, why this process can't go on, and ends it. */
export function giveUp(error: unknown): never {
  const cause = error instanceof AggregateError ? error.errors[0] : error
  console.error(cause instanceof Error ? cause.message : String(cause))
  process.exit(1)
}
