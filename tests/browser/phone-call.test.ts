import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser, type Visitor } from '../support/browser.ts'
import { addSlots, addUser, hireDoctor, openClinic } from '../support/world.ts'
import { eachWay } from './support/ways.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)
const { appointments } = paths.admin

let user: Awaited<ReturnType<typeof addUser>>
let slots: Awaited<ReturnType<typeof addSlots>>

beforeAll(async () => {
  const clinic = await openClinic({ name: 'Riverside Clinic' })
  const doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  slots = await addSlots(doctor.id, clinic, 12)
  user = await addUser('STAFF', { name: 'Tess Vane' })
  await db.staffClinic.create({ data: { userId: user.id, clinicId: clinic.id } })
})

/** How many pages came up while something was done. */
async function pagesOf({ page }: Visitor, story: () => Promise<unknown>) {
  let count = 0
  const one = () => count++
  page.on('load', one)
  await story()
  page.off('load', one)
  return count
}

describe.each(eachWay)('a call, by somebody who $way', ({ javaScript, width }) => {
  const name = javaScript ? 'Ngozi Bello' : 'Yusuf Bello'

  it('of somebody new takes four pages from “Book by phone” to the reference, and the next one five', async () => {
    const tess = await signedIn(user, { javaScript, width })
    await tess.opens(appointments.index())

    const first = await pagesOf(tess, async () => {
      await tess.follows('Book by phone')
      if (await tess.field('Full name').isHidden()) await tess.page.getByText('Add somebody new').click()
      await tess.fills({ 'Full name': name, 'Phone number': '0117 496 0123', 'Date of birth': '4 3 1984' })
      await tess.presses('Add and go on')
      await tess.arrives(() => tess.page.locator('.free-times a.time').first().click())
      await tess.fills({ 'Reason for the visit': 'Rash' })
      await tess.presses(/^Book /)
    })
    expect(first).toBe(4)
    const { reference } = await db.appointment.findFirstOrThrow({ where: { patient: { name } } })
    await tess.sees('Read this out', reference, name, 'Riverside Clinic')

    const again = await pagesOf(tess, async () => {
      await tess.follows('Next call')
      await tess.fills({ 'Name, phone or date of birth': `4/3/1984 ${name.slice(0, 4)}` })
      await tess.presses('Search')
      await tess.follows(name)
      await tess.arrives(() => tess.page.locator('.free-times a.time').first().click())
      await tess.presses(/^Book /)
    })
    expect(again).toBe(5)
    expect(await db.appointment.count({ where: { patient: { name }, status: 'CONFIRMED' } })).toBe(2)
  })

  it('for a time in the timetable takes four', async () => {
    const tess = await signedIn(user, { javaScript, width })
    const timeslotId = slots.at(javaScript ? -1 : -2)?.id ?? ''
    const pages = await pagesOf(tess, async () => {
      await tess.opens(appointments.add({ timeslotId }))
      await tess.fills({ 'Name, phone or date of birth': name.toLowerCase() })
      await tess.presses('Search')
      await tess.follows(name)
      await tess.presses(/^Book /)
    })
    expect(pages).toBe(4)
    await tess.sees('Read this out')
  })
})
