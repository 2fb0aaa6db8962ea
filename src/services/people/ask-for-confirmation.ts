import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { noteMailRequest } from './mail-request.ts'
import { ownAccount } from './queries.ts'

/** Notes that one wants the link to confirm one's own address once more, if that is still to be done. */
export async function askForConfirmation(ctx: Ctx) {
  const { email, isEmailConfirmed } = await ownAccount(ctx)
  if (!isEmailConfirmed) await noteMailRequest(db, ctx, { kind: 'CONFIRM', email })
}
