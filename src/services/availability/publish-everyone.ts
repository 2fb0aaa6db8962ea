import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { log } from '../../log.ts'
import { publication } from '../../scheduling/publishing.ts'
import { diaryOf } from './diary.ts'
import { publishDoctor, publishing } from './publish.ts'

/**
 * Keeps the booking window of every doctor full. May run at any time, late, or twice at once: a doctor whose slots are
 * right already is only looked at. One doctor's trouble is logged and keeps no other waiting. Returns what was done.
 */
export const publishEveryone = (ctx: Ctx) => publishEach(ctx, {})

/** The same for the doctors of one clinic, after something of it has changed. */
export const publishClinic = (ctx: Ctx, clinicId: string) => publishEach(ctx, { workingHours: { some: { clinicId } } })

async function publishEach(ctx: Ctx, whose: Prisma.DoctorWhereInput) {
  const doctors = await db.doctor.findMany({
    where: { ...whose, deactivatedAt: null },
    select: { id: true },
    orderBy: { id: 'asc' }
  })
  const total = { doctors: 0, added: 0, removed: 0, suspended: 0, restored: 0, failed: 0 }
  for (const { id } of doctors) {
    try {
      const { add, remove, change } = publication(await diaryOf(db, ctx, id), ctx.now)
      if (add.length + remove.length + change.length === 0) continue

      const { added, removed, suspended, restored } = await publishing(tx => publishDoctor(tx, ctx, id))
      total.doctors++
      total.added += added
      total.removed += removed
      total.suspended += suspended
      total.restored += restored
    } catch (error) {
      log.error({ err: error, doctorId: id }, 'slots not published')
      total.failed++
    }
  }
  return total
}
