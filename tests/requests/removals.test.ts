import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic, workAt } from '../support/world.ts'

const app = serveApp()
const { rooms, specializations, symptoms, clinics, doctors } = paths.admin
let quay: Awaited<ReturnType<typeof openClinic>>
let meera: Awaited<ReturnType<typeof hireDoctor>>
let admin: Person

beforeAll(async () => {
  quay = await openClinic({ name: 'Quay Clinic' })
  meera = await hireDoctor(quay.id)
  const staff = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: staff.id, clinicId: quay.id } })
  admin = await signedIn(app, await addUser('ADMIN'))
})

const add = async (path: string, said: object) => {
  const { body } = await admin.sends('post', path, { ...said })
  return (Object.values(body)[0] as { id: string }).id
}
const words = (answer: { body: { errors: { message: string }[] } }) => answer.body.errors.map(({ message }) => message)

describe('what something refers to', () => {
  it('is not removed, and the page says what and how much', async () => {
    const id = await add(rooms.index(), { clinicId: quay.id, name: 'Annex' })
    await workAt(meera.id, quay.id, 1, { roomId: id })
    const slot = await addSlot(meera.id, quay)
    await db.timeSlot.update({ where: { id: slot.id }, data: { roomId: id } })
    const page = await admin.opens(rooms.removal(id))
    expect(page.text).toMatch(/something refers to it: 1 time slot ?1 line of working hours Deactivate it instead/)
    const refused = await admin.sends('post', rooms.removal(id))
    expect([refused.status, words(refused)]).toEqual([422, ['1 time slot', '1 line of working hours']])
    const clinic = await admin.sends('post', clinics.removal(quay.id))
    expect(words(clinic)).toEqual(expect.arrayContaining(['1 doctor', '1 person at the front desk', '1 time slot']))
    expect(words(await admin.sends('post', specializations.removal(meera.specializationId)))).toEqual(['1 doctor'])
    expect(words(await admin.sends('post', doctors.removal(meera.id)))).toContain('1 time slot')
  })

  it('nothing refers to is removed, a doctor with the account', async () => {
    const [clinic, room] = [await openClinic(), await add(rooms.index(), { clinicId: quay.id, name: 'Cellar' })]
    const ida = await hireDoctor(quay.id)
    const symptom = await add(symptoms.index(), { name: 'Hiccups' })
    expect((await admin.opens(doctors.removal(ida.id))).text).toContain('Nothing refers to it.')
    const gone = [clinics.removal(clinic.id), rooms.removal(room), doctors.removal(ida.id), symptoms.removal(symptom)]
    for (const path of gone) expect((await admin.submits(path)).status, path).toBe(303)
    expect(await db.user.count({ where: { id: ida.userId } })).toBe(0)
    expect(await db.auditEvent.findFirst({ where: { event: 'room.removed' } })).toMatchObject({
      subjectId: room,
      clinicId: quay.id
    })
    for (const path of gone) expect((await admin.opens(path)).status).toBe(404)
  })

  it('while it is being removed keeps it or is refused itself, never neither', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await add(specializations.index(), { name: `Field ${round}` })
      const led = { name: `Ache ${round}`, specializationIds: [id] }
      const [removed, made] = await Promise.all([
        admin.sends('post', specializations.removal(id)),
        admin.sends('post', symptoms.index(), led)
      ])
      expect([[204, 422].join(), [422, 201].join()]).toContain([removed.status, made.status].join())
    }
  })

  it('is everything that the database would refuse for', async () => {
    const pointing = await db.$queryRaw<{ at: string; from: string }[]>`
      SELECT confrelid::regclass::text AS at, string_agg(conrelid::regclass::text, ' ' ORDER BY conrelid::regclass::text) AS from
      FROM pg_constraint WHERE contype = 'f' AND confdeltype <> 'c'
        AND confrelid::regclass::text IN ('clinics', 'doctors', 'rooms', 'specializations', 'symptoms')
      GROUP BY 1 ORDER BY 1`
    expect(pointing.map(({ at, from }) => `${at}: ${from}`)).toEqual([
      'clinics: appointments closures doctor_clinics notifications patients payments rooms staff_clinics time_slots working_hours',
      'doctors: appointments doctor_clinics time_off time_slots working_hours',
      'rooms: appointments time_slots working_hours',
      'specializations: doctors'
    ])
  })
})
