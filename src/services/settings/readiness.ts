import { db } from '../../database/client.ts'

let stopping = false

/** From now on no new work should be sent here. */
export function stopAccepting() {
  stopping = true
}

/** Whether this process can do its work: it is not stopping, and the database answers within two seconds. */
export async function isReady() {
  if (stopping) return false
  const tooSlow = new Promise<boolean>(resolve => setTimeout(resolve, 2_000, false).unref())
  const answers = db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false
  )
  return Promise.race([answers, tooSlow])
}
