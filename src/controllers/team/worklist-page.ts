import type { Request } from 'express'
import { conflicts, movedVisit } from '../../services/appointments/conflicts.ts'
import { whoseTime } from '../../services/availability/whose-time.ts'

interface Asked {
  doctorId?: string | undefined
  page: number
  moved?: string | undefined
}

/** Everyone who must be moved or told; of one doctor's patients when one is named. */
export async function worklistPage({ ctx }: Request, { doctorId, page, moved }: Asked) {
  const only = doctorId ? await whoseTime(ctx, doctorId) : null
  return {
    doctor: only && { id: only.id, name: only.name },
    moved: moved ? await movedVisit(ctx, moved) : null,
    ...(await conflicts(ctx, { ...(doctorId && { doctorId }), page }))
  }
}
