import type { Ctx } from '../../context.ts'
import { moveAppointment, type Wish } from './move.ts'

/**
 * Moves an appointment to another time of the same doctor. A patient may until the clinic's notice, or until the visit
 * begins when the clinic can't keep its time, and the doctor confirms anew; the front desk may to times of its own clinics, whatever the notice. Throws what moving throws.
 */
export const rescheduleAppointment = (ctx: Ctx, id: string, wish: Omit<Wish, 'presentDoctorId'>) =>
  moveAppointment(ctx, id, wish, { toOtherDoctor: false })
