import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { addSlot, hireDoctor, openClinic, registerPatient } from '../support/world.ts'
import { clearAway, copyOfApp, freePort, root, runFile, sendJob } from './support.ts'

let folder: string | undefined
afterAll(() => clearAway(folder))

const settings = () => ({ NODE_ENV: 'test', DATABASE_URL: String(pool.options.connectionString), LOG_LEVEL: 'info' })

it('the worker runs apart, by its timetable', async () => {
  const worker = runFile(root, 'worker.ts', settings())
  await worker.says('worker started')
  const { rows } = await pool.query('SELECT name, cron FROM pgboss.schedule ORDER BY name')
  expect(rows).toEqual([
    { name: 'count-hours', cron: '* * * * *' },
    { name: 'expire-holds', cron: '* * * * *' },
    { name: 'plan-agendas', cron: '*/15 * * * *' },
    { name: 'plan-reminders', cron: '17 * * * *' },
    { name: 'publish-slots', cron: '7 * * * *' },
    { name: 'reconcile-payments', cron: '* * * * *' },
    { name: 'send-messages', cron: '* * * * *' },
    { name: 'send-test-callbacks', cron: '* * * * *' },
    { name: 'send-texts', cron: '* * * * *' },
    { name: 'sweep', cron: '*/10 * * * *' }
  ])
  expect(await worker.stop('SIGTERM')).toMatchObject({ code: 0, err: '' })
})

it('the worker releases a hold that has run out', async () => {
  const hold = await expiredHold()
  await sendJob('expire-holds', settings().DATABASE_URL)
  const worker = runFile(root, 'worker.ts', settings())
  await expect.poll(() => statusOf(hold.id), { timeout: 15_000 }).toBe('EXPIRED')
  await worker.says('"job":"expire-holds","done":1')
  await worker.stop('SIGTERM')
})

it('needs to be told which database', async () => {
  const { code, err } = await runFile(root, 'worker.ts').ended()
  expect({ code, err }).toEqual({
    code: 1,
    err: 'The worker needs DATABASE_URL; without one it runs inside npm start.\n'
  })
})

it('with DATABASE_URL, npm start uses that server and keeps none of its own', async () => {
  folder = await copyOfApp()
  await openClinic()
  const app = runFile(folder, 'server.ts', { PORT: await freePort(), DATABASE_URL: settings().DATABASE_URL })
  await app.says('admin@demo.example')
  const { rows } = await pool.query("SELECT FROM pgboss.schedule WHERE name = 'publish-slots'")
  expect(rows).toHaveLength(1)
  expect(existsSync(join(folder, '.data/postgres'))).toBe(false)
  expect(await app.stop('SIGTERM')).toMatchObject({ code: 0, err: '' })
})

async function expiredHold() {
  const clinic = await openClinic()
  const doctor = await hireDoctor(clinic.id)
  const ada = await registerPatient()
  const { id: timeslotId, doctorId, clinicId, startsAt, endsAt } = await addSlot(doctor.id, clinic)
  const slot = { timeslotId, doctorId, clinicId, startsAt, endsAt }
  const person = { patientId: ada.patientId, bookedById: ada.id }
  const hold = { status: 'HELD', holdExpiresAt: new Date(Date.now() - 1000) } as const
  return db.appointment.create({
    data: { ...slot, ...person, ...hold, reference: 'HOLD1', feeMinor: 0, currency: 'GBP' }
  })
}

async function statusOf(id: string) {
  await sleep(50)
  return (await db.appointment.findUniqueOrThrow({ where: { id } })).status
}
