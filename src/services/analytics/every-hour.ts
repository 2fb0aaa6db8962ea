import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { majorUnits } from '../../helpers/money.ts'
import { daysFrom } from '../../scheduling/zone.ts'
import { type Counted, moneySums, sums } from './measures.ts'
import { type Asked, type Scope, scopeOf, within } from './scope.ts'

export interface HourRow extends Counted {
  day: string
  hour: number
  clinicId: string
  doctor: string
  feeMinor: number
  receivedMinor: number
  refundedMinor: number
}

/**
 * The finest numbers of a report's period, one hour of a doctor at a clinic after the other, a day of them in memory.
 */
export async function everyHour(ctx: Ctx, asked: Asked) {
  const scope = await scopeOf(ctx, asked)
  const clinics = new Map(scope.clinics.map(clinic => [clinic.id, clinic]))
  async function* rows() {
    for (const day of daysFrom(scope.period.from, scope.period.to))
      for (const { clinicId, feeMinor, receivedMinor, refundedMinor, ...row } of await hoursOf(scope, day)) {
        const clinic = clinics.get(clinicId)
        if (!clinic) continue
        const major = (amountMinor: number) => majorUnits({ amountMinor, currency: clinic.currency })
        const paid = {
          received: major(receivedMinor),
          refunded: major(refundedMinor),
          revenue: major(receivedMinor - refundedMinor)
        }
        yield { ...row, clinic, fees: major(feeMinor), ...paid }
      }
  }
  return rows()
}

const hoursOf = (scope: Scope, day: Scope['period']['from']) => db.$queryRaw<HourRow[]>`
  SELECT n.day::text, n.hour, n.clinic_id AS "clinicId", u.name AS doctor, ${sums}, ${moneySums}
  FROM hour_numbers n JOIN clinics c ON c.id = n.clinic_id JOIN doctors d ON d.id = n.doctor_id JOIN users u ON u.id = d.user_id
  WHERE ${within(scope, { from: day, to: day })}
  GROUP BY n.day, n.hour, n.clinic_id, c.name, c.city, n.doctor_id, u.name
  ORDER BY c.name, c.city, u.name, n.doctor_id, n.hour`
