import { expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { visitor } from '../support/person.ts'

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
  ':',
  '.'
])('a cookie that names none is passed over: %s', async flash => {
  const { status, text } = await opens(flash)
  expect(status).toBe(200)
  expect(text).not.toContain('class="notice')
})
