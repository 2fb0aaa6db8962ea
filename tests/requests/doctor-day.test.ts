import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { hireDoctor } from '../support/world.ts'

const app = serveApp()
const { schedule, appointments, conflicts } = paths.doctor
let clinic: Awaited<ReturnType<typeof openClinicByDay>>

/** A doctor with visits today, some minutes from now; those with minutes of waiting have been checked in. */
async function doctorWith(...visits: [name: string, minutes: number, waiting?: number][]) {
  const { id: doctorId, user } = await hireDoctor(clinic.id)
  const ids: string[] = []
  for (const [name, minutes, waiting] of visits) {
    const patient = await patientNamed(name)
    const time = clockIn(clinic.timeZone, minutes)
    const status = waiting === undefined ? 'CONFIRMED' : 'CHECKED_IN'
    const { id } = await addVisit({ clinic, doctorId, patient, time, status })
    const checkedInAt = waiting === undefined ? null : new Date(Date.now() - waiting * 60_000)
    await db.appointment.update({ where: { id }, data: { checkedInAt } })
    ids.push(id)
  }
  return { meera: await signedIn(app, user), ids }
}

beforeAll(async () => {
  clinic = await openClinicByDay('Harbour Clinic')
})

describe('today', () => {
  it('says who is waiting, longest first, and who comes next', async () => {
    const { meera, ids } = await doctorWith(
      ['Ada Obi', -20, 5],
      ['Ben Okri', 20, 25],
      ['Lena Novak', 40],
      ['Uma Rao', 60]
    )
    const { body } = await meera.asks(schedule.index())
    expect([body.current, body.waiting, body.next]).toEqual([ids[1], [ids[1], ids[0]], ids[2]])

    const page = await meera.opens(schedule.index())
    expect(page.text).toMatch(
      /4 patients · 2 waiting .* Now .* Ben Okri .* Waiting 25 min .* Also waiting .* Ada Obi Waiting 5 min/
    )
    expect(page.$('.glance').text().replace(/\s+/g, ' ')).toMatch(/Next \d\d:\d\d Lena Novak Confirmed/)
  })

  it('has nobody waiting on another day', async () => {
    const { meera } = await doctorWith(['Ada Obi', -20, 5])
    const { body } = await meera.asks(schedule.index({ date: '2030-01-15' }))
    expect([body.current, body.waiting, body.next]).toEqual([null, [], null])
  })
})

describe('a mistaken check-in', () => {
  let meera: Person
  let id = ''
  beforeAll(async () => {
    const made = await doctorWith(['Ada Obi', 20, 5])
    meera = made.meera
    id = made.ids[0] ?? ''
  })

  it('can be undone, once', async () => {
    expect((await meera.asks(appointments.show(id))).body.steps).toEqual([
      'completion',
      'arrivalRemoval',
      'cancellation'
    ])
    for (const _ of [1, 2]) expect((await meera.sends('post', appointments.arrivalRemoval(id))).status).toBe(200)

    const { body } = await meera.asks(appointments.show(id))
    expect(body.appointment).toMatchObject({ status: 'CONFIRMED', checkedInAt: null })
    expect(body.history.map(({ event }: { event: string }) => event)).toEqual(['appointment.check-in-undone'])
  })

  it('but not by confirming, nor after the visit', async () => {
    await meera.sends('post', appointments.arrival(id))
    expect((await meera.sends('post', appointments.confirmation(id))).status).toBe(422)
    await meera.sends('post', appointments.completion(id))
    expect((await meera.sends('post', appointments.arrivalRemoval(id))).status).toBe(422)
    expect((await db.appointment.findUniqueOrThrow({ where: { id } })).status).toBe('COMPLETED')
  })
})

describe('a visit that can’t take place', () => {
  it.each([
    ['TIME_OFF', 'You are away then'],
    ['CLOSURE', 'The clinic is closed then'],
    ['HOURS', 'Outside your hours now']
  ] as const)('says why: %s', async (suspendedBy, words) => {
    const { meera, ids } = await doctorWith(['Ada Obi', 20], ['Lena Novak', 40])
    const where = { appointments: { some: { id: ids[1] } } }
    await db.timeSlot.updateMany({ where, data: { suspendedBy } })

    const day = await meera.opens(schedule.index())
    expect(day.text.match(new RegExp(words, 'g'))?.length).toBe(1)
    expect(day.text).toMatch(new RegExp(`Lena Novak First visit ${words}`))
    expect(day.links).toContain(conflicts())
    const visit = await meera.opens(appointments.show(ids[1] ?? ''))
    expect(visit.text).toContain(words)
    expect(visit.links).toEqual(expect.arrayContaining([conflicts(), appointments.reschedule(ids[1] ?? '')]))
    expect((await meera.opens(appointments.show(ids[0] ?? ''))).text).not.toContain(words)
  })
})
