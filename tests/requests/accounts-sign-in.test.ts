import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { signedIn, visitor } from '../support/person.ts'
import { addUser, hireDoctor, openClinic, password, registerPatient } from '../support/world.ts'

const app = serveApp()
const patient = { email: 'ada@docket.example' }
const doctor = { email: '' }
const admin = { email: 'root@docket.example' }

beforeAll(async () => {
  await registerPatient({ name: 'Ada Obi', ...patient })
  doctor.email = (await hireDoctor((await openClinic()).id)).user.email
  await addUser('ADMIN', admin)
  await registerPatient({ email: 'gone@docket.example', disabledAt: new Date() })
  await addUser('STAFF', { email: 'waiting@docket.example', passwordHash: null })
})

describe('to sign in', () => {
  it('is answered with who that is and a token', async () => {
    const { status, body } = await visitor(app).sends('post', paths.auth.login(), { ...patient, password })
    expect(status).toBe(200)
    expect(body).toEqual({
      user: { id: expect.any(String), name: 'Ada Obi', email: patient.email, role: 'PATIENT' },
      csrfToken: expect.any(String)
    })
  })

  it('takes the address in any case and with a space after it', async () => {
    expect(
      (await visitor(app).sends('post', paths.auth.login(), { email: ' ADA@Docket.Example ', password })).status
    ).toBe(200)
  })

  it.each([
    ['a wrong password', patient.email, 'wrong horse battery'],
    ['an unknown address', 'nobody@docket.example', password],
    ['a disabled account', 'gone@docket.example', password],
    ['an account that waits for its invitation to be accepted', 'waiting@docket.example', password],
    ['a password of another case', patient.email, password.toUpperCase()]
  ])('says the same of %s', async (_what, email, typed) => {
    const page = await visitor(app).submits(paths.auth.login(), { email, password: typed })
    expect([page.status, page.problems]).toEqual([422, ['The e-mail address or the password is wrong']])
    expect(page.field('E-mail address').value).toBe(email)
    expect(page.html).not.toContain(typed)

    const answer = await visitor(app).sends('post', paths.auth.login(), { email, password: typed })
    expect([answer.status, answer.type]).toEqual([401, 'application/problem+json'])
    expect(answer.body.errors).toEqual([{ field: 'email', message: 'The e-mail address or the password is wrong' }])
  })

  it('leads a role to the page that says what is next', async () => {
    const enters = async ({ email }: { email: string }) =>
      (await visitor(app).submits(paths.auth.login(), { email, password })).location
    expect([await enters(patient), await enters(doctor), await enters(admin)]).toEqual([
      paths.booking.appointments.index(),
      paths.doctor.schedule.index(),
      paths.admin.index()
    ])
  })

  it('lets in whoever comes to the wrong door, and says where the right one is', async () => {
    const team = visitor(app)
    expect((await team.submits(paths.auth.login(), { ...admin, password })).location).toBe(paths.admin.index())
    expect((await team.opens(paths.admin.index())).text).toContain('The team has a sign-in page of its own')

    const ada = visitor(app)
    expect((await ada.submits(paths.admin.login(), { ...patient, password })).location).toBe(
      paths.booking.appointments.index()
    )
    expect((await ada.opens(paths.booking.appointments.index())).text).toContain(
      'Patients have a sign-in page of their own'
    )
  })

  it('leads back to the page that asked for it, also after a wrong password', async () => {
    const guest = visitor(app)
    const { location = '' } = await guest.opens('/booking/appointments?a=1')
    expect(location).toBe(paths.auth.login({ next: '/booking/appointments?a=1' }))

    const door = await guest.opens(location)
    const next = door.$('input[name=next]').val()
    const again = await guest.submits(paths.auth.login(), { ...patient, password: 'wrong', next })
    expect(again.$('input[name=next]').val()).toBe(next)
    expect((await guest.submits(paths.auth.login(), { ...patient, password, next })).location).toBe(
      '/booking/appointments?a=1'
    )
  })

  it.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '/\t/elsewhere.example',
    ' /x',
    '/a\r\nX: y',
    `/${'x'.repeat(3000)}`
  ])('leads nowhere else: %.40s', async next => {
    expect((await visitor(app).submits(paths.auth.login(), { ...patient, password, next })).location).toBe(
      paths.booking.appointments.index()
    )
    const door = await visitor(app).opens(`/auth/login?next=${encodeURIComponent(next)}`)
    expect([door.status, door.$('input[name=next]').length]).toEqual([200, 0])
  })

  it('leads nobody to a part of the product that is not theirs', async () => {
    const page = await visitor(app).submits(paths.auth.login(), {
      ...patient,
      password,
      next: paths.admin.users.index()
    })
    expect(page.location).toBe(paths.booking.appointments.index())
  })

  it('is asked of a doctor at the team’s own door', async () => {
    const guest = visitor(app)
    const { location } = await guest.opens(paths.doctor.timeslots.index())
    expect(location).toBe(paths.admin.login({ next: paths.doctor.timeslots.index() }))
    const signed = await guest.submits(paths.admin.login(), {
      ...doctor,
      password,
      next: paths.doctor.schedule.index()
    })
    expect(signed.location).toBe(paths.doctor.schedule.index())
    expect((await guest.opens(paths.doctor.schedule.index())).text).not.toContain('a sign-in page of their own')
  })

  it.each([
    [paths.booking.doctors.index({ q: 'skin' }), paths.booking.doctors.index({ q: 'skin' })],
    [paths.booking.clinics.index(), paths.booking.clinics.index()],
    [paths.booking.patients.index(), paths.doctor.schedule.index()]
  ])('leads a doctor who wanted to see %s to %s', async (next, to) => {
    expect((await visitor(app).submits(paths.admin.login(), { ...doctor, password, next })).location).toBe(to)
  })

  it('is not asked of somebody who is', async () => {
    const ada = await signedIn(app, patient)
    expect((await ada.opens(paths.auth.login())).location).toBe(paths.booking.appointments.index())
    expect((await ada.opens(paths.auth.register())).location).toBe(paths.booking.appointments.index())
  })
})

describe('to sign out', () => {
  it('ends the session and says so', async () => {
    const ada = await signedIn(app, patient)
    const page = await ada.submits(paths.auth.logout())
    expect([page.status, page.location]).toEqual([303, paths.home()])
    expect((await ada.opens(paths.home())).text).toContain('You are signed out.')
    expect((await ada.asks(paths.auth.session())).body.user).toBeNull()
  })

  it('is a 204 to a program, and to somebody who never signed in', async () => {
    expect((await (await signedIn(app, patient)).sends('post', paths.auth.logout())).status).toBe(204)
    expect((await visitor(app).sends('post', paths.auth.logout())).status).toBe(204)
  })
})
