import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { visibleTo } from '../appointments/queries.ts'
import { patientsSeen } from '../people/patient-queries.ts'
import { copiesOf, copyCounts } from './copies.ts'
import { isAboutOwn, messageFields, messageView } from './message-view.ts'
import { visibleMessages } from './visible-messages.ts'
import { againRelations, whyNotAgain, workingLinks } from './why-not-again.ts'

const fields = {
  ...messageFields,
  ...{ patientId: true, appointmentId: true, copyOfId: true, address: true },
  seenToBy: { select: { name: true } },
  recipient: {
    select: { ...againRelations.recipient.select, name: true, role: true, email: true, phone: true, erasedAt: true }
  },
  patient: { select: { ...againRelations.patient.select, id: true, name: true, phone: true } },
  appointment: { select: { ...againRelations.appointment.select, ...messageFields.appointment.select } }
} satisfies Prisma.NotificationSelect

type Row = Prisma.NotificationGetPayload<{ select: typeof fields }>

/**
 * A message as the front desk works with it, and all its copies, this one too, the first one first. Throws NotFound.
 */
export async function messageAtDesk(ctx: Ctx, id: string) {
  const row = await db.notification.findFirst({ where: { AND: [{ id }, visibleMessages(ctx)] }, select: fields })
  if (!row) throw new NotFound()
  const [[message], copies] = await Promise.all([shown(ctx, [row]), copiesOf(db, row, messageFields)])
  if (!message) throw new NotFound()
  return { message, copies: copies.map(copy => messageView(ctx, copy)) }
}

/** Those of these messages that this person may see, in this order. */
export async function messagesAtDesk(ctx: Ctx, ids: string[]) {
  const rows = await db.notification.findMany({
    where: { AND: [{ id: { in: ids } }, visibleMessages(ctx)] },
    select: fields
  })
  const found = new Map((await shown(ctx, rows)).map(message => [message.id, message]))
  return ids.flatMap(id => found.get(id) ?? [])
}

/**
 * To whom and where they go now, what became of them and whether they can be sent again. Not what they say: that may hold
 * what opens an appointment or an account.
 */
async function shown(ctx: Ctx, rows: Row[]) {
  const idsOf = (of: (row: Row) => string | undefined) => ({ in: [...new Set(rows.flatMap(row => of(row) ?? []))] })
  const [working, copies, visits, patients] = await Promise.all([
    workingLinks(db, ctx, rows),
    copyCounts(db, rows),
    db.appointment.findMany({
      where: { AND: [{ id: idsOf(row => row.appointment?.id) }, visibleTo(ctx)] },
      select: { id: true }
    }),
    db.patient.findMany({ where: { AND: [{ id: idsOf(concerned) }, patientsSeen(ctx)] }, select: { id: true } })
  ])
  const known = new Set([...visits, ...patients].map(({ id }) => id))
  return rows.map(row => {
    const [view, patientId = ''] = [messageView(ctx, row), concerned(row)]
    const why = copies.isReplaced(row) ? 'COPIED' : whyNotAgain(ctx, row, working)
    return {
      ...view,
      ...(isAboutOwn(ctx, row) || known.has(patientId) ? reachedAt(row) : { email: null, phone: null }),
      appointment: view.appointment && { ...view.appointment, isSeen: known.has(view.appointment.id) },
      /** Whose data can be put right: the account, and the patient it is about. */
      accountId: row.recipientId,
      patientId: known.has(patientId) ? patientId : null,
      seenToBy: row.seenToBy?.name ?? null,
      canResend: why === null,
      whyNotAgain: why,
      canSettle: view.state === 'FAILED',
      copies: copies.count(row)
    }
  })
}

const concerned = ({ patient, appointment }: Row) => patient?.id ?? appointment?.patient.id

/** Nobody is reached at what stands where an address was. */
function reachedAt({ recipient, patient, address }: Row) {
  if (recipient?.erasedAt) return { email: null, phone: null }
  return { email: address ?? recipient?.email ?? null, phone: recipient?.phone ?? patient?.phone ?? null }
}
