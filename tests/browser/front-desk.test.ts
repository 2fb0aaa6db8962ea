import { describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { addUser, hireDoctor, openClinic } from '../support/world.ts'
import { addVisit, patientNamed } from './support/clinic.ts'
import { oneWay } from './support/ways.ts'

const app = serveApp()
const { signedIn } = openBrowser(app)

describe.each(oneWay(false))('somebody of the front desk who $way', ({ javaScript, width }) => {
  it('sees the doctors and appointments of their own clinic, and of no other', async () => {
    const [own, other] = [await openClinic({ name: `Own ${width}` }), await openClinic({ name: `Other ${width}` })]
    const [meera, sara] = [
      await hireDoctor(own.id, { name: 'Dr Meera' }),
      await hireDoctor(other.id, { name: 'Dr Sara' })
    ]
    const time = '09:00'
    await addVisit({ clinic: own, doctorId: meera.id, patient: await patientNamed('Ada Obi'), time, days: 1 })
    await addVisit({ clinic: other, doctorId: sara.id, patient: await patientNamed('Ben Okri'), time, days: 1 })
    const user = await addUser('STAFF', { name: 'Tess Vane' })
    await db.staffClinic.create({ data: { userId: user.id, clinicId: own.id } })

    const tess = await signedIn(user, { javaScript, width })
    await tess.opens(paths.admin.index())
    const seen = [await tess.text()]
    for (const item of ['Timetable', 'Appointments', 'Patients', 'Manage', 'Clinics', 'Manage', 'Doctors']) {
      await tess.follows(item)
      seen.push(await tess.text())
    }

    expect(seen.join(' ')).toMatch(/Ada Obi.*Own.*Dr Meera/)
    expect(seen.join(' ')).not.toMatch(/Ben Okri|Other \d|Dr Sara/)
    expect(await tess.page.getByRole('link', { name: /^(Users|Add a doctor|Open a clinic)/ }).count()).toBe(0)
  })
})
