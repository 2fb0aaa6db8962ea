import { z } from 'zod'
import { db } from '../../database/client.ts'
import { isListening, onEvent } from '../../database/events.ts'

const count = (least: number, most: number, usual: number) => z.number().int().min(least).max(most).default(usual)

/** What an operator may change while Docket runs, with the values it has until then. */
export const settingsSchema = z.object({
  /** How long a chosen time is kept, and how long at most when it is chosen again, in minutes. */
  holdMinutes: count(1, 60, 10),
  holdMinutesAtMost: count(1, 120, 30),
  openAppointmentsPerPatient: count(1, 100, 6),
  /** What the form of a new clinic begins with. */
  bookingWindowDays: count(1, 365, 30),
  minimumNoticeMinutes: count(0, 527_040, 60),
  cancellationNoticeMinutes: count(0, 527_040, 720),
  /** Whether visitors are told to come back later; the team can work. */
  isUnderMaintenance: z.boolean().default(false)
})

export type Settings = z.infer<typeof settingsSchema>

let known: Settings | null = null
let changes = 0

onEvent(({ event }) => {
  if (event !== 'settings.changed' && event !== 'missed') return
  known = null
  changes++
})

/**
 * The settings in force: what the database overrides, else the default. Kept in memory while this process hears of
 * changes that others make, else asked for every time.
 */
export async function settings(): Promise<Settings> {
  if (known && isListening()) return known
  const before = changes
  const rows = await db.setting.findMany({ select: { key: true, value: true } })
  const found = settingsSchema.parse(Object.fromEntries(rows.map(row => [row.key, row.value])))
  if (before === changes) known = found
  return found
}
