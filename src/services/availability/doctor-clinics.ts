import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Forbidden } from '../../errors.ts'
import { boundsOf, toDate } from '../../scheduling/zone.ts'

export interface DoctorClinic {
  id: string
  name: string
  city: string
  timeZone: string
  /** Whether the doctor works there now. Elsewhere there may still be visits. */
  isOpen: boolean
}

/** The doctor who asks. Throws Forbidden when it is somebody else. */
export function ownDoctorId({ actor }: Ctx) {
  if (!actor.doctorId) throw new Forbidden()
  return actor.doctorId
}

/** Where a doctor works or has times, the place of the next time first; to the front desk only its own clinics. */
export async function doctorClinics(ctx: Ctx, doctorId = ownDoctorId(ctx)): Promise<DoctorClinic[]> {
  const { role, clinicIds } = ctx.actor
  const mine = role === 'STAFF' ? { id: { in: clinicIds } } : {}
  const [clinics, next] = await Promise.all([
    db.clinic.findMany({
      where: { AND: [mine, { OR: [{ doctors: { some: { doctorId } } }, { timeslots: { some: { doctorId } } }] }] },
      select: {
        id: true,
        name: true,
        city: true,
        timeZone: true,
        deactivatedAt: true,
        doctors: { where: { doctorId }, select: { doctorId: true } }
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }]
    }),
    db.timeSlot.findFirst({
      where: { doctorId, withdrawnAt: null, endsAt: { gt: toDate(ctx.now) } },
      orderBy: { startsAt: 'asc' },
      select: { clinicId: true }
    })
  ])
  const shown = clinics.map(({ deactivatedAt, doctors, ...clinic }) => ({
    ...clinic,
    isOpen: deactivatedAt === null && doctors.length > 0
  }))
  return shown.sort((a, b) => Number(b.id === next?.clinicId) - Number(a.id === next?.clinicId))
}

/** What starts on some days, each clinic's by its own clock. */
export const onDays = (clinics: DoctorClinic[], from: Temporal.PlainDate, days: number) =>
  clinics.map(({ id, timeZone }) => {
    const [start] = boundsOf(from, timeZone)
    const [, end] = boundsOf(from.add({ days: days - 1 }), timeZone)
    return { clinicId: id, startsAt: { gte: toDate(start), lt: toDate(end) } }
  })
