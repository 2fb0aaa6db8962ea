import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { clearAway, freePort, type Running, root, runFile } from '../processes/support.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { type Person, signedIn as signedInAt } from '../support/person.ts'
import { addSlots, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

/** Two processes serve one database: what others take through one goes from the pages that are open at the other. */
const [here, elsewhere] = [{ url: '' }, { url: '' }]
const running: Running[] = []
const { signedIn, visitor } = openBrowser(here)
let doctorId: string
let slots: string[]
let desk: Person

beforeAll(async () => {
  const secret = randomUUID()
  await Promise.all([here, elsewhere].map(app => serve(app, secret)))
  const clinic = await openClinic()
  doctorId = (await hireDoctor(clinic.id)).id
  slots = (await addSlots(doctorId, clinic, 12)).map(({ id }) => id)
  desk = await signedInAt(elsewhere, await addUser('STAFF', { staffClinics: { create: { clinicId: clinic.id } } }))
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

/** Somebody, elsewhere, takes the time that stands at this place of the day. */
async function someoneTakes(at: number, person?: Person) {
  const one = person ?? (await signedInAt(elsewhere, await registerPatient()))
  const held = await one.sends('post', paths.booking.holds.index(), { timeslotId: slots[at] })
  expect(held.status).toBe(201)
}

const time = ({ page }: Visitor, clock: string) => page.getByRole('radio', { name: clock, exact: true })
const taken = ({ page }: Visitor, clock: string) => page.getByText(`${clock} taken`)
const button = ({ page }: Visitor) => page.locator('main form').getByRole('button')
const stays = ({ page }: Visitor) => page.evaluate('window.isSamePage = true')
const stayed = ({ page }: Visitor) => page.evaluate('window.isSamePage')
const focused = ({ page }: Visitor) => page.evaluate('document.activeElement.value')

describe('a guest who looks at the times of a doctor', () => {
  let guest: Visitor
  beforeAll(async () => {
    guest = await visitor({ width: 390 })
    await guest.opens(paths.booking.doctors.timeslots(doctorId))
    await stays(guest)
  })

  it('sees one go that somebody else takes, and keeps what was chosen', async () => {
    await guest.sees('12 free')
    await guest.chooses('09:20')
    await someoneTakes(0)
    await taken(guest, '09:00').waitFor()
    expect(await time(guest, '09:00').count()).toBe(0)
    await guest.sees('11 free')
    expect(await time(guest, '09:20').isChecked()).toBe(true)
    expect(await focused(guest)).toBe(slots[1])
    expect(await button(guest).innerText()).toBe('Continue with 09:20')
    expect(await stayed(guest)).toBe(true)
    await guest.checked()
  })

  it('is told when it is the chosen one, with the focus where it was', async () => {
    await someoneTakes(1)
    await guest.page.getByText('09:20 has just been taken. Choose another time.').waitFor()
    expect(await focused(guest)).toBe(slots[1])
    expect(await guest.page.getByRole('radio', { checked: true }).count()).toBe(0)
    expect(await button(guest).innerText()).toBe('Continue with this time')
    await guest.page.keyboard.press('Space')
    expect(await guest.page.getByRole('radio', { checked: true }).count()).toBe(0)
    await guest.checked()

    await guest.page.keyboard.press('ArrowRight')
    expect(await focused(guest)).toBe(slots[2])
    expect(await button(guest).innerText()).toBe('Continue with 09:40')
    await taken(guest, '09:20').waitFor()
    expect(await guest.text()).not.toContain('has just been taken')
  })

  it('is told with the focus on the button, too', async () => {
    await button(guest).focus()
    await someoneTakes(2)
    await guest.page.getByText('09:40 has just been taken. Choose another time.').waitFor()
    await taken(guest, '09:40').waitFor()
    expect(await guest.page.evaluate('document.activeElement.textContent')).toBe('Continue with this time')
    expect(await stayed(guest)).toBe(true)
  })

  it('sees it come back when it is let go of', async () => {
    const ada = await signedInAt(elsewhere, await registerPatient())
    await someoneTakes(11, ada)
    await taken(guest, '12:40').waitFor()
    await someoneTakes(10, ada)
    await taken(guest, '12:20').waitFor()
    await time(guest, '12:40').waitFor()
  })

  it('sees the days count down on the page of the doctor', async () => {
    await guest.opens(paths.booking.doctors.show(doctorId))
    const before = Number(/(\d+) free/.exec(await guest.text())?.[1])
    await someoneTakes(9)
    await guest.page.getByText(`${before - 1} free`).waitFor()
  })

  it('finds all as it was without JavaScript', async () => {
    const plain = await visitor({ javaScript: false })
    await plain.opens(paths.booking.doctors.timeslots(doctorId))
    await plain.chooses('10:00')
    await plain.presses('Continue')
    expect(await plain.heading()).toContain('Sign in')
  })
})

describe('a patient', () => {
  let account: Awaited<ReturnType<typeof registerPatient>>
  let ada: Visitor
  beforeAll(async () => {
    account = await registerPatient({ name: 'Ada Obi' })
    ada = await signedIn(account)
  })

  it('keeps the time that is held in another window', async () => {
    await ada.opens(paths.booking.doctors.timeslots(doctorId))
    await ada.chooses('10:00')
    await someoneTakes(3, await signedInAt(elsewhere, account))
    await someoneTakes(4)
    await taken(ada, '10:20').waitFor()
    expect(await time(ada, '10:00').isChecked()).toBe(true)
    expect(await ada.text()).not.toContain('has just been taken')
  })

  it('sees the notices count up, and the appointment change, while the page is open', async () => {
    const phone = await signedInAt(elsewhere, account)
    const wish = { doctorId, timeslotId: slots[5] }
    const { appointment } = (await phone.sends('post', paths.booking.appointments.index(), wish)).body
    await ada.opens(paths.booking.appointments.show(appointment.id))
    await stays(ada)
    const bell = (name: string) => ada.page.getByRole('banner').getByRole('link', { name, exact: true })
    await bell('Notices').waitFor()

    await desk.sends('post', paths.admin.appointments.confirmation(appointment.id))
    await bell('Notices, 1 unread').waitFor()
    await ada.page.locator('main').getByText('Confirmed', { exact: true }).first().waitFor()
    await desk.sends('post', paths.admin.appointments.reschedule(appointment.id), { timeslotId: slots[6] })
    await bell('Notices, 2 unread').waitFor()
    await ada.page.getByRole('heading', { level: 1, name: '11:00' }).waitFor()
    expect(await stayed(ada)).toBe(true)
    await ada.checked()

    await phone.sends('post', paths.notices.readings())
    await bell('Notices').waitFor()
  })

  it('sees them go from the times to move to', async () => {
    const wish = { doctorId, timeslotId: slots[7] }
    const phone = await signedInAt(elsewhere, account)
    const { appointment } = (await phone.sends('post', paths.booking.appointments.index(), wish)).body
    await ada.opens(paths.booking.appointments.reschedule(appointment.id))
    await ada.chooses('11:40')
    await someoneTakes(8)
    await ada.page.getByText('11:40 has just been taken. Choose another time.').waitFor()
    await ada.checked()
  })
})
