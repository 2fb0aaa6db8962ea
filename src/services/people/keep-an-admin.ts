import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'

/**
 * Throws a Refusal when nobody else could run accounts: an admin who may sign in. Two admins who remove each other at
 * the same moment read what the other writes, so a serializable transaction lets one of them through.
 */
export async function keepAnAdmin(tx: Tx, field: string | null, without: string) {
  const other = await tx.user.findFirst({
    where: { role: 'ADMIN', disabledAt: null, passwordHash: { not: null }, id: { not: without } },
    select: { id: true }
  })
  if (!other) throw refuse(field, 'admin:errors.lastAdmin')
}
