import type { Request } from 'express'
import { paths } from '../../paths.ts'

/** The pages behind the door that this person came through: a doctor's own, or the front desk's. */
export const door = ({ ctx }: Request) => (ctx.actor.role === 'DOCTOR' ? paths.doctor : paths.admin)

/** Whom a page of the front desk is about; a doctor's own pages need no name. */
export const whose = ({ ctx }: Request, doctorId?: string) =>
  ctx.actor.role === 'DOCTOR' || !doctorId ? {} : { doctorId }
