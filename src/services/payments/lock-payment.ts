import type { Tx } from '../../database/transaction.ts'
import type { AppointmentStatus, DeskMethod, PaymentMethod, PaymentStatus } from '../../generated/enums.ts'

/** A payment and the appointment it is for, as they stay until the transaction ends. */
export interface LockedPayment {
  id: string
  method: PaymentMethod
  status: PaymentStatus
  isCurrent: boolean
  amountMinor: number
  currency: string
  gateway: string | null
  idempotencyKey: string | null
  receivedMinor: number | null
  paidAt: Date | null
  refundDueAt: Date | null
  paidWith: DeskMethod | null
  note: string | null
  collectedById: string | null
  /** By whose clock the clinic counts the money that it took. */
  timeZone: string
  appointmentId: string
  visitStatus: AppointmentStatus
  clinicId: string
  timeslotId: string
  patientId: string
  bookedById: string
}

/** How a payment and its appointment stand. Nobody else changes either before the transaction ends. */
export async function lockPayment(tx: Tx, id: string) {
  const [payment] = await tx.$queryRaw<LockedPayment[]>`
    SELECT p.id, p.method, p.status, p.is_current AS "isCurrent", p.amount_minor AS "amountMinor", p.currency, p.gateway,
      p.idempotency_key AS "idempotencyKey", p.received_minor AS "receivedMinor", p.paid_at AS "paidAt",
      p.refund_due_at AS "refundDueAt", p.paid_with AS "paidWith", p.note, p.collected_by_id AS "collectedById",
      c.time_zone AS "timeZone", a.id AS "appointmentId",
      a.status AS "visitStatus", a.clinic_id AS "clinicId", a.timeslot_id AS "timeslotId", a.patient_id AS "patientId",
      a.booked_by_id AS "bookedById"
    FROM appointments a JOIN payments p ON p.appointment_id = a.id JOIN clinics c ON c.id = p.clinic_id
    WHERE p.id = ${id}::uuid
    FOR UPDATE OF a, p`
  return payment
}
