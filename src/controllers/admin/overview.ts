import type { Request, Response } from 'express'
import { lately } from '../../services/analytics/lately.ts'
import { nextAppointments } from '../../services/appointments/admin-list.ts'
import { lateVisits } from '../../services/appointments/late-visits.ts'
import { clinicTotals, todayAtClinics } from '../../services/clinics/today.ts'
import { todaysMoney } from '../../services/payments/todays-money.ts'
import { reply } from '../../views.ts'

const NEXT = 8

export async function show(req: Request, res: Response) {
  const [day, totals, late, next, recent, takings] = await Promise.all([
    todayAtClinics(req.ctx),
    clinicTotals(req.ctx),
    lateVisits(req.ctx, NEXT),
    nextAppointments(req.ctx, NEXT),
    lately(req.ctx),
    todaysMoney(req.ctx)
  ])
  await reply(req, res, 'admin/overview/show', {
    ...day,
    totals,
    lateVisits: late,
    nextAppointments: next,
    lately: recent,
    todaysMoney: takings
  })
}
