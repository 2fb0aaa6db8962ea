import type { Way } from './due.ts'

/** Who sends what, as the worker calls them. */
export const sendingJobs = { EMAIL: 'send-messages', SMS: 'send-texts' } as const satisfies Record<Way, string>
