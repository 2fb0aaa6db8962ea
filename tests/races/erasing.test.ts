import { setTimeout as pause } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { NotFound, Refusal } from '../../src/errors.ts'
import { onTheClock } from '../../src/scheduling/zone.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { holdTimeslot } from '../../src/services/appointments/hold.ts'
import { overbook } from '../../src/services/appointments/overbook.ts'
import { archivePatient } from '../../src/services/people/archive-patient.ts'
import { changeUser } from '../../src/services/people/change-user.ts'
import { eraseUser } from '../../src/services/people/erase-user.ts'
import { accountFor } from '../../src/services/people/queries.ts'
import { addSlots, addUser, hireDoctor, lookAfter, openClinic, registerPatient } from '../support/world.ts'

const ROUNDS = 10
const now = Temporal.Now.instant()
let clinic: Awaited<ReturnType<typeof openClinic>>
let admin: Ctx

const as = async ({ id }: { id: string }): Promise<Ctx> => ({
  ...systemCtx(now, 'race'),
  actor: (await accountFor(id)) as Ctx['actor']
})

beforeAll(async () => {
  clinic = await openClinic()
  admin = await as(await addUser('ADMIN'))
})

/** Whether it was done. Whatever is thrown and is neither a Refusal nor NotFound is a bug. */
const isDone = (work: Promise<unknown>) =>
  work.then(
    () => true,
    error => {
      if (error instanceof Refusal || error instanceof NotFound) return false
      throw error
    }
  )

const goings = {
  'is erased': (_: Ctx, accountId: string) => eraseUser(admin, accountId, { reason: 'ASKED' }),
  'joins the team': (_: Ctx, accountId: string) =>
    changeUser(admin, accountId, { name: 'Ada Obi', role: 'STAFF', clinicIds: [clinic.id] }),
  'is archived': (own: Ctx, _: string, childId: string) => archivePatient(own, childId)
}

type Slot = Awaited<ReturnType<typeof addSlots>>[number]

const timeOf = ({ startsAt }: Slot) => {
  const at = Temporal.PlainDateTime.from(onTheClock(startsAt, clinic.timeZone).slice(0, 19))
  return { date: at.toPlainDate().toString(), time: at.hour * 60 + at.minute, minutes: 20, reason: 'Pain' }
}

const comings = {
  books: (own: Ctx, { id, doctorId }: Slot, patientId: string) =>
    bookAppointment(own, { timeslotId: id, doctorId, patientId }),
  holds: (own: Ctx, { id }: Slot, patientId: string) => holdTimeslot(own, { timeslotId: id, patientId }),
  'is squeezed in': (_: Ctx, slot: Slot, patientId: string) =>
    overbook(admin, { patientId, doctorId: slot.doctorId, ...timeOf(slot) })
}

describe.each(Object.entries(goings))('somebody who %s', (how, go) => {
  it.each(Object.entries(comings))('and %s just then does one of the two', async (what, come) => {
    // Whoever joined the team may be squeezed in like anybody.
    if (how === 'joins the team' && what === 'is squeezed in') return
    const slots = await addSlots((await hireDoctor(clinic.id)).id, clinic, ROUNDS)
    for (const [at, slot] of slots.entries()) {
      const user = await registerPatient()
      const { id: childId } = await lookAfter(user.id, 'Uma Obi')
      const own = await as(user)
      const patientId = how === 'is archived' ? childId : user.patientId
      const [isGone, hasTime] = await Promise.all([
        pause(at % 5).then(() => isDone(go(own, user.id, childId))),
        isDone(come(own, slot, patientId))
      ])
      expect(await db.appointment.count({ where: { patientId } })).toBe(hasTime ? 1 : 0)
      expect([isGone, hasTime].filter(Boolean)).toHaveLength(1)
    }
  })
})
