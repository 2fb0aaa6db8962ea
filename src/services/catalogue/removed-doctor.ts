import type { Tx } from '../../database/transaction.ts'
import { NotFound } from '../../errors.ts'
import { dropSessions } from '../people/sessions.ts'

/** What refers to a doctor, or to the doctor's account: that goes with the doctor. Throws NotFound. */
export async function usesOfDoctor(tx: Tx, id: string) {
  const row = await tx.doctor.findUnique({
    where: { id },
    select: {
      userId: true,
      _count: { select: { appointments: true, timeslots: true, workingHours: true, timeOff: true } },
      user: { select: { _count: { select: { notes: true, entries: true, notices: true } } } }
    }
  })
  if (!row) throw new NotFound()
  const { notes, entries, notices } = row.user._count
  const audit = await tx.auditEvent.count({ where: { actorId: row.userId } })
  return { ...row._count, notes: notes + entries, notices, audit }
}

/** A doctor to whom nothing refers, with clinics, account and invitation. */
export async function removeDoctor(tx: Tx, id: string) {
  await tx.doctorClinic.deleteMany({ where: { doctorId: id } })
  const { userId } = await tx.doctor.delete({ where: { id }, select: { userId: true } })
  await dropSessions(tx, userId)
  await tx.user.delete({ where: { id: userId }, select: { id: true } })
}
