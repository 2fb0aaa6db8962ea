import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'

/** Notes that a job has run to its end; later than any other process did. */
export async function noteJobRun({ now }: Ctx, name: string) {
  const ranAt = toDate(now)
  await db.$executeRaw`
    INSERT INTO job_runs (name, ran_at) VALUES (${name}, ${ranAt})
    ON CONFLICT (name) DO UPDATE SET ran_at = greatest(job_runs.ran_at, excluded.ran_at)`
}

/** When a job ran last, in any process; null when it never has. */
export async function lastJobRun(name: string) {
  const run = await db.jobRun.findUnique({ where: { name } })
  return run && instantOf(run.ranAt)
}
