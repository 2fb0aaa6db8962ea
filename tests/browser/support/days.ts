import { Temporal } from 'temporal-polyfill'

/** A day as `YYYY-MM-DD`, on the clinic's calendar. */
export const inDays = (days: number, timeZone: string) => Temporal.Now.plainDateISO(timeZone).add({ days }).toString()
