import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/database/client.ts'
import { startListening } from '../../src/database/events.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Live, listens } from '../support/live.ts'
import { json, send, type Visit, visit } from '../support/raw.ts'
import { type Town, town } from '../support/town.ts'

const app = serveApp()
let place: Town
let events: Awaited<ReturnType<typeof startListening>>
const open: Live[] = []

beforeAll(async () => {
  place = await town()
  events = await startListening(String(pool.options.connectionString))
})
afterAll(async () => {
  for (const live of open) live.leave()
  await events.stop()
})

const guest: Visit = { cookie: '', token: '' }
const at = (id: string) => paths.booking.doctors.live(id)
const signIn = (who: keyof Town['emails']) => visit(app.url, place.emails[who])

async function watches(session: Visit, path: string) {
  const live = await listens(app.url, session.cookie, path)
  open.push(live)
  return live
}

const tell = (event: string, subject: object) =>
  pool.query(`SELECT pg_notify('docket_events', $1)`, [JSON.stringify({ event, ...subject })])

describe('the stream of a doctor’s times', () => {
  it('tells anybody that they changed, and nothing else', async () => {
    const [live, other] = [await watches(guest, at(place.doctor.id)), await watches(guest, at(place.otherDoctor.id))]
    const [here, there] = [{ clinicId: place.clinic.id }, { clinicId: place.elsewhere.id }]
    const doctorIds = [place.doctor.id]
    for (const event of ['appointment.checked-in', 'appointment.confirmed', 'payment.succeeded', 'room.changed'])
      await tell(event, { ...here, doctorIds })
    await tell('notice.changed', { subjectId: place.patient.id })
    await tell('closure.added', there)
    expect((await other.hears()).about).toEqual(['timeslot'])
    expect(live.heard).toEqual([])
    for (const event of ['appointment.held', 'appointment.expired', 'timeslot.blocked']) {
      await tell(event, { ...here, doctorIds })
      expect(await live.hears()).toEqual({ about: ['timeslot'] })
    }
    await tell('closure.added', here)
    await live.hears()
    await tell('time-off.added', { subjectId: place.doctor.id })
    await live.hears()
    expect([live.heard.length, other.heard.length]).toEqual([5, 1])
  })

  it('tells whoever is signed in what /live would, too', async () => {
    const live = await watches(await signIn('otherPatient'), at(place.doctor.id))
    await tell('notice.changed', { subjectId: place.otherPatient.id })
    await live.hearsOf('notice')
    await tell('appointment.released', { clinicId: place.clinic.id, doctorIds: [place.doctor.id] })
    await live.hearsOf('timeslot')
  })

  it('hears of a hold that somebody really takes', async () => {
    const live = await watches(guest, at(place.doctor.id))
    const ben = await signIn('otherPatient')
    const { id: timeslotId } = place.slots[6] ?? {}
    const held = await send(app.url, json('POST', paths.booking.holds.index(), ben, { timeslotId }))
    expect(held.status).toBe(201)
    expect(await live.hears()).toEqual({ about: ['timeslot'] })
  })

  it('says to programs what it tells of, and that there is no such doctor', async () => {
    const asks = async (path: string, session: Visit) => {
      const headers = { Accept: 'application/json', Cookie: session.cookie }
      const { status, text } = await send(app.url, { path, headers })
      return status === 200 ? JSON.parse(text).about : status
    }
    expect(await asks(at(place.doctor.id), guest)).toEqual(['timeslot'])
    expect(await asks(at(place.doctor.id), await signIn('patient'))).toEqual(['timeslot', 'notice'])
    expect(await asks(paths.live(), await signIn('patient'))).toEqual(['notice'])
    expect(await asks(at(randomUUID()), guest)).toBe(404)
  })
})
