import type { Actor, Ctx } from '../../context.ts'
import { NotFound } from '../../errors.ts'
import { type Linked, visitCancelled, visitToken } from '../notifications/links.ts'
import { ownAccount } from '../people/queries.ts'
import { appointmentFor, view } from './queries.ts'

/** Whoever holds a link that was mailed: the account that it was mailed to, as far as that one appointment goes. */
export const holderOf = ({ id, accountId }: Linked): Actor => ({
  ...{ id: accountId, role: 'PATIENT', name: '', clinicIds: [], doctorId: null },
  link: { visitId: id }
})

/**
 * The appointment that a mailed link opens, with no more than the mail said of it, and what can be done about it: no
 * word of why somebody comes. Of the money only what becomes of it, and only when that is asked. Throws NotFound.
 */
export async function linkedVisit(ctx: Ctx, { withMoney = false } = {}) {
  const { payment, doctor, patient, ...visit } = view(ctx, await presentVisit(ctx))
  const { id, reference, status, startsAt, endsAt, timeZone, minutes, clinic, isBookable } = visit
  const { canMove, canCancel, whyNotMove, whyNotCancel, needsNewTime, changeableUntil } = visit
  return {
    ...{ id, reference, status, startsAt, endsAt, timeZone, minutes, clinic, isBookable },
    ...{ canMove, canCancel, whyNotMove, whyNotCancel, needsNewTime, changeableUntil },
    doctor: { id: doctor.id, name: doctor.name },
    patient: { name: patient.name, isSelf: patient.isSelf },
    ...(withMoney && {
      payment: payment && { state: payment.state, method: payment.method, amount: payment.received ?? payment.amount }
    })
  }
}

/** The appointment that has just been cancelled through a link, with what becomes of the money; else null. */
export async function cancelledVisit(ctx: Ctx, token: string) {
  const linked = await visitCancelled(ctx, token)
  return linked && linkedVisit({ ...ctx, actor: holderOf(linked) }, { withMoney: true })
}

/** What stands in the address of the page for that appointment as it is by now. */
export async function presentToken(ctx: Ctx) {
  const { id, sequence } = await presentVisit(ctx)
  const { id: accountId, email } = await ownAccount(ctx)
  return visitToken({ id, sequence, accountId, email })
}

function presentVisit(ctx: Ctx) {
  const id = ctx.actor.link?.visitId
  if (!id) throw new NotFound()
  return appointmentFor(ctx, id)
}
