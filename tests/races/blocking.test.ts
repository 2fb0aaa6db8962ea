import { expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { signedIn } from '../support/person.ts'
import { addSlots, hireDoctor, openClinic } from '../support/world.ts'
import { book, crowd, liveOn } from './crowd.ts'

const app = serveApp()

it('gives a time that is blocked and booked at once to the doctor or to the patient, never to both', async () => {
  const clinic = await openClinic()
  const hired = await hireDoctor(clinic.id)
  const slots = await addSlots(hired.id, clinic, 18)
  const [doctor, rivals] = [await signedIn(app, hired.user), await crowd(app, 18)]

  await Promise.all(
    slots.map(async (slot, at) => {
      const patient = rivals[at] ?? doctor
      const blocks = () => doctor.sends('post', paths.doctor.timeslots.block(slot.id))
      const [booked, blocked] = await Promise.all(
        at % 2 ? [book(patient, slot), blocks()] : [blocks(), book(patient, slot)].reverse()
      )
      const { isAvailable } = await db.timeSlot.findUniqueOrThrow({ where: { id: slot.id } })
      const isBooked = (await liveOn(slot)).length === 1

      expect(isAvailable).toBe(isBooked)
      expect([booked?.status, blocked?.status]).toEqual(isBooked ? [201, 409] : [409, expect.toSatisfy(isDone)])
    })
  )
})

const isDone = (status: number) => status === 200 || status === 204
