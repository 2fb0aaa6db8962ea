import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { visitor } from '../support/person.ts'
import { addSlot, hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { symptoms, doctors } = paths.booking
const nobody = '00000000-0000-4000-8000-000000000000'
let id: Record<'rash' | 'itch' | 'chest' | 'mystery', string>
let dermatologists: string[]

const teach = (name: string, fields: string[], more: { isEmergency?: boolean; advice?: string } = {}) =>
  db.symptom.create({
    data: {
      name,
      ...more,
      specializations: {
        create: fields.map(field => ({
          specialization: { connectOrCreate: { where: { name: field }, create: { name: field } } }
        }))
      }
    }
  })

/** Four dermatologists, free from the soonest to the latest; a general practitioner; no cardiologist. */
beforeAll(async () => {
  const clinic = await openClinic()
  dermatologists = []
  for (const name of ['Dr Ana', 'Dr Bo', 'Dr Cai', 'Dr Dee']) {
    const doctor = await hireDoctor(clinic.id, { name })
    await addSlot(doctor.id, clinic, { days: 2 + dermatologists.length })
    dermatologists.push(doctor.id)
  }
  await hireDoctor(clinic.id, { name: 'Dr Gene', specialization: 'General practice' })
  const closed = await openClinic({ deactivatedAt: new Date() })
  await hireDoctor(closed.id, { name: 'Dr Gone', specialization: 'Cardiology' })

  const advice = 'Call your local emergency number now.'
  const [rash, itch, chest, mystery] = [
    await teach('Skin rash', ['Dermatology', 'General practice']),
    await teach('Itching', ['Dermatology']),
    await teach('Severe chest pain', ['Cardiology'], { isEmergency: true, advice }),
    await teach('Zzz', [])
  ]
  id = { rash: rash.id, itch: itch.id, chest: chest.id, mystery: mystery.id }
})

const ticked = (...symptomIds: string[]) => symptoms({ symptomIds, find: 'yes' })

describe('who isn’t sure which doctor', () => {
  it('finds the way from the first page, from the search and from a search that found nothing', async () => {
    const pages = [paths.home(), doctors.index(), doctors.index({ q: 'Dr Nobody At All' })]
    for (const path of pages) expect((await visitor(app).opens(path)).links, path).toContain(symptoms())
  })

  it('ticks what fits, without an account, emergencies first and named so', async () => {
    const page = await visitor(app).opens(symptoms())
    expect([page.status, page.problems]).toEqual([200, []])
    expect(page.$('[role=group]').first().text()).toContain('Severe chest pain')
    expect(page.text).toMatch(/These can be an emergency.*Severe chest pain.*Everything else.*Itching.*Skin rash/)
    expect(page.text).toContain('This is not a diagnosis')
  })

  it('sees who looks after it: best match first, why, and the three doctors who are free soonest', async () => {
    const { body } = await visitor(app).asks(ticked(id.rash, id.itch))
    const seen = body.specializations.map(({ name, symptoms, doctorCount }: Record<string, unknown>) => [
      name,
      symptoms,
      doctorCount
    ])
    expect(seen).toEqual([
      ['Dermatology', ['Itching', 'Skin rash'], 4],
      ['General practice', ['Skin rash'], 1]
    ])
    const [first, second] = body.specializations
    expect(first.doctors.map((doctor: { id: string }) => doctor.id)).toEqual(dermatologists.slice(0, 3))
    expect(first.doctors[0].nextFreeAt).toMatch(/T09:00:00/)
    expect([second.doctors[0].name, second.doctors[0].nextFreeAt]).toEqual(['Dr Gene', null])

    const page = await visitor(app).opens(ticked(id.rash, id.itch))
    expect(page.text).toMatch(
      /Dermatology For: Itching, Skin rash.*Dr Ana.*Dr Bo.*Dr Cai.*General practice For: Skin rash/
    )
    expect(page.text).not.toContain('Dr Dee')
    expect(page.links).toContain(doctors.index({ q: 'Dermatology' }))
    expect(page.$('input:checked').length).toBe(2)
  })

  it('is told first of all what to do in an emergency, and can still book below', async () => {
    const page = await visitor(app).opens(ticked(id.chest, id.rash))
    expect(page.title).toMatch(/^This can be an emergency/)
    expect(page.text).toMatch(/^This can be an emergency Severe chest pain. Call your local emergency number now./)
    expect(page.$('main [role=alert]').text()).toContain('Call your local emergency number now.')
    expect(page.$('.doctor-card').length).toBe(0)
    expect(page.links).toContain(doctors.timeslots(dermatologists[0] ?? ''))
  })

  it('is told plainly when nobody here practises it, or nobody knows', async () => {
    expect((await visitor(app).opens(ticked(id.chest))).text).toContain('No doctor here practises Cardiology')
    expect((await visitor(app).opens(ticked(id.mystery))).text).toContain('We don’t know yet who looks after this')
  })

  it('is asked to choose when the form comes empty, or with what nobody knows', async () => {
    for (const path of [ticked(), ticked(nobody)]) {
      const page = await visitor(app).opens(path)
      expect([page.status, page.problems]).toEqual([422, ['Choose at least one symptom']])
      const answer = await visitor(app).asks(path)
      expect([answer.status, answer.body.errors[0].field]).toEqual([422, 'symptomIds'])
    }
    expect((await visitor(app).opens(symptoms({ symptomIds: [nobody] }))).status).toBe(200)
    expect((await visitor(app).asks(ticked(nobody, id.itch))).body.chosen).toHaveLength(1)
    expect((await visitor(app).asks(ticked('rash'))).status).toBe(400)
  })
})
