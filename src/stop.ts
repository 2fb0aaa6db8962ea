/** Resolves when the process is asked to end: Ctrl-C, SIGTERM from a service manager, SIGHUP from a closed terminal. */
export const untilStopped = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
