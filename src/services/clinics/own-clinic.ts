import type { Ctx } from '../../context.ts'

/** Whether a time of this clinic is for this person to give away: the front desk keeps to its own clinics. */
export const isOwnClinic = ({ actor }: Ctx, clinicId: string) =>
  actor.role !== 'STAFF' || actor.clinicIds.includes(clinicId)
