import { afterAll, beforeAll, expect, it } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { begins, decides, standingOf } from '../support/payer.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlots, hireDoctor, openClinic, registerPatient } from '../support/world.ts'
import { clearAway, freePort, type Running, root, runFile, sendJob } from './support.ts'

let port: number
let app: Running
let ada: Person
let slots: Awaited<ReturnType<typeof addSlots>>

beforeAll(async () => {
  const clinic = await openClinic()
  slots = await addSlots((await hireDoctor(clinic.id)).id, clinic, 2)
  port = await freePort()
  app = await start()
  ada = await signedIn({ url: `http://127.0.0.1:${port}` }, await registerPatient())
})
afterAll(async () => {
  await app.stop('SIGTERM')
  await clearAway()
})

it('killed between the payment and the news of it, the app books it when it is back', async () => {
  const paying = await begins(ada, slots[0] ?? raise())
  await decides(ada, paying.checkoutUrl, 'PAY', 'LATER')
  await app.stop('SIGKILL')
  expect(await standingOf(paying.id)).toBe('HELD PENDING')

  app = await start()
  await minuteGoesBy(paying.id)
  await expect.poll(() => standingOf(paying.id), { timeout: 20_000 }).toBe('BOOKED SUCCESS')
})

it('killed while money is on its way back, it sends it once when it is back', async () => {
  const { id, checkoutUrl, appointmentId } = await begins(ada, slots[1] ?? raise())
  await decides(ada, checkoutUrl, 'PAY', 'AT_ONCE')
  await expect.poll(() => standingOf(id)).toBe('BOOKED SUCCESS')
  await ada.sends('patch', paths.booking.appointments.show(appointmentId), {
    status: 'CANCELLED',
    reason: 'Better now'
  })
  await app.stop('SIGKILL')

  app = await start()
  await minuteGoesBy(id)
  await expect.poll(() => standingOf(id), { timeout: 20_000 }).toBe('CANCELLED REFUNDED CANCELLED')
  const { refundedMinor } = await db.testCheckout.findFirstOrThrow({ where: { idempotencyKey: id } })
  expect(refundedMinor).toBe(6000)
})

async function start() {
  const settings = { NODE_ENV: 'test', PORT: port, RATE_LIMIT_FACTOR: 1000, TEST_GATEWAY_SUCCESS_PERCENT: 100 }
  const started = runFile(root, 'server.ts', {
    ...{ ...settings, DATABASE_URL: String(pool.options.connectionString) },
    ...{ SESSION_SECRET: 'f3a91c7be0d24856f3a91c7be0d24856' }
  })
  await started.says('Docket is at')
  return started
}

/** Instead of waiting for it: what is due within the minute is due, and the job runs as by the clock. */
async function minuteGoesBy(id: string) {
  await db.payment.updateMany({ where: { id, nextLookAt: { not: null } }, data: { nextLookAt: new Date(0) } })
  await sendJob('reconcile-payments', String(pool.options.connectionString))
}

function raise(): never {
  throw new Error('no slot')
}
