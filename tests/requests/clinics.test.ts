import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { signedIn, visitor } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic, workAt } from '../support/world.ts'

const app = serveApp()
const { clinics } = paths.booking
let clinic: Awaited<ReturnType<typeof openClinic>>

/** Its early mornings are the day before in UTC. */
const timeZone = 'Asia/Tokyo'
const inDays = (days: number) => Temporal.Now.plainDateISO(timeZone).add({ days })

beforeAll(async () => {
  clinic = await openClinic({ timeZone })
  const { id } = await hireDoctor(clinic.id)
  await addSlot(id, clinic, { days: 2, time: '08:00' })
  await addSlot(id, clinic, { days: 29, time: '08:00' })
  const blocked = await addSlot(id, clinic, { days: 3, time: '08:00' })
  await db.timeSlot.update({ where: { id: blocked.id }, data: { isAvailable: false } })
})

describe('a clinic is open on', () => {
  const day = inDays(2)

  it('the weekdays of its times in the next four weeks, by its own clock', async () => {
    const [listed] = (await visitor(app).asks(clinics.index())).body.clinics
    const { body } = await visitor(app).asks(clinics.doctors(clinic.id))
    expect([listed.openDays, body.clinic.openDays]).toEqual([[day.dayOfWeek], [day.dayOfWeek]])
  })

  it('days that both pages name', async () => {
    const weekday = day.toLocaleString('en-GB', { weekday: 'short' })
    for (const path of [clinics.index(), clinics.doctors(clinic.id)])
      expect((await visitor(app).opens(path)).$('.icon-line, dd').text()).toContain(weekday)
  })
})

it('keeps its time zone while somebody has working hours there, published or not', async () => {
  const admin = await signedIn(app, await addUser('ADMIN'))
  const { id, deactivatedAt: _, createdAt: __, ...known } = await openClinic()
  const hours = await workAt((await hireDoctor(id)).id, id, 1)
  const details = { ...known, postcode: '', timeZone: 'Asia/Tokyo' }
  const change = () => admin.sends('patch', paths.admin.clinics.show(id), details)
  expect((await change()).body.errors).toMatchObject([{ field: 'timeZone' }])
  await db.workingHours.update({ where: { id: hours.id }, data: { validUntil: new Date('2021-01-01') } })
  expect((await change()).status).toBe(200)
})
