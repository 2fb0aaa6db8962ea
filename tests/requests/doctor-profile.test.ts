import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { profile, photo, photoRemoval } = paths.doctor
let id: string
let meera: Person

beforeAll(async () => {
  const clinic = await openClinic()
  const doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  id = doctor.id
  meera = await signedIn(app, doctor.user)
})

/** A picture of 1200 × 800 pixels, on its side, that says where it was taken. */
const picture = (kind: 'jpeg' | 'png' | 'webp' | 'gif') =>
  sharp({ create: { width: 1200, height: 800, channels: 3, background: '#2f855a' } })
    .withExif({ IFD0: { Artist: 'Somebody', Orientation: '6' }, IFD3: { GPSLatitude: '51/1 27/1 0/1' } })
    .toFormat(kind)
    .toBuffer()

const uploads = async (file: Buffer, name = 'me.jpg') =>
  meera
    .bare('post', photo())
    .set({ Accept: 'application/json', 'X-CSRF-Token': await meera.token() })
    .attach('photo', file, name)

const shownOf = async () => (await visitor(app).asks(paths.booking.doctors.show(id))).body.doctor

describe('a doctor’s profile', () => {
  it('is changed by the doctor, for patients to see at once', async () => {
    const before = await meera.opens(profile())
    expect([before.status, before.text]).toEqual([200, expect.stringContaining('Changed by an administrator')])
    const words = {
      name: 'Dr Meera Rao',
      phone: '',
      yearsOfExperience: '12',
      languages: 'Hindi, English',
      biography: 'Skin.'
    }
    expect((await meera.submits(profile(), words)).location).toBe(profile())
    expect(await shownOf()).toMatchObject({ name: 'Dr Meera Rao', yearsOfExperience: 12, biography: 'Skin.' })

    const { data } = await db.auditEvent.findFirstOrThrow({ where: { event: 'doctor.changed', subjectId: id } })
    expect(data).toEqual({
      changes: { yearsOfExperience: [0, 12], languages: [['English'], ['English', 'Hindi']] },
      changed: ['name', 'biography']
    })
    expect((await meera.opens(paths.auth.account())).links).toContain(profile())
  })

  it('has parts that only admins change', async () => {
    const answer = await meera.sends('patch', profile(), { feeMinor: 1 })
    expect([answer.status, (await shownOf()).fee.amountMinor]).toEqual([422, 6000])
  })
})

describe('a doctor’s photo', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'may be a %s, whatever its name; it is cut small and says nothing else',
    async kind => {
      expect((await uploads(await picture(kind), 'me.txt')).status).toBe(200)
      const address: string = (await shownOf()).photo
      const answer = await visitor(app).bare('get', address)
      expect(answer.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=31536000, immutable'
      })
      const { format, width, height, exif } = await sharp(answer.body).metadata()
      expect({ format, width, height, exif }).toEqual({ format: 'jpeg', width: 320, height: 320, exif: undefined })
      expect((await visitor(app).opens(paths.booking.doctors.show(id))).$(`img[src="${address}"]`).length).toBe(1)
      expect((await visitor(app).opens(paths.booking.doctors.index())).$(`img[src="${address}"]`).length).toBe(1)
    }
  )

  const bomb = () =>
    sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
  it.each([
    ['another kind of picture', () => picture('gif')],
    ['a page that calls itself a picture', async () => Buffer.from('<svg onload="alert(1)"/>')],
    ['a broken picture', async () => (await picture('jpeg')).subarray(0, 400)],
    ['a small file that would unpack to 81 million pixels', bomb],
    ['nothing', async () => Buffer.alloc(0)],
    ['more than 5 MB', async () => Buffer.alloc(5 * 1024 * 1024 + 1, 1)]
  ])('is not %s', async (_, file) => {
    const before = (await shownOf()).photo
    const answer = await uploads(await file())
    expect([answer.status, answer.body.errors[0].field, (await shownOf()).photo]).toEqual([422, 'photo', before])
  })

  it.each([
    [1000, 1],
    [1, 1000],
    [30_000, 1],
    [60, 60]
  ])('is neither a strip nor a speck: %i × %i', async (width, height) => {
    const create = { width, height, channels: 3, background: '#fff' } as const
    const answer = await uploads(await sharp({ create }).png().toBuffer())
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining('too small or too long')])
  })

  it('is sent on a page of its own, so that nothing typed in the profile is lost', async () => {
    expect((await meera.opens(profile())).links).toContain(photo())
    const page = await meera.opens(photo())
    expect([page.heading, page.$('main input[type=file]').length, page.$('main textarea').length]).toEqual([
      'Photo',
      1,
      0
    ])
  })

  it('can be sent by a plain form, and taken away: then there are initials', async () => {
    const token = await meera.token()
    const sent = await meera
      .bare('post', photo())
      .set('Accept', 'text/html')
      .field('_csrf', token)
      .attach('photo', await picture('png'), 'a.png')
    expect([sent.status, sent.headers.location]).toEqual([303, profile()])
    const refused = await meera
      .bare('post', photo())
      .set('Accept', 'text/html')
      .field('_csrf', token)
      .attach('photo', Buffer.from('x'), 'a.png')
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('This is no JPEG, PNG or WebP')])

    const address: string = (await shownOf()).photo
    expect((await meera.submits(photoRemoval())).location).toBe(profile())
    expect([(await shownOf()).photo, (await visitor(app).bare('get', address)).status]).toEqual([null, 404])
    expect((await visitor(app).opens(paths.booking.doctors.show(id))).$('main .avatar').text()).toBe('MR')
  })
})
