import type { Request } from 'express'
import { idOf } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { linkedVisit, presentToken } from '../../services/appointments/linked.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'

/** Which appointment is asked for: one of the account's, or the one that a mailed link opens. */
export const visitId = ({ ctx, params }: Request) => ctx.actor.link?.visitId ?? idOf(params)

/** That appointment, as much of it as whoever asks may see. */
export const visitOf = async (req: Request, { withMoney = false } = {}) =>
  req.ctx.actor.link ? linkedVisit(req.ctx, { withMoney }) : view(req.ctx, await appointmentFor(req.ctx, visitId(req)))

/** Its page once it has been changed: the link that led to it is good for nothing then. */
export const pageOf = async (req: Request) =>
  req.ctx.actor.link ? paths.visits.show(await presentToken(req.ctx)) : paths.booking.appointments.show(visitId(req))

/** The page that says that it is cancelled. */
export const pageOnceOff = async (req: Request) =>
  req.ctx.actor.link
    ? paths.visits.cancelled({ of: await presentToken(req.ctx) })
    : paths.booking.appointments.show(visitId(req))
