import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { smsGateway } from '../../gateways/sms.ts'
import type { Prisma } from '../../generated/client.ts'
import type { NotificationChannel } from '../../generated/enums.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import type { EventName } from '../audit/events.ts'
import { type Settings, settings } from '../settings/settings.ts'
import { dropOutdated } from './drop-outdated.ts'
import { type MessageData, type MessageKind, urgent } from './kinds.ts'
import { type Message, planMessages, type To } from './plan.ts'
import { reminderMessages } from './reminders.ts'
import { whenToText } from './when-to-text.ts'
import { type ToldOf, whoIsTold } from './who-is-told.ts'

interface News {
  /** For whoever looks after the patient, and for the doctor. */
  patient?: MessageKind
  doctor?: MessageKind
  /** Whether reminders are to be planned: it takes place, at that time. */
  isOn?: boolean
}

/** Every event that somebody is told of, or after which what is planned to be told is out of date. */
const news: Partial<Record<EventName, News>> = {
  'appointment.booked': { patient: 'appointment.booked', doctor: 'doctor.booked', isOn: true },
  'appointment.overbooked': { doctor: 'doctor.booked', isOn: true },
  'appointment.confirmed': { patient: 'appointment.confirmed' },
  'appointment.moved': { patient: 'appointment.moved', doctor: 'doctor.moved', isOn: true },
  'appointment.reassigned': { patient: 'appointment.moved', doctor: 'doctor.booked', isOn: true },
  'appointment.rejected': { patient: 'appointment.rejected', doctor: 'doctor.cancelled' },
  'appointment.cancelled': { patient: 'appointment.cancelled', doctor: 'doctor.cancelled' },
  'appointment.proposed': { patient: 'appointment.proposed' },
  'appointment.checked-in': {},
  'appointment.no-show': {}
}
/** What somebody who did not do it sees as a notice, and is texted. */
const surprises = new Set<MessageKind>([
  ...urgent,
  ...(['appointment.confirmed', 'doctor.booked', 'doctor.moved', 'doctor.cancelled'] as const)
])
/**
 * Plans what an event of an appointment makes known: to whoever looks after the patient, by mail and, when others did
 * it, as a notice and a text; to the doctor, unless it was the doctor; and the reminders. What is planned and no longer
 * so is dropped. A patient without an account is texted.
 */
export async function tellOfAppointment(tx: Tx, ctx: Ctx, event: EventName, id: string, said?: Prisma.InputJsonObject) {
  const { patient, doctor, isOn } = news[event] ?? {}
  if (!news[event]) return
  const of = await whoIsTold(tx, id)
  if (!of) return

  await dropOutdated(tx, id, of.sequence, event)
  const data: MessageData = {
    sequence: of.sequence,
    startsAt: onTheClock(of.startsAt, of.timeZone),
    ...(typeof said?.from === 'string' && { from: said.from }),
    ...(typeof said?.fromDoctorId === 'string' && { formerDoctorId: said.fromDoctorId }),
    ...(Array.isArray(said?.timeslotIds) && { timeslotIds: said.timeslotIds.map(String) }),
    ...(typeof said?.round === 'number' && { round: said.round })
  }
  const allowed = await settings(tx)
  const messages = [
    ...(patient ? toPatient(ctx, of, patient, data, allowed) : []),
    ...(doctor ? toDoctor(ctx, of, doctor, of.doctorUserId, data) : []),
    ...(data.formerDoctorId ? await toFormer(tx, ctx, of, data.formerDoctorId, data) : []),
    ...(isOn ? reminderMessages(ctx, of, allowed) : [])
  ]
  await planMessages(tx, ctx, messages)
}

function toPatient(ctx: Ctx, of: ToldOf, kind: MessageKind, said: MessageData, allowed: Settings): Message[] {
  const isOwn = ctx.actor.id !== null && ctx.actor.id === of.accountId
  const data = { ...said, ...(isOwn && { isOwn }) }
  const sendAfter = whenToText(ctx.now, ctx.now, { ...of, data }, allowed)
  const text = (to: To) => [{ ...message(of, kind, 'SMS', to, data), sendAfter }]
  const hasTexts = smsGateway() !== null
  // Nobody else would tell them: if nobody carries texts, it fails for all to see.
  if (!of.accountId) return hasTexts || urgent.has(kind) ? text({ patientId: of.patientId }) : []

  const to = { recipientId: of.accountId }
  const isTexted = hasTexts && !isOwn && urgent.has(kind) && of.accountPhone && of.wantsTexts
  return [
    message(of, kind, 'EMAIL', to, data),
    ...(!isOwn && surprises.has(kind) ? [message(of, kind, 'IN_APP', to, data)] : []),
    ...(isTexted ? text(to) : [])
  ]
}

function toDoctor({ actor }: Ctx, of: ToldOf, kind: MessageKind, recipientId: string, data: MessageData): Message[] {
  if (actor.id === recipientId) return []
  return (['EMAIL', 'IN_APP'] as const).map(channel => message(of, kind, channel, { recipientId }, data))
}

/** Whoever gave the visit away to another doctor, or had it taken, has it in the calendar still. */
async function toFormer(tx: Tx, ctx: Ctx, of: ToldOf, formerDoctorId: string, { from, ...data }: MessageData) {
  const former = await tx.doctor.findUnique({ where: { id: formerDoctorId }, select: { userId: true } })
  const then = { ...data, ...(from && { startsAt: from }) }
  return former ? toDoctor(ctx, of, 'doctor.cancelled', former.userId, then) : []
}

const message = (of: ToldOf, kind: MessageKind, channel: NotificationChannel, to: To, data: MessageData): Message => ({
  ...to,
  ...{ kind, channel, data, appointmentId: of.id, clinicId: of.clinicId },
  about: [of.id, data.sequence, data.round].filter(each => each !== undefined).join(':')
})
