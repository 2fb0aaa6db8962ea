import { config } from '../../src/config.ts'
import type { DeskMethod, PaymentFailure, PaymentMethod, RefundCause } from '../../src/generated/enums.ts'
import { paths } from '../../src/paths.ts'
import { idOf, newReference } from './names.ts'
import { iso, MINUTE, type World } from './world.ts'

export type Visit = World['rows']['appointments'][number]
export type Payment = World['rows']['payments'][number]

export interface Who {
  actorId: string | null
  actorRole: string
}

export const bySystem: Who = { actorId: null, actorRole: 'SYSTEM' }

/**
 * What happens to the money of a visit, in the words of the verbs that do it, and what its gateway writes down of it.
 */
export function booksOf(world: World, visit: Visit) {
  const { rows } = world
  const appointmentId = String(visit.id)
  const { feeMinor: amountMinor, currency, clinicId } = visit
  const checkoutOf = (payment: Payment) => rows.testCheckouts.findLast(({ id }) => id === payment.gatewayReference)
  const tell = (payment: Payment, event: string, at: number, who: Who, data = {}) =>
    rows.auditEvents.push({
      ...{ at: iso(at), event: `payment.${event}`, ...who, data: { appointmentId, ...data }, clinicId, appointmentId },
      ...{ subjectType: 'payment', subjectId: payment.id ?? null, requestId: `demo-${appointmentId.slice(0, 8)}` }
    })

  function open(method: PaymentMethod, at: number, number: number) {
    const id = idOf('payment', appointmentId, number)
    const reference = newReference(world.chance(`reference/${id}`), world.references)
    const payment: Payment = {
      ...{ id, reference, appointmentId, clinicId, method, status: 'PENDING', isCurrent: true, amountMinor, currency },
      ...{ createdAt: iso(at), failedLooks: 0 }
    }
    rows.payments.push(payment)
    return payment
  }

  return {
    atClinic: (at: number) => open('PAY_AT_CLINIC', at, 1),

    start(method: PaymentMethod, at: number, who: Who, number = 1) {
      const payment = open(method, at, number)
      tell(payment, 'started', at, who, { method })
      const [paymentId, checkoutId] = [String(payment.id), idOf('checkout', String(payment.id))]
      const checkoutUrl = paths.testGateway.checkout(checkoutId)
      rows.testCheckouts.push({
        ...{
          id: checkoutId,
          idempotencyKey: paymentId,
          method,
          amountMinor,
          currency,
          state: 'OPEN',
          refundedMinor: 0
        },
        description: `Docket ${payment.reference}`,
        returnUrl: paths.booking.payments.return(paymentId),
        leftUrl: paths.booking.payments.return(paymentId, { left: 'yes' }),
        callbackUrl: `${config.testGateway?.url}${paths.callbacks.test()}`,
        createdAt: iso(at)
      })
      return Object.assign(payment, { gateway: 'test', gatewayReference: checkoutId, checkoutUrl })
    },

    succeed(payment: Payment, at: number) {
      const transactionId = nameAtGateway('TEST', payment)
      Object.assign(payment, { status: 'SUCCESS', paidAt: iso(at), receivedMinor: amountMinor, transactionId })
      Object.assign(checkoutOf(payment) ?? {}, { state: 'PAID', transactionId })
      tell(payment, 'succeeded', at, bySystem)
    },

    fail(payment: Payment, failure: PaymentFailure, at: number, who: Who) {
      Object.assign(payment, { status: 'FAILED', failure, isCurrent: failure !== 'REPLACED' })
      Object.assign(checkoutOf(payment) ?? {}, { state: failure === 'DECLINED' ? 'DECLINED' : 'CLOSED' })
      if (failure === 'REPLACED') tell(payment, 'replaced', at, who)
      else tell(payment, 'failed', at, who, { failure })
    },

    collect(payment: Payment, at: number, deskId: string, paidWith: DeskMethod, note: string | null = null) {
      const paid = { status: 'SUCCESS', paidAt: iso(at), receivedMinor: amountMinor }
      Object.assign(payment, { ...paid, collectedById: deskId, paidWith, note })
      tell(payment, 'collected', at, { actorId: deskId, actorRole: 'STAFF' }, { paidWith })
    },

    callOff(payment: Payment, at: number, who: Who) {
      Object.assign(payment, { status: 'FAILED', failure: 'CALLED_OFF' })
      tell(payment, 'called-off', at, who)
    },

    /** What a gateway took goes back within a minute, if that is over; what the desk took waits to be handed over. */
    oweRefund(payment: Payment, at: number, who: Who, refundCause: RefundCause, refundReason: string | null = null) {
      Object.assign(payment, { refundDueAt: iso(at), refundCause, refundReason, refundedById: who.actorId })
      tell(payment, 'refund-owed', at, who, { cause: refundCause })
      if (!payment.gateway) return

      const sentAt = Math.ceil((at + 1) / MINUTE) * MINUTE
      if (sentAt > world.now) {
        Object.assign(payment, { nextLookAt: iso(at) })
        return
      }
      Object.assign(checkoutOf(payment) ?? {}, { refundedMinor: amountMinor, refundKey: payment.id })
      refunded(payment, sentAt, bySystem, nameAtGateway('TEST-REFUND', payment))
    },

    handOver: (payment: Payment, at: number, who: Who) => refunded(payment, at, who)
  }

  function refunded(payment: Payment, at: number, who: Who, refundReference: string | null = null) {
    Object.assign(payment, { status: 'REFUNDED', refundedAt: iso(at), refundReference })
    tell(payment, 'refunded', at, who)
  }
}

/** As the test gateway calls what it took and gave back. */
const nameAtGateway = (kind: string, { gatewayReference }: Payment) =>
  `${kind}-${String(gatewayReference).slice(-12).toUpperCase()}`
