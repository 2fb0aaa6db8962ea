import type { Clinic } from './open-clinic.ts'
import { booksOf, type Payment, type Visit } from './payments.ts'
import { DAY, MINUTE, type World } from './world.ts'

const reasons = ['Charged for a longer visit than it was', 'The doctor was called away in the middle']

/**
 * The front desk gave money back for two visits that were over, one paid from afar; some more waits to be handed over.
 */
export function someGetMoneyBack(world: World, clinic: Clinic) {
  const [deskId = ''] = clinic.staff
  const desk = { actorId: deskId, actorRole: 'STAFF' }
  const visits = new Map(
    world.rows.appointments.filter(({ clinicId }) => clinicId === clinic.id).map(visit => [visit.id, visit])
  )
  const endOf = ({ appointmentId }: Payment) => Date.parse(String(visits.get(appointmentId)?.endsAt))
  const over = world.rows.payments
    .filter(({ appointmentId, status }) => visits.get(appointmentId)?.status === 'COMPLETED' && status === 'SUCCESS')
    .filter(payment => world.now - endOf(payment) > 2 * DAY)
    .sort((a, b) => endOf(b) - endOf(a))
  for (const [at, isOnline] of [true, false].entries()) {
    const payment = over.find(({ gateway }) => Boolean(gateway) === isOnline)
    const visit = visits.get(payment?.appointmentId)
    if (!payment || !visit) continue

    const [books, when] = [booksOf(world, visit), endOf(payment) + DAY]
    books.oweRefund(payment, when, desk, 'STAFF', reasons[at])
    if (!isOnline) books.handOver(payment, when, desk)
  }
  oneIsToBeHandedOver(world, clinic, deskId)
}

/** Somebody had paid in advance at the desk when the doctor had to call it off. */
function oneIsToBeHandedOver(world: World, clinic: Clinic, deskId: string) {
  const { payments, appointments, auditEvents } = world.rows
  const doctors = new Set(world.rows.doctors.map(({ userId }) => userId))
  const owed = new Set(
    payments.flatMap(({ failure, appointmentId }) => (failure === 'CALLED_OFF' ? appointmentId : []))
  )
  const calledAt = (visit: Visit) => Date.parse(String(visit.cancelledAt))
  const [visit] = appointments
    .filter(({ clinicId, cancelledById }) => clinicId === clinic.id && doctors.has(String(cancelledById)))
    .filter(({ id }) => owed.has(String(id)))
    .sort((a, b) => calledAt(b) - calledAt(a))
  const payment = payments.find(({ appointmentId }) => appointmentId === visit?.id)
  if (!visit || !payment) return

  const told = auditEvents.findIndex(
    ({ event, subjectId }) => event === 'payment.called-off' && subjectId === payment.id
  )
  auditEvents.splice(told, 1)
  const at = calledAt(visit)
  const [books, who] = [booksOf(world, visit), { actorId: visit.cancelledById ?? null, actorRole: 'DOCTOR' }]
  books.collect(payment, Math.max(Date.parse(String(payment.createdAt)), at - 30 * MINUTE), deskId, 'CASH')
  Object.assign(payment, { failure: null })
  books.oweRefund(payment, at, who, visit.status === 'REJECTED' ? 'REJECTED' : 'CANCELLED')
}
