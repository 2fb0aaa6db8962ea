import { z } from 'zod'
import { db } from '../../database/client.ts'

/** What an operator may change while Docket runs, with the values it has until then. */
const schema = z.object({
  holdMinutes: z.number().int().min(1).max(60).default(10),
  holdMinutesAtMost: z.number().int().min(1).max(120).default(30),
  openAppointmentsPerPatient: z.number().int().min(1).max(100).default(6)
})

export type Settings = z.infer<typeof schema>

/** The settings in force: what the database overrides, else the default. */
export async function settings(): Promise<Settings> {
  const rows = await db.setting.findMany({ select: { key: true, value: true } })
  return schema.parse(Object.fromEntries(rows.map(row => [row.key, row.value])))
}
