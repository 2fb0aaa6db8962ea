import { randomUUID } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import type { InvitationPurpose } from '../../src/generated/enums.ts'
import { onTheClock, toDate } from '../../src/scheduling/zone.ts'
import type { MessageData, MessageKind } from '../../src/services/notifications/kinds.ts'
import { planMessages } from '../../src/services/notifications/plan.ts'
import { codeOf, hashCode } from '../../src/services/people/invitation-code.ts'
import { surgery } from './appointment-mails.ts'
import { addUser } from './world.ts'

type Visit = Parameters<Awaited<ReturnType<typeof surgery>>['visit']>[1]
type Plan = { recipientId: string; appointmentId?: string; clinicId?: string; data?: MessageData }

/** A place in which something happened that each kind of message tells of, to people who read a language. */
export async function everyMessage(now: Temporal.Instant, locale: string) {
  const place = await surgery()
  const { clinic, doctor, ada, slot, visit } = place
  await db.user.updateMany({ where: { id: { in: [ada.id, doctor.userId] } }, data: { locale, wantsAgenda: true } })
  const day = now.toZonedDateTimeISO(clinic.timeZone).toPlainDate()
  const instants = { cancelledAt: toDate(now), cancelledById: doctor.userId, cancellationReason: 'Biopsy first' }
  let days = 2
  const nextDay = () => day.add({ days: days++ }).toString()

  const about = async (recipientId: string, said: Visit = {}, data: MessageData = {}): Promise<Plan> => {
    const { id, clinicId, sequence } = await visit(`${nextDay()}T09:30`, said)
    return { recipientId, appointmentId: id, clinicId, data: { sequence, ...data } }
  }
  const toAda = (said?: Visit, data?: MessageData) => about(ada.id, said, data)
  const toDoctor = (said?: Visit, data?: MessageData) => about(doctor.userId, said, data)
  const from = onTheClock(toDate(now.add({ hours: 24 })), clinic.timeZone)

  async function proposed() {
    const plan = await toAda()
    const { timeslotId } = await db.appointment.findUniqueOrThrow({ where: { id: plan.appointmentId ?? '' } })
    await db.timeSlot.update({ where: { id: timeslotId }, data: { suspendedBy: 'TIME_OFF' } })
    const timeslotIds = [(await slot(`${nextDay()}T11:00`)).id]
    return { ...plan, data: { ...plan.data, timeslotIds } }
  }

  async function money(status: 'SUCCESS' | 'REFUNDED', cause: 'CANCELLED' | 'TIME_GONE' | null) {
    const { appointmentId = '' } = await toAda({ status: cause ? 'CANCELLED' : 'BOOKED', ...(cause && instants) })
    const gone = cause && { refundDueAt: toDate(now), refundCause: cause }
    const { id } = await db.payment.create({
      data: {
        ...{
          appointmentId,
          clinicId: clinic.id,
          reference: randomUUID().slice(0, 9),
          amountMinor: 6000,
          currency: 'GBP'
        },
        ...{
          receivedMinor: 6000,
          method: 'CARD',
          gateway: 'test',
          transactionId: 'txn_1',
          paidAt: toDate(now),
          status
        },
        ...{ ...gone, ...(status === 'REFUNDED' && { refundedAt: toDate(now) }) }
      }
    })
    return { recipientId: ada.id, appointmentId, clinicId: clinic.id, data: { paymentId: id } }
  }

  async function linked(purpose: InvitationPurpose, userId = ada.id) {
    const id = randomUUID()
    const link = { purpose, codeHash: hashCode(codeOf(id)), expiresAt: toDate(now.add({ minutes: 30 })) }
    const email = purpose === 'CHANGE' ? `new-${id}@docket.example` : null
    await db.invitation.create({ data: { id, userId, ...link, email, createdAt: toDate(now) } })
    return { recipientId: userId, data: { invitationId: id } }
  }

  const toAccount = async () => ({ recipientId: ada.id })
  const happened: Record<MessageKind, () => Promise<Plan>> = {
    'appointment.booked': toAda,
    'appointment.confirmed': () => toAda({ status: 'CONFIRMED' }),
    'appointment.rejected': () => toAda({ status: 'REJECTED', ...instants }),
    'appointment.moved': () => toAda({ sequence: 1 }, { from }),
    'appointment.cancelled': () => toAda({ status: 'CANCELLED', ...instants }),
    'appointment.reminder': () => toAda({}, { hours: 24 }),
    'appointment.proposed': proposed,
    'payment.receipt': () => money('SUCCESS', null),
    'payment.refunded': () => money('REFUNDED', 'CANCELLED'),
    'payment.time-gone': () => money('SUCCESS', 'TIME_GONE'),
    'doctor.booked': toDoctor,
    'doctor.moved': () => toDoctor({ sequence: 1 }, { from }),
    'doctor.cancelled': () => toDoctor({ status: 'CANCELLED', ...instants }),
    'doctor.agenda': async () => {
      const { recipientId } = await toDoctor()
      return { recipientId, data: { day: day.add({ days: days - 1 }).toString(), clinicId: clinic.id } }
    },
    'account.invited': async () => linked('JOIN', (await addUser('PATIENT', { passwordHash: null, locale })).id),
    'account.confirm': async () => linked('CONFIRM', (await addUser('PATIENT', { emailConfirmedAt: null, locale })).id),
    'account.reset': () => linked('RESET'),
    'account.password-changed': toAccount,
    'account.email-change': () => linked('CHANGE'),
    'account.email-changed': toAccount,
    'account.email-known': toAccount
  }

  /** Plans a mail of that kind. */
  async function plan(kind: MessageKind) {
    const message = { kind, channel: 'EMAIL', about: randomUUID(), ...(await happened[kind]()) } as const
    await transaction(tx => planMessages(tx, systemCtx(now, 'test'), [message]))
    return message
  }
  return { ...place, plan }
}
