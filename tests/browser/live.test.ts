import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asset } from '../../src/assets.ts'
import { db, pool } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { clearAway, freePort, type Running, root, runFile } from '../processes/support.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { listens } from '../support/live.ts'
import { type Person, signedIn as signedInAt } from '../support/person.ts'
import { visit } from '../support/raw.ts'
import { addSlots, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

/** Two processes serve one database: what is done through one is seen at the other without a reload. */
const [here, elsewhere] = [{ url: '' }, { url: '' }]
const running: Running[] = []
const { signedIn } = openBrowser(here)
let staff: { email: string }
let desk: Visitor
let patients: Person[]
let slots: Awaited<ReturnType<typeof addSlots>>

beforeAll(async () => {
  const secret = randomUUID()
  await Promise.all([here, elsewhere].map(app => serve(app, secret)))
  const clinic = await openClinic()
  slots = await addSlots((await hireDoctor(clinic.id)).id, clinic, 6)
  staff = await addUser('STAFF', { staffClinics: { create: { clinicId: clinic.id } } })
  const accounts = [await registerPatient({ name: 'Ada Obi' }), await registerPatient({ name: 'Ben Osei' })]
  patients = await Promise.all([...accounts, await registerPatient()].map(user => signedInAt(elsewhere, user)))
  desk = await signedIn(staff)
})
afterAll(() => clearAway())

async function serve(app: { url: string }, secret: string) {
  const port = await freePort()
  const database = String(pool.options.connectionString)
  const settings = { NODE_ENV: 'test', PORT: port, WORKER: 'apart', RATE_LIMIT_FACTOR: 1000, SESSION_SECRET: secret }
  const server = runFile(root, 'server.ts', { ...settings, DATABASE_URL: database, LOG_LEVEL: 'silent' })
  running.push(server)
  await server.says('Docket is at')
  app.url = `http://localhost:${port}`
}

async function book(patient = 0, slot = 0) {
  const { id: timeslotId = '', doctorId = '' } = slots[slot] ?? {}
  const answer = await patients[patient]?.sends('post', paths.booking.appointments.index(), { timeslotId, doctorId })
  expect(answer?.status).toBe(201)
  return answer?.body.appointment.reference as string
}

const row = (reference: string) => desk.page.getByRole('row').filter({ hasText: reference })
const isThere = (reference: string) => row(reference).waitFor()
const isSamePage = () => desk.page.evaluate('window.isSamePage')

describe('the list of appointments', () => {
  it('shows what is booked through another process', async () => {
    await desk.opens(paths.admin.appointments.index())
    await desk.page.evaluate('window.isSamePage = true')
    await isThere(await book(0, 2))
    await desk.sees('1 appointment', 'Ada Obi')
    await desk.checked()
  })

  it('leaves the focus and what is typed where they are', async () => {
    const search = desk.field('Name, phone or reference')
    await search.fill('Quilla')
    const link = desk.page.getByRole('row').getByRole('link').last()
    await link.focus()
    const before = await desk.page.evaluate('document.activeElement.href')
    await isThere(await book(1, 1))
    expect(await desk.page.evaluate('document.activeElement.href')).toBe(before)
    expect(await search.inputValue()).toBe('Quilla')
  })

  it('catches up after its line to the database was cut', async () => {
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'docket-events' AND datname = current_database()`
    )
    await isThere(await book(2, 4))
    expect(await isSamePage()).toBe(true)
  })
})

describe('a part of a page that is renewed', () => {
  const before = `<ul><li><a href="/a">Ada</a></li><li><a href="/b">Ben</a></li></ul>
    <details><summary>More</summary><p>Old</p></details><form><input name="_csrf" type="hidden" value="1"></form>`
  const after = (list: string) =>
    before
      .replace(/<ul>.*<\/ul>/, `<ul>${list}</ul>`)
      .replace('Old', 'New')
      .replace('value="1"', 'value="2"')
  const [ada, ben, cy] = ['a', 'b', 'c'].map(
    to => `<li><a href="/${to}">${to === 'c' ? 'Cy' : to === 'a' ? 'Ada' : 'Ben'}</a></li>`
  )

  /** Does something with `part`, renews it, and looks at it. */
  const renewed = (list: string, first: string, look: string) =>
    desk.page.evaluate<unknown>(`import(${JSON.stringify(asset('js/renew.js'))}).then(({ renew }) => {
      const [part, fresh] = [${JSON.stringify(before)}, ${JSON.stringify(after(list))}]
        .map(html => Object.assign(document.createElement('div'), { innerHTML: html }))
      document.querySelector('main').replaceChildren(part)
      const link = part.querySelectorAll('a')[1]
      ${first}
      const done = renew(part, fresh)
      return ${look}
    })`)

  it('keeps what is the same, as it is', async () => {
    const looks =
      '[done, part.querySelectorAll("a")[2] === link, document.activeElement === link, part.querySelector("p").textContent]'
    expect(await renewed(`${cy}${ada}${ben}`, 'link.focus()', looks)).toEqual([true, true, true, 'New'])
    expect(await renewed(`${ben}${ada}`, 'link.focus()', '[done, document.activeElement === link]')).toEqual([
      true,
      true
    ])
    const open =
      '[done, part.querySelector("details").open, part.querySelector("input").value === document.querySelector("[name=_csrf]").value]'
    expect(await renewed(`${cy}`, 'part.querySelector("details").open = true', open)).toEqual([true, true, true])
  })

  it('takes the focus along to what is the same in other words', async () => {
    const look = '[done, document.activeElement.textContent]'
    expect(await renewed(`${ben?.replace('Ben', 'Benjamin')}`, 'link.focus()', look)).toEqual([true, 'Benjamin'])
  })

  it.each([
    ['what has the focus would go', 'link.focus()'],
    ['text of it is selected', 'getSelection().selectAllChildren(link)'],
    ['somebody has typed in it', 'part.querySelector("input").type = "text"; part.querySelector("input").value = "x"'],
    ['a menu in it is open', 'part.querySelector("details").open = true; part.querySelector("summary").focus()']
  ])('waits while %s', async (_, first) => {
    expect(await renewed(`${ada}${cy}`, first, '[done, part.querySelectorAll("a")[1].textContent]')).toEqual([
      false,
      'Ben'
    ])
  })
})

it('stops with its process, and nobody waits for it', async () => {
  const { cookie } = await visit(here.url, staff.email)
  const live = await listens(here.url, cookie)
  const ended = running[0]?.stop('SIGTERM')
  expect(await live.ends()).toBe('ended')
  expect((await ended)?.code).toBe(0)
  expect(await db.appointment.count()).toBe(3)
})
