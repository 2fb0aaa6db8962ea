import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { addVisit, clockIn, openClinicByDay } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { pagesOf } from '../support/pdf.ts'
import { type Person, signedIn } from '../support/person.ts'
import { hireDoctor, registerPatient } from '../support/world.ts'

const app = serveApp()
const { appointments, prescriptions } = paths.doctor
const mine = paths.booking.prescriptions
let clinic: Awaited<ReturnType<typeof openClinicByDay>>
let doctorId: string
let meera: Person
let minutes = -360

beforeAll(async () => {
  clinic = await openClinicByDay('Clínica São Paulo')
  const doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  doctorId = doctor.id
  meera = await signedIn(app, doctor.user)
})

/** Somebody who has been here today. */
async function seen(name: string) {
  const patient = await registerPatient({ name })
  await db.patient.update({ where: { id: patient.patientId }, data: { dateOfBirth: new Date('1990-03-03') } })
  minutes += 11
  const time = clockIn(clinic.timeZone, minutes)
  const visit = await addVisit({ clinic, doctorId, patient, time, status: 'COMPLETED' })
  return { visit: visit.id, person: await signedIn(app, patient) }
}

const cream = { medicine: 'Hydrocortisone 1% cream', dose: 'Twice a day', instructions: 'Thinly, for 7 days' }
const row = (number: number, item: object) =>
  Object.fromEntries(Object.entries(item).map(([piece, value]) => [`${piece}${number}`, value]))

async function prescribed(visit: string, items: object[], share = true): Promise<string> {
  const { status, body } = await meera.sends('post', appointments.prescriptions(visit), { items, share })
  expect(status).toBe(201)
  return body.prescription.id
}

async function pdf(person: Person, path: string) {
  const { headers, body } = await person.bare('get', path).responseType('blob')
  return { headers, body, pages: pagesOf(body) }
}

describe('a prescription', () => {
  it('names each piece that is missing beside its field, and keeps all that was typed', async () => {
    const { visit } = await seen('Zoë Obi')
    const typed = { ...row(1, cream), medicine3: 'Emollient', instructions4: 'At night', medicine7: 'Late' }
    const page = await meera.submits(appointments.prescriptions(visit), typed)
    expect([page.status, page.problems]).toEqual([
      422,
      [
        'Enter the dose of medicine 3',
        'Enter how to take medicine 3',
        'Enter the name of medicine 4',
        'Enter the dose of medicine 4',
        'Enter the dose of medicine 7',
        'Enter how to take medicine 7'
      ]
    ])
    for (const [name, value] of Object.entries(typed)) expect(page.$(`[name=${name}]`).val()).toBe(value)
    expect(page.$('#field-dose3-error').text()).toContain('Enter the dose of medicine 3')
    expect([page.$('details[open]').length, page.$('[name=share]:checked').length]).toEqual([1, 0])
    const empty = await meera.submits(appointments.prescriptions(visit))
    expect(empty.problems).toEqual(['Enter at least one medicine, and at most ten'])
  })

  it('is the same from the form and from a program, and there once however often it is sent', async () => {
    const { visit } = await seen('Ada Obi')
    expect((await meera.opens(appointments.prescriptions(visit))).$('[name=share]:checked').length).toBe(1)
    const sent = await meera.submits(appointments.prescriptions(visit), { ...row(2, cream), ...row(5, cream) })
    const id = await prescribed(visit, [cream, cream])
    expect(sent.location).toBe(prescriptions.show(id))
    const { body } = await meera.asks(prescriptions.show(id))
    expect(body.prescription).toMatchObject({ items: [cream, cream], sharedAt: null })
    expect(await db.prescription.count({ where: { appointmentId: visit } })).toBe(1)
    const wrong = await meera.sends('post', appointments.prescriptions(visit), { items: [cream, { medicine: 'x' }] })
    expect([wrong.status, wrong.body.errors[0]]).toEqual([
      422,
      { field: 'dose2', message: 'Enter the dose of medicine 2' }
    ])
  })

  it('is seen by the patient once it is shared, and by no other', async () => {
    const { visit, person } = await seen('Ada Obi')
    const other = await seen('Eve Obi')
    const id = await prescribed(visit, [cream], false)
    for (const path of [mine.show(id), mine.pdf(id)]) expect((await person.opens(path)).status).toBe(404)

    expect((await meera.submits(prescriptions.sharing(id))).location).toBe(appointments.show(visit))
    await meera.submits(prescriptions.sharing(id))
    expect(await db.auditEvent.count({ where: { event: 'prescription.shared', subjectId: id } })).toBe(1)
    expect((await person.opens(paths.booking.appointments.show(visit))).links).toContain(mine.show(id))
    const page = await person.opens(mine.show(id))
    for (const words of [
      'Ada Obi',
      'Born 3 March 1990',
      'Licence GMC-',
      'Clínica São Paulo',
      ...Object.values(cream),
      'Signature of'
    ])
      expect(page.text).toContain(words)
    expect(page.title).not.toContain('Ada')
    for (const path of [mine.show(id), mine.pdf(id)]) expect((await other.person.opens(path)).status).toBe(404)
  })
})

describe('its PDF', () => {
  it('says what the page says, and nothing of it in its name', async () => {
    const { visit, person } = await seen('Zoë Wałęsa')
    const { headers, body, pages } = await pdf(person, mine.pdf(await prescribed(visit, [cream])))
    expect(body.subarray(0, 5).toString()).toBe('%PDF-')
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="prescription.pdf"',
      'cache-control': 'no-store'
    })
    for (const words of [
      'Zoë Wałęsa',
      'Born 3 March 1990',
      'Dr Meera Kulkarni',
      'Clínica São Paulo',
      ...Object.values(cream)
    ])
      expect(pages[0]).toContain(words)
    for (const mark of ['/Lang (en)', '/Marked true', '/DisplayDocTitle true', '/S /H1'])
      expect(body.toString('latin1')).toContain(mark)
  })

  it('has ten medicines on one page, and all of them on more when they are long', async () => {
    const ten = Array.from({ length: 10 }, (_, at) => ({ ...cream, medicine: `Cream ${at + 1}.` }))
    const short = await pdf(meera, prescriptions.pdf(await prescribed((await seen('Ada Obi')).visit, ten)))
    expect([short.pages.length, short.pages[0]?.includes('Cream 10.')]).toEqual([1, true])
    const long = ten.map(item => ({ ...item, instructions: 'Slowly '.repeat(42), dose: 'x'.repeat(100) }))
    const { pages } = await pdf(meera, prescriptions.pdf(await prescribed((await seen('Ada Obi')).visit, long)))
    expect([pages.length > 1, pages.join('').match(/Cream \d+\./g)?.length]).toEqual([true, 10])
  })

  it('writes Hindi, Greek and Cyrillic, and owns up to letters that it can’t draw', async () => {
    const some = await seen('आदित्य Ώρα Дмитрий')
    const { pages } = await pdf(some.person, mine.pdf(await prescribed(some.visit, [cream])))
    expect(pages[0]).toContain('Ώρα Дмитрий')
    expect(pages[0]).not.toContain('shown as boxes')
    const other = await seen('王小明 عائشة 👩‍⚕️')
    const lacking = await pdf(other.person, mine.pdf(await prescribed(other.visit, [cream])))
    expect(lacking.pages[0]).toContain('shown as boxes')
  })
})
