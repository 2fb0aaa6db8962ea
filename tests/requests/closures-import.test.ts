import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { daysInFile } from '../../src/services/clinics/days-in-file.ts'
import { serveApp } from '../support/app.ts'
import { basic, calendar } from '../support/calendar.ts'
import { day, type Leave, leave } from '../support/leave.ts'
import { json, send, visit } from '../support/raw.ts'

const app = serveApp()
const { closures, conflicts } = paths.admin
let town: Leave

beforeAll(async () => {
  town = await leave(app)
})

const year = Temporal.Now.plainDateISO('Europe/London').year
const allDay = (from: string, name: string, ...more: string[]) => [
  `DTSTART;VALUE=DATE:${basic(from)}`,
  `SUMMARY:${name}`,
  ...more
]
const ends = (to: string) => `DTEND;VALUE=DATE:${basic(to)}`

interface Found {
  from: string
  to: string
  reason: string
}

const finds = async (file: string) => {
  const { status, body } = await town.staff.sends('post', closures.import(), { clinicId: town.riverside.id, file })
  const days = (body.days ?? []) as Found[]
  return { status, detail: body.detail, left: body.left, days: days.map(({ from, to, reason }) => [from, to, reason]) }
}

describe('a calendar file', () => {
  it('gives all-day, multi-day and timed events as days of the clinic’s calendar', async () => {
    const { days } = await finds(
      calendar(
        allDay(day(20), 'One day'),
        allDay(day(30), 'Until the day before its end', ends(day(33))),
        [`DTSTART:${basic(day(40))}T230000Z`, `DTEND:${basic(day(41))}T000000Z`, 'SUMMARY:Late in UTC'],
        [`DTSTART;TZID=Asia/Tokyo:${basic(day(51))}T030000`, 'DURATION:PT1H', 'SUMMARY:The day before in Bristol'],
        [`DTSTART;VALUE=DATE:${basic(day(60))}`, 'DURATION:P2D', 'SUMMARY:Two\\, by its len', ' gth']
      )
    )
    expect(days).toEqual([
      [day(20), day(20), 'One day'],
      [day(30), day(32), 'Until the day before its end'],
      [day(40), day(40), 'Late in UTC'],
      [day(50), day(50), 'The day before in Bristol'],
      [day(60), day(61), 'Two, by its length']
    ])
  })

  it('repeats yearly events for 24 months, whatever their first year and their exceptions', async () => {
    const fourth = (of: number) => nth(of, 11, 4, 4)
    const { days, left } = await finds(
      calendar(
        allDay('1970-12-25', 'Christmas Day', 'RRULE:FREQ=YEARLY', `EXDATE;VALUE=DATE:${year + 1}1225`),
        allDay('2000-11-23', 'Thanksgiving', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH'),
        allDay('2020-05-25', 'Over', 'RRULE:FREQ=YEARLY;UNTIL=20240525'),
        allDay('2020-05-25', 'Every second of them', 'RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TH')
      )
    )
    const names = days.map(([, , name]) => name)
    expect(names.filter(name => name === 'Thanksgiving').length).toBe(2)
    const all = [year, year + 1, year + 2].map(fourth)
    expect(days.filter(([, , name]) => name === 'Thanksgiving').every(([from = '']) => all.includes(from))).toBe(true)
    expect(days.map(([from]) => from)).not.toContain(`${year + 1}-12-25`)
    expect(names).toContain('Christmas Day')
    expect(left).toMatchObject({ past: 1, otherwise: 1 })
  })

  it('leaves out what is over, cancelled, moved away, known already, or no date', async () => {
    await town.staff.sends('post', closures.index(), {
      ...{ clinicId: town.riverside.id, from: day(70), to: day(72), reason: 'Known' }
    })
    const { days, left } = await finds(
      calendar(
        allDay(day(-20), 'Past'),
        allDay(day(80), 'Cancelled', 'STATUS:CANCELLED'),
        allDay(day(71), 'Within what is closed'),
        allDay('2026-02-30', 'No date'),
        allDay(day(75), 'Twice'),
        allDay(day(75), 'Twice'),
        ['UID:moved', ...allDay(day(90), 'Moved', 'RRULE:FREQ=YEARLY')],
        ['UID:moved', `RECURRENCE-ID;VALUE=DATE:${basic(day(90))}`, ...allDay(day(92), 'Moved')]
      )
    )
    expect(days.filter(([from = '']) => from < day(300))).toEqual([
      [day(75), day(75), 'Twice'],
      [day(92), day(92), 'Moved']
    ])
    expect(left).toMatchObject({ past: 1, cancelled: 1, known: 1 })
  })

  it('reads what is to come however much is over, and says how much more there is', async () => {
    const past = Array.from({ length: 600 }, (_, at) => allDay(day(-1 - at), 'Past'))
    const { days, left } = await finds(calendar(...past, allDay(day(120), 'To come')))
    expect([days, left.past]).toEqual([[[day(120), day(120), 'To come']], 600])

    const rules = Array.from({ length: 501 }, () => allDay(day(120), 'Weekly', 'RRULE:FREQ=WEEKLY'))
    const weekly = await finds(calendar(allDay(day(121), 'First'), ...rules))
    expect([weekly.days.length, weekly.left]).toEqual([1, expect.objectContaining({ otherwise: 499, more: 2 })])
  })

  it('compares no day with each of a thousand exceptions', async () => {
    const many = (from: number) => Array.from({ length: 1000 }, (_, at) => basic(day(from - at))).join(',')
    const further = [`RDATE;VALUE=DATE:${many(-1)}`, `EXDATE;VALUE=DATE:${many(-1001)}`]
    const ctx = systemCtx(Temporal.Now.instant(), 'test')
    const admin = { ...ctx, actor: { ...ctx.actor, role: 'ADMIN' as const } }
    const wish = { clinicId: town.riverside.id, file: calendar(allDay(day(130), 'Often', ...further)) }
    const equals = vi.spyOn(Temporal.PlainDate.prototype, 'equals')
    expect((await daysInFile(admin, wish)).days).toMatchObject([{ from: day(130), name: 'Often' }])
    expect(equals.mock.calls.length).toBeLessThan(10_000)
    equals.mockRestore()
  })

  it.each([
    ['', 'Choose a calendar file.'],
    ['hello', 'This file is no calendar, or it is damaged. Choose an .ics file.'],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n', 'This file is no calendar, or it is damaged. Choose an .ics file.'],
    ['BEGIN:VCARD\r\nEND:VCARD\r\n', 'This file is no calendar, or it is damaged. Choose an .ics file.'],
    [calendar(), 'There are no events in this calendar.'],
    [calendar(allDay(day(-5), 'Past')), 'The days in this file are over, or further away than 24 months.']
  ])('%j is refused: %s', async (file, detail) => {
    expect(await finds(file)).toMatchObject({ status: 422, detail })
  })
})

describe('an upload without a script', () => {
  const boundary = '----form-7Mk2Qp'
  const field = (name: string, value: string, file = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
  const uploads = (fields: string, cookie: string) =>
    send(app.url, {
      method: 'POST',
      path: closures.import(),
      headers: { Accept: 'text/html', Cookie: cookie, 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      body: `${fields}--${boundary}--\r\n`
    })
  const ics = '; filename="holidays.ics"'

  it('needs the token in the form, shows the days and whom they hit, and then closes those that are ticked', async () => {
    const { riverside, ada, books, first, staff } = town
    const admin = await visit(app.url, (await db.user.create({ data: await anAdmin() })).email)
    await books(ada, first[0])
    const file = calendar(allDay(day(3), 'Founders’ Day'), allDay(day(100), 'Harvest'))
    const about = field('clinicId', riverside.id) + field('file', file, ics)
    expect((await uploads(about, admin.cookie)).status).toBe(403)
    expect((await uploads(field('_csrf', 'made-up') + about, admin.cookie)).status).toBe(403)

    const { status, text } = await uploads(field('_csrf', admin.token) + about, admin.cookie)
    expect(status).toBe(200)
    expect(text).toMatch(/1 patient is booked then[\s\S]*Founders’ Day · 1 patient booked[\s\S]*Harvest[\s\S]*Ada Obi/)
    expect(await db.closure.count({ where: { reason: 'Harvest' } })).toBe(0)

    const found = [`${day(3)}/${day(3)} Founders’ Day`, `${day(100)}/${day(100)} Harvest`]
    const none = await staff.submits(closures.index(), { clinicId: riverside.id, found })
    expect([none.status, none.problems]).toEqual([422, ['Tick at least one day']])
    expect(none.$('input[name=days]').length).toBe(2)
    const saved = await staff.submits(closures.index(), { clinicId: riverside.id, found, days: found[0] })
    expect(saved.location).toBe(conflicts())
    expect(await db.closure.findMany({ where: { reason: { in: ['Founders’ Day', 'Harvest'] } } })).toHaveLength(1)
  })

  it('is refused in words when the file is too large, and when nothing was chosen', async () => {
    const { riverside } = town
    const admin = await visit(app.url, (await db.user.create({ data: await anAdmin() })).email)
    const about = field('_csrf', admin.token) + field('clinicId', riverside.id)
    const large = await uploads(about + field('file', 'x'.repeat(300_000), ics), admin.cookie)
    expect([large.status, large.text.includes('Choose a file of at most 256 kB')]).toEqual([422, true])
    const empty = await uploads(about + field('file', '', '; filename=""'), admin.cookie)
    expect([empty.status, empty.text.includes('Choose a calendar file')]).toEqual([422, true])
    expect((await uploads(about + field('file', 'x'.repeat(600_000), ics), admin.cookie)).status).toBe(413)
    const broken = { ...json('POST', closures.import(), admin, {}), body: 'no parts at all' }
    broken.headers = { ...broken.headers, 'Content-Type': `multipart/form-data; boundary=${boundary}` }
    expect((await send(app.url, broken)).status).toBe(400)
  })
})

/** The nth weekday of a month. */
function nth(of: number, month: number, weekday: number, many: number) {
  const first = Temporal.PlainDate.from({ year: of, month, day: 1 })
  return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (many - 1) }).toString()
}

const anAdmin = async () => {
  const known = await db.user.findFirstOrThrow({ where: { role: 'STAFF' } })
  return {
    email: `admin-${Math.random()}@docket.example`,
    name: 'Ruth Ellery',
    role: 'ADMIN',
    passwordHash: known.passwordHash
  } as const
}
