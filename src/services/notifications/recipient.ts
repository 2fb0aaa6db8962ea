import type { Actor } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Waiting } from './due.ts'

/** Whoever is told, and how. */
export interface Recipient {
  /** As whom they may see what they are told of; nobody's for a patient without an account. */
  actor: Actor | null
  name: string
  locale: string
  email: string | null
  phone: string | null
  /** Whether the address was shown to be theirs: somebody else may have typed it, and the names besides. */
  isConfirmed: boolean
  wantsReminders: boolean
  wantsTexts: boolean
  wantsNews: boolean
  wantsAgenda: boolean
  /** Nothing is sent to an account that was shut. */
  isDisabled: boolean
}

const wanted = { wantsReminders: true, wantsTexts: true, wantsNews: true, wantsAgenda: true }

/** Whoever a message goes to, if they still may be told anything. */
export async function recipientOf({ recipientId, patientId, address }: Waiting): Promise<Recipient | null> {
  if (!recipientId) return patientId ? withoutAccount(patientId) : null
  const user = await db.user.findUnique({
    where: { id: recipientId, erasedAt: null },
    select: {
      ...{ disabledAt: true, emailConfirmedAt: true },
      ...{ email: true, phone: true, locale: true, role: true, name: true, ...wanted },
      doctor: { select: { id: true } }
    }
  })
  if (!user) return null
  const { role, doctor, disabledAt, emailConfirmedAt, ...how } = user
  const actor = { id: recipientId, role, name: user.name, clinicIds: [], doctorId: doctor?.id ?? null }
  const is = { isConfirmed: emailConfirmedAt !== null, isDisabled: disabledAt !== null }
  return { ...how, email: address ?? user.email, actor, ...is }
}

async function withoutAccount(id: string): Promise<Recipient | null> {
  const patient = await db.patient.findUnique({
    where: { id, archivedAt: null },
    select: { name: true, phone: true, accountId: true }
  })
  const all = { wantsReminders: true, wantsTexts: true, wantsNews: true, wantsAgenda: false, isDisabled: false }
  return patient && !patient.accountId
    ? { name: patient.name, phone: patient.phone, actor: null, locale: 'en', email: null, isConfirmed: false, ...all }
    : null
}
