import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { expireHolds } from '../../src/services/appointments/expire-holds.ts'
import { hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const many = 450
const minute = 60_000

it('frees every time whose hold has run out, however many at once, and no other', async () => {
  const now = Temporal.Now.instant()
  const ran = new Date(now.epochMilliseconds - 1)
  const runs = new Date(now.epochMilliseconds + minute)
  await hold(many, at => (at === 0 ? runs : ran))

  expect(await expireHolds(systemCtx(now, 'test'))).toBe(many - 1)
  expect(await db.appointment.count({ where: { status: 'EXPIRED', holdExpiresAt: ran } })).toBe(many - 1)
  expect(await db.appointment.count({ where: { status: 'HELD', holdExpiresAt: runs } })).toBe(1)
  expect(await db.auditEvent.count({ where: { event: 'appointment.expired' } })).toBe(many - 1)
  expect(await expireHolds(systemCtx(now, 'test'))).toBe(0)
})

async function hold(many: number, until: (at: number) => Date) {
  const clinic = await openClinic()
  const doctor = await hireDoctor(clinic.id)
  const { id, patientId } = await registerPatient()
  const tomorrow = Date.now() + 24 * 60 * minute
  const times = Array.from({ length: many }, (_, at) => tomorrow + at * 10 * minute)
  const slots = await db.timeSlot.createManyAndReturn({
    data: times.map(time => ({
      doctorId: doctor.id,
      clinicId: clinic.id,
      startsAt: new Date(time),
      endsAt: new Date(time + 10 * minute)
    }))
  })
  await db.appointment.createMany({
    data: slots.map(({ id: timeslotId, doctorId, clinicId, startsAt, endsAt }, at) => ({
      ...{ timeslotId, doctorId, clinicId, startsAt, endsAt, patientId, bookedById: id },
      ...{ reference: `HOLD-${at}`, status: 'HELD', holdExpiresAt: until(at), feeMinor: 0, currency: 'GBP' }
    }))
  })
}
