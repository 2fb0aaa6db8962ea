import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { send, type Visit, visit } from '../support/raw.ts'
import { routes } from '../support/routes.ts'
import { pathIn, people, type Town, town } from '../support/town.ts'

const app = serveApp()
const visits: [string, Visit][] = []
let place: Town

beforeAll(async () => {
  place = await town()
  for (const who of people) visits.push([who, await visit(app.url, place.emails[who])])
})

/** Asks for a path as everyone, as a page and as JSON; says which answers were failures of ours. */
async function everyoneAsks(path: string, method = 'GET') {
  const failed: string[] = []
  for (const [who, { cookie }] of visits)
    for (const accept of ['text/html', 'application/json']) {
      const { status } = await send(app.url, { method, path, headers: { Accept: accept, Cookie: cookie } })
      if (status >= 500) failed.push(`${method} ${path} ${accept} as ${who}: ${status}`)
    }
  return failed
}

const reads = [
  ...new Set(
    routes()
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => path)
  )
]

describe('to read', () => {
  it.each(reads)('changes no row: %s', async path => {
    const before = await fingerprint()
    expect(Object.keys(before).length).toBeGreaterThan(20)
    expect(await everyoneAsks(pathIn(place, path))).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })

  it.each(['HEAD', 'OPTIONS'])('changes no row by %s either', async method => {
    const before = await fingerprint()
    const { holds, appointments } = paths.booking
    const asked = [
      holds.release(place.hold),
      holds.show(place.hold),
      appointments.cancellation(place.appointment),
      paths.auth.logout()
    ]
    for (const path of asked) expect(await everyoneAsks(path, method)).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })

  it('changes no row when a time was chosen before signing in, or a link names one', async () => {
    const timeslotId = place.slots[4]?.id ?? ''
    const before = await fingerprint()
    const { holds, doctors, appointments } = paths.booking
    const asked = [
      holds.add({ timeslotId }),
      doctors.timeslots(place.doctor.id, { timeslotId, clinicId: place.clinic.id, date: '2030-02-28' }),
      appointments.reschedule(place.appointment, { timeslotId }),
      `${appointments.show(place.appointment)}?status=CANCELLED&_method=PATCH`
    ]
    for (const path of asked) expect(await everyoneAsks(path)).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })

  it('leaves a hold that has run out to the next booking and to the job', async () => {
    await db.appointment.update({ where: { id: place.hold }, data: { holdExpiresAt: new Date('2020-01-01') } })
    const before = await fingerprint()
    const { holds, appointments, doctors } = paths.booking
    const asked = [
      holds.show(place.hold),
      holds.edit(place.hold),
      appointments.show(place.hold),
      appointments.index(),
      doctors.timeslots(place.doctor.id)
    ]
    for (const path of asked) expect(await everyoneAsks(path)).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })
})
