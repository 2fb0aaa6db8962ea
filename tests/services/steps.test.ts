import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { instantOf } from '../../src/scheduling/zone.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { appointmentFor } from '../../src/services/appointments/queries.ts'
import { rescheduleAppointment } from '../../src/services/appointments/reschedule.ts'
import { takeStep } from '../../src/services/appointments/steps.ts'
import { accountFor } from '../../src/services/people/queries.ts'
import { addSlot, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

it('checks nobody in who has moved to another day while the page was open', async () => {
  const clinic = await openClinic()
  const doctor = await hireDoctor(clinic.id)
  const [soon, later] = [await addSlot(doctor.id, clinic, { days: 2 }), await addSlot(doctor.id, clinic, { days: 9 })]
  const ctx = systemCtx(Temporal.Now.instant(), 'test')
  const ada: Ctx = { ...ctx, actor: (await accountFor((await registerPatient()).id)) as Ctx['actor'] }
  const { id } = await bookAppointment(ada, { doctorId: doctor.id, timeslotId: soon.id })

  const actor = { id: doctor.userId, role: 'DOCTOR' as const, name: '', clinicIds: [], doctorId: doctor.id }
  const atTheDoor: Ctx = { ...ctx, actor, now: instantOf(soon.startsAt) }
  const seen = await appointmentFor(atTheDoor, id)
  await rescheduleAppointment(ada, id, { timeslotId: later.id })
  await expect(takeStep(atTheDoor, seen, 'arrival', 'appointment.checked-in')).rejects.toThrow('notToday')
  expect((await db.appointment.findUniqueOrThrow({ where: { id } })).status).toBe('BOOKED')
})
