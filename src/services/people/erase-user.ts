import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { livingUserFor, type UserRecord, userFor } from './admin-queries.ts'
import { dropMessages, ERASED, type ErasureReason, erasePeople } from './erase-person.ts'
import { endFeed } from './feed.ts'
import { keepAnAdmin } from './keep-an-admin.ts'
import { dropSessions } from './sessions.ts'
import { refuseExpected, visitsToCome } from './visits-to-come.ts'

/** An account to be erased, why it never can be, and the appointments that must be gone before. Throws NotFound. */
export async function userToErase(ctx: Ctx, id: string) {
  const { name, email, state, ...account } = await userFor(ctx, id)
  const why = state === 'ERASED' ? 'erased' : whyKept(account)
  return { person: { id, name, email }, why, visits: await visitsToCome(db, ctx, { accountId: id }) }
}

const whyKept = ({ isSelf, role }: Pick<UserRecord, 'isSelf' | 'role'>) =>
  isSelf ? 'eraseSelf' : role === 'DOCTOR' ? 'eraseDoctor' : null

/**
 * Replaces the personal data of an account and of everybody it looks after, for good; nobody can sign in with it, and
 * its address is free for a new one. When and why is kept. Throws NotFound, and a Refusal of oneself, the last active
 * admin, a doctor (whose name and licence stand under records that must be kept), and while there are appointments to
 * come.
 */
export async function eraseUser(ctx: Ctx, id: string, { reason }: { reason: ErasureReason }) {
  const why = whyKept(await livingUserFor(ctx, id))
  if (why) throw refuse(null, `admin:errors.${why}`)

  await transaction(async tx => {
    await keepAnAdmin(tx, null, id)
    await refuseExpected(tx, ctx, { accountId: id })
    const patients = await tx.patient.findMany({ where: { accountId: id }, select: { id: true } })
    const patientIds = patients.map(patient => patient.id)
    await erasePeople(tx, ctx, patientIds, reason, id)
    await eraseAccount(tx, ctx, id, reason)
    await record(tx, ctx, 'user.erased', { type: 'user', id, data: { reason, patientIds } })
  })
}

async function eraseAccount(tx: Tx, ctx: Ctx, id: string, reason: ErasureReason) {
  const now = toDate(ctx.now)
  const { disabledAt, email } = await tx.user.findUniqueOrThrow({
    where: { id },
    select: { disabledAt: true, email: true }
  })
  await tx.user.update({
    where: { id },
    data: {
      // `.invalid` is nobody's, for ever (RFC 2606).
      email: `erased-${id}@erased.invalid`,
      name: ERASED,
      phone: null,
      passwordHash: null,
      disabledAt: disabledAt ?? now,
      erasedAt: now,
      erasureReason: reason
    },
    select: { id: true }
  })
  await dropSessions(tx, id)
  await endFeed(tx, id)
  await tx.invitation.deleteMany({ where: { userId: id } })
  await tx.staffClinic.deleteMany({ where: { userId: id } })
  await tx.mailRequest.deleteMany({ where: { OR: [{ userId: id }, { email }] } })
  const theirs = { OR: [{ recipientId: id }, { address: email }] }
  await dropMessages(tx, theirs)
  await tx.notification.updateMany({ where: theirs, data: { data: {}, address: null } })
}
