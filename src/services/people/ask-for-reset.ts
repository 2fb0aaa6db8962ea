import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { noteMailRequest } from './mail-request.ts'

/**
 * Notes that somebody wants a new password for the account with this address, if there is one: nobody looks here, so that
 * the answer and the time it takes tell nothing. The mail follows from `answerMailRequests`.
 */
export async function askForReset(ctx: Ctx, { email }: { email: string }) {
  await noteMailRequest(db, ctx, { kind: 'RESET', email })
}
