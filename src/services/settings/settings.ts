import { z } from 'zod'
import { db } from '../../database/client.ts'
import { isListening, onEvent } from '../../database/events.ts'
import type { Tx } from '../../database/transaction.ts'
import { PaymentMethod } from '../../generated/enums.ts'
import { log } from '../../log.ts'

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
  /** What patients can choose to pay with, as far as the gateway takes it. */
  paymentMethods: z.array(z.enum(PaymentMethod)).min(1).default(Object.values(PaymentMethod)),
  /** How many hours before a visit people are reminded of it; nothing means not at all. */
  firstReminderHours: count(0, 336, 48),
  lastReminderHours: count(0, 336, 24),
  /** When nobody is texted, by the clinic's clock: from this hour until that one. The same hour twice: at no time. */
  quietFromHour: count(0, 23, 21),
  quietUntilHour: count(0, 23, 8),
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
 * changes that others make, else asked for every time; inside a transaction, of that one.
 */
export async function settings(from: Pick<Tx, 'setting'> = db): Promise<Settings> {
  if (known && isListening()) return known
  const [hears, before] = [isListening(), changes]
  const found = await readSettings(from)
  if (hears && before === changes) known = found
  return found
}

/** The same as it stands in the database just now. A row that no longer fits counts for nothing, and is logged. */
export async function readSettings(tx: Pick<Tx, 'setting'>): Promise<Settings> {
  const rows = await tx.setting.findMany({ select: { key: true, value: true } })
  const fitting = rows.filter(({ key, value }) => {
    const field = settingsSchema.shape[key as keyof Settings]
    const fits = field?.safeParse(value).success
    if (fits === false) log.warn({ setting: key }, 'setting does not fit, default taken')
    return fits
  })
  return settingsSchema.parse(Object.fromEntries(fitting.map(row => [row.key, row.value])))
}
