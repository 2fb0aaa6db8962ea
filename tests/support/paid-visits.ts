import type { Temporal } from 'temporal-polyfill'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import type { Prisma } from '../../src/generated/client.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { type PaymentKind, tellOfPayment } from '../../src/services/notifications/tell-of-payment.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { hireDoctor, openClinic, registerPatient } from './world.ts'

/** A clinic in Kolkata whose visits are paid for by card: ₹500 each, at that moment, unless said otherwise. */
export async function paidVisits(now: Temporal.Instant) {
  const paidAt = toDate(now)
  const clinic = await openClinic({ name: 'Lotus Clinic', timeZone: 'Asia/Kolkata', currency: 'INR' })
  const doctor = await hireDoctor(clinic.id, { name: 'Dr Asha Rao', specialization: 'Oncology' })
  let count = 0

  async function paid(said: Partial<Prisma.PaymentUncheckedCreateInput> = {}) {
    const ada = await registerPatient()
    const time = `${String(8 + Math.floor(count / 4)).padStart(2, '0')}:${(count++ % 4) * 15 || '00'}`
    const visit = await addVisit({ clinic, doctorId: doctor.id, patient: ada, days: 3, time })
    const money = { amountMinor: 50_000, receivedMinor: 50_000, currency: 'INR', paidAt, status: 'SUCCESS' } as const
    const how = { method: 'CARD', gateway: 'test', transactionId: 'txn_1' } as const
    const names = { appointmentId: visit.id, clinicId: clinic.id, reference: visit.reference.replace('VISIT', 'PAY') }
    return { ada, visit, payment: await db.payment.create({ data: { ...names, ...money, ...how, ...said } }) }
  }

  const plan = (paymentId: string, kind: PaymentKind = 'payment.receipt') =>
    transaction(tx => tellOfPayment(tx, systemCtx(now, 'test'), kind, paymentId))

  /** So many, each with a receipt that waits to be sent. */
  async function planned(many = 1) {
    const all = await Promise.all(Array.from({ length: many }, () => paid()))
    for (const { payment } of all) await plan(payment.id)
    return all
  }
  return { clinic, paid, plan, planned }
}
