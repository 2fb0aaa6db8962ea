import { expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { visitor } from '../support/person.ts'
import { hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()

const opens = (flash: string) =>
  visitor(app)
    .bare('get', paths.booking.clinics.index())
    .set({ Accept: 'text/html', Cookie: `flash=${encodeURIComponent(flash)}` })

it('a sentence that is waiting is said', async () => {
  expect((await opens('auth:logout.done')).text).toContain('You are signed out.')
})

it.each([
  'auth:nothing',
  'auth:login',
  'nowhere:at.all',
  'auth:__proto__',
  'auth:constructor.name',
  '<b>',
  '%',
  'payments:flash.paid?id=1&reference=A&amountMinor=1&currency=GBP',
  'payments:flash.paid?id=00000000-0000-4000-8000-000000000000&reference=Call%20me&amountMinor=1&currency=GBP',
  ':',
  '.'
])('a cookie that names none is passed over: %s', async flash => {
  const { status, text } = await opens(flash)
  expect(status).toBe(200)
  expect(text).not.toContain('class="notice')
})

it('waits for a page: a picture, which anybody may keep, and data neither take it nor set a cookie', async () => {
  const { id } = await hireDoctor((await openClinic()).id)
  const photo = { bytes: new Uint8Array([1]), type: 'image/jpeg', hash: '0' }
  await db.doctorPhoto.create({ data: { doctorId: id, ...photo } })
  const asks = (path: string, Accept: string) =>
    visitor(app).bare('get', path).set({ Accept, Cookie: 'flash=auth%3Alogout.done' })
  const { headers } = await asks(paths.booking.doctors.photo(id, '0'), 'image/*')
  expect([headers['cache-control'], headers['set-cookie']]).toEqual([expect.stringContaining('public'), undefined])
  const { index } = paths.booking.clinics
  expect((await asks(index(), 'application/json')).headers['set-cookie']).toBeUndefined()
  expect(String((await asks(index(), 'text/html')).headers['set-cookie'])).toMatch(/^flash=;/)
})
