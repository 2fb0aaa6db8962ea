import { beforeEach, expect, it, onTestFailed } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import type { TimeSlot } from '../../src/generated/client.ts'
import { expireHolds } from '../../src/services/appointments/expire-holds.ts'
import { serveApp } from '../support/app.ts'
import { addSlot, hireDoctor, lookAfter, openClinic, registerPatient } from '../support/world.ts'
import { clock, httpClient, serviceClient } from './booking-client.ts'
import { crowd } from './crowd.ts'
import { Customer, randomNumbers } from './customer.ts'
import { expectOrder } from './order.ts'

const app = serveApp()
const operations = Number(process.env.OPERATIONS ?? 1000)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
let slots: TimeSlot[]

/** Four doctors, two clinics, two rooms each; half of the times begin in the middle of the others. */
beforeEach(async () => {
  onTestFailed(() => console.error(`Again with SEED=${seed} OPERATIONS=${operations}`))
  slots = []
  const clinics = await Promise.all([openClinic(), openClinic()])
  for (const { id } of clinics)
    await db.room.createMany({ data: ['Room 1', 'Room 2'].map(name => ({ clinicId: id, name })) })
  for (const [at, clinic] of [...clinics, ...clinics].entries()) {
    const doctor = await hireDoctor(clinics.map(({ id }) => id))
    for (const hour of ['09', '10', '11', '12', '13', '14', '15'])
      slots.push(await addSlot(doctor.id, clinic, { days: 25, time: `${hour}:${at % 2 ? '00' : '10'}` }))
  }
})

/** Everyone acts at once until all is done; now and then time goes on. */
async function bustle(customers: Customer[], many: number, timeGoesOn: () => Promise<unknown>) {
  const { chance } = randomNumbers(seed)
  let left = many
  const busy = customers.map(async customer => {
    while (left-- > 0) await (chance(0.08) ? timeGoesOn() : customer.act())
  })
  await Promise.all(busy)
}

/** Every answer was true and still is; only a hold may have run out since. */
async function expectAsTold(customers: Customer[]) {
  const rows = await db.appointment.findMany({ select: { id: true, status: true, timeslotId: true } })
  const stored = new Map(rows.map(({ id, ...row }) => [id, row]))
  const told = customers.flatMap(customer => [...customer.told])
  expect(stored.size).toBe(told.length)
  for (const [id, last] of told) {
    const isOver = last.status === 'HELD' && stored.get(id)?.status === 'EXPIRED'
    expect(stored.get(id), id).toEqual(isOver ? { ...last, status: 'EXPIRED' } : last)
  }
  expect(new Set(told.map(([, { status }]) => status))).toEqual(new Set(['HELD', 'BOOKED', 'CANCELLED', 'EXPIRED']))
}

it(`keeps every promise in ${operations} random operations of twenty customers`, { timeout: 600_000 }, async () => {
  const customers = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const { id, patientId } = await registerPatient()
      const patients = [patientId, (await lookAfter(id, 'Tomi Obi')).id]
      return new Customer(serviceClient(id), patients, slots, seed + at)
    })
  )
  await bustle(customers, operations, () => {
    clock.goesOn(7)
    return expireHolds(systemCtx(clock.now, 'model'))
  })

  await expectAsTold(customers)
  await expectOrder()
})

it('keeps them over HTTP', async () => {
  await db.$executeRaw`TRUNCATE appointments CASCADE`
  const rivals = await crowd(app, 12)
  const customers = rivals.map((each, at) => new Customer(httpClient(each), [each.patientId], slots, seed + at))
  // A writer among writers: it may meet a deadlock as they do, and is run again as they are.
  await bustle(customers, 240, () =>
    transaction(
      tx => tx.$executeRaw`UPDATE appointments SET hold_expires_at = now() - interval '1 second'
        WHERE id IN (SELECT id FROM appointments WHERE status = 'HELD' ORDER BY random() LIMIT 1)`
    )
  )

  await expectAsTold(customers)
  await expectOrder()
})
