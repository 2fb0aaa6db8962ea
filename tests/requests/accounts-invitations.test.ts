import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addUser, openClinic } from '../support/world.ts'

const app = serveApp()
const chosen = { name: 'Ines Prat', password: 'copper lantern tuesday' }
let admin: Person
let clinicId: string
let count = 0

beforeAll(async () => {
  admin = await signedIn(app, await addUser('ADMIN'))
  clinicId = (await openClinic()).id
})

/** An admin invites somebody for the front desk. */
async function invite() {
  const email = `ines-${++count}@docket.example`
  const member = { name: 'Ines Prat', email, phone: '', role: 'STAFF', clinicIds: [clinicId] }
  const { status, body } = await admin.sends('post', paths.admin.users.index(), member)
  expect(status).toBe(201)
  const code: string = body.invitation.code
  const user = await db.user.findUniqueOrThrow({ where: { email } })
  return { email, code, userId: user.id, page: paths.auth.register({ invitation: code }) }
}

const accept = (person: Person, code: string, more: object = {}) =>
  person.sends('post', paths.auth.register(), { ...chosen, invitation: code, ...more })

describe('an invitation', () => {
  it('shows whom it is for and opens that account with that role, once', async () => {
    const { email, code, page } = await invite()
    const ines = visitor(app)
    const opened = await ines.opens(page)
    expect([opened.status, opened.heading]).toEqual([200, 'Accept your invitation'])
    expect(opened.text).toContain(email)
    expect(opened.field('Full name').value).toBe('Ines Prat')

    const { status, body } = await accept(ines, code)
    expect([status, body.user]).toEqual([201, { id: expect.any(String), name: 'Ines Prat', email, role: 'STAFF' }])
    expect((await ines.asks(paths.admin.index())).status).toBe(200)

    expect((await accept(visitor(app), code)).status).toBe(422)
    const again = await visitor(app).opens(page)
    expect([again.status, again.heading]).toEqual([404, 'This invitation can’t be used'])
  })

  it('can be typed, small and with spaces, at the team’s own door', async () => {
    const { code, email } = await invite()
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `
    const ines = visitor(app)
    expect((await ines.opens(paths.admin.register())).field('Invitation code').name).toBe('invitation')
    const page = await ines.submits(paths.admin.register(), { ...chosen, invitation: typed })
    expect([page.status, page.location]).toEqual([303, paths.admin.index()])
    expect((await ines.asks(paths.auth.session())).body.user.email).toBe(email)
  })

  it.each(['DOCTOR', 'ADMIN'])('lets a %s in at that door as well', async role => {
    const email = `${role}@docket.example`
    const licence = { specialization: 'OTHER', otherSpecialization: 'Neurology', licenceNumber: 'GMC-1' }
    const doctor = { ...licence, name: 'Dr Wei', email, yearsOfExperience: 3, fee: '60', clinicIds: [clinicId] }
    const isDoctor = role === 'DOCTOR'
    const { status, body } = isDoctor
      ? await admin.sends('post', paths.admin.doctors.index(), doctor)
      : await admin.sends('post', paths.admin.users.index(), { name: 'Wei', email, role })
    expect(status).toBe(201)
    const page = await visitor(app).submits(paths.admin.register(), { ...chosen, invitation: body.invitation.code })
    expect(page.location).toBe(isDoctor ? paths.doctor.schedule.index() : paths.admin.index())
  })

  it('opens one account for two who accept it at once', async () => {
    const { code } = await invite()
    const both = await Promise.all([1, 2, 3].map(() => accept(visitor(app), code)))
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422, 422])
    expect(
      await db.auditEvent.count({
        where: { event: 'invitation.accepted', actorId: both.find(({ status }) => status === 201)?.body.user.id }
      })
    ).toBe(1)
  })

  it.each(['expired', 'replaced', 'for an account that was disabled'])('is refused when it is %s', async why => {
    const { code, userId, page } = await invite()
    if (why === 'expired')
      await db.invitation.updateMany({
        where: { userId },
        data: { createdAt: new Date('2020-01-01'), expiresAt: new Date('2020-01-02') }
      })
    if (why === 'replaced') expect((await admin.sends('post', paths.admin.users.invitation(userId))).status).toBe(201)
    if (why.includes('disabled'))
      expect((await admin.sends('post', paths.admin.users.deactivation(userId))).status).toBe(200)

    const answer = await accept(visitor(app), code)
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ field: 'invitation', message: expect.stringContaining('can’t be used') }]
    ])
    expect((await visitor(app).opens(page)).status).toBe(404)
  })

  it.each([
    ['role', { role: 'ADMIN' }, 'The invitation is for another role'],
    ['email', { email: 'else@docket.example' }, 'The invitation is for another e-mail address'],
    ['password', { password: 'password1' }, 'Choose another password: this one is among the first that are tried']
  ])('is not for another %s, and stays good', async (field, more, message) => {
    const { code } = await invite()
    const answer = await accept(visitor(app), code, more)
    expect([answer.status, answer.body.errors]).toEqual([422, [{ field, message }]])
    expect((await accept(visitor(app), code)).body.user.role).toBe('STAFF')
  })

  it('says no more of an unknown code', async () => {
    const page = await visitor(app).submits(paths.admin.register(), {
      ...chosen,
      invitation: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA'
    })
    expect([page.status, page.problems]).toEqual([
      422,
      ['This invitation can’t be used. Check the code, or ask for a new invitation']
    ])
    expect((await visitor(app).submits(paths.admin.register(), chosen)).problems).toEqual(['Enter the invitation code'])
  })

  it('is known to nobody but who got it: only its hash is kept, and no later page has it', async () => {
    const { code, userId } = await invite()
    expect(JSON.stringify(await db.invitation.findMany())).not.toContain(code)
    expect(
      JSON.stringify(await db.auditEvent.findMany(), (_, value) => (typeof value === 'bigint' ? 0 : value))
    ).not.toContain(code)
    expect((await admin.opens(paths.admin.users.show(userId))).html).not.toContain(code)
  })

  it('is not needed by someone who has accepted one', async () => {
    const { code, userId } = await invite()
    await accept(visitor(app), code)
    expect((await admin.sends('post', paths.admin.users.invitation(userId))).status).toBe(422)
  })
})
