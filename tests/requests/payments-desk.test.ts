import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import type { AppointmentStatus } from '../../src/generated/enums.ts'
import { paths } from '../../src/paths.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addUser, hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { payments, appointments, timetable } = paths.admin
let clinic: Awaited<ReturnType<typeof openClinic>>
let meera: Awaited<ReturnType<typeof hireDoctor>>
let tess: Person
let joan: Person
let stranger: Person
let admin: Person
let count = 0

async function deskOf(clinicId: string, name: string) {
  const user = await addUser('STAFF', { name })
  await db.staffClinic.create({ data: { userId: user.id, clinicId } })
  return signedIn(app, user)
}

/** A visit some minutes from now that is paid for at the clinic, or was paid online. */
async function visit(name: string, minutes: number, status: AppointmentStatus, online = false) {
  const patient = await patientNamed(name)
  const made = await addVisit({ clinic, doctorId: meera.id, patient, time: clockIn(clinic.timeZone, minutes), status })
  const names = { appointmentId: made.id, clinicId: clinic.id, reference: `PAY-${++count}` }
  const owed = { ...names, amountMinor: 6000, currency: 'GBP' }
  const paid = { status: 'SUCCESS', receivedMinor: 6000, paidAt: new Date(), gateway: 'test' } as const
  const how = online
    ? { method: 'CARD' as const, ...paid, gatewayReference: `desk-${count}`, transactionId: `TXN-DESK-${count}` }
    : { method: 'PAY_AT_CLINIC' as const }
  return { ...made, payment: await db.payment.create({ data: { ...owed, ...how } }) }
}

const standing = (id: string) => db.payment.findUniqueOrThrow({ where: { id } })
const told = (id: string) => db.auditEvent.count({ where: { subjectId: id, event: { startsWith: 'payment.refund' } } })

beforeAll(async () => {
  clinic = await openClinicByDay('Harbour Clinic')
  meera = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  tess = await deskOf(clinic.id, 'Tess Vane')
  joan = await deskOf(clinic.id, 'Joan Prosser')
  stranger = await deskOf((await openClinic()).id, 'Olga Stern')
  admin = await signedIn(app, await addUser('ADMIN'))
})

describe('money at the desk', () => {
  it('is marked as paid once, and whoever is second sees by whom', async () => {
    const ada = await visit('Ada Obi', 10, 'CONFIRMED')
    const { id } = ada.payment
    const day = await tess.opens(timetable({ clinicId: clinic.id }))
    expect(day.$(`#slot-${ada.timeslotId}`).text()).toMatch(/Ada Obi.*Pay at clinic.*Mark as paid/s)
    const page = await tess.opens(payments.collection(id, { from: 'timetable' }))
    expect([page.heading, page.$('.ticket-time').text()]).toEqual(['Take £60 from Ada Obi', '£60'])
    expect((await tess.submits(payments.collection(id))).problems).toEqual(['Choose how it was paid'])

    const paid = { paidWith: 'CASH', note: 'Till 2' }
    const done = await tess.submits(payments.collection(id, { from: 'timetable' }), paid)
    expect([done.status, done.location?.split('#').pop()]).toEqual([303, `slot-${ada.timeslotId}`])
    expect(String(done.headers['set-cookie'])).not.toMatch(/Ada|Obi/)
    const next = await tess.opens(timetable({ clinicId: clinic.id }))
    expect(next.$('.notice').text()).toMatch(/£60 marked as paid \(PAY-\d+\)\.\s+See the payment, or undo this/)
    expect(next.links).toContain(payments.show(id))
    expect((await tess.sends('post', payments.collection(id), paid)).status).toBe(200)
    const otherwise = await tess.submits(payments.collection(id), { ...paid, paidWith: 'CARD' })
    expect(otherwise.problems).toEqual(['You have marked this as paid already, and said something else then'])
    const second = await joan.submits(payments.collection(id), { paidWith: 'CARD' })
    expect([second.status, second.problems]).toEqual([422, ['Somebody else has marked this as paid already']])
    for (const said of ['Cash, at the desk', 'Tess Vane', 'Till 2', 'Money taken at the clinic'])
      expect(second.text).toContain(said)
    expect((await joan.opens(payments.collection(id))).location).toBe(payments.show(id))
    expect(await standing(id)).toMatchObject({ status: 'SUCCESS', paidWith: 'CASH', receivedMinor: 6000 })
  })

  it('is owed again when that was a mistake, on the same day, for who noted it or an administrator', async () => {
    const { payment } = await visit('Ben Okri', 22, 'CONFIRMED')
    const [show, removal] = [payments.show(payment.id), payments.collectionRemoval(payment.id)]
    for (const who of [tess, admin]) {
      await tess.sends('post', payments.collection(payment.id), { paidWith: 'UPI' })
      expect((await joan.opens(show)).text).not.toContain('Undo “paid”')
      expect((await joan.sends('post', removal)).status).toBe(422)
      const paidAt = new Date(Date.now() - 26 * 3_600_000)
      const { paidAt: now } = await standing(payment.id)
      await db.payment.update({ where: { id: payment.id }, data: { paidAt } })
      expect((await who.opens(show)).text).not.toContain('Undo “paid”')
      expect((await who.submits(removal)).problems).toEqual([expect.stringMatching('marked as paid on another day')])
      await db.payment.update({ where: { id: payment.id }, data: { paidAt: now } })
      expect((await who.opens(show)).text).toContain('Undo “paid”')
      const undone = await who.sends('post', removal)
      expect([undone.status, undone.body.payment.state]).toEqual([200, 'AT_CLINIC'])
    }
    expect(await standing(payment.id)).toMatchObject({ status: 'PENDING', paidWith: null, paidAt: null })
  })

  it('is waived, with a reason, when the visit is over', async () => {
    const [missed, toCome] = [await visit('Iris Bell', -110, 'NO_SHOW'), await visit('Olu Adeyemi', 70, 'CONFIRMED')]
    const { id } = missed.payment
    expect((await tess.opens(payments.waiver(toCome.payment.id))).location).toBe(payments.show(toCome.payment.id))
    const refused = await tess.sends('post', payments.waiver(toCome.payment.id), { reason: 'Kind' })
    expect([refused.status, (await standing(toCome.payment.id)).status]).toEqual([422, 'PENDING'])

    expect((await tess.opens(payments.show(id))).links).toContain(payments.waiver(id))
    expect((await tess.submits(payments.waiver(id))).problems).toEqual(['Say in a few words why it is waived'])
    expect((await tess.submits(payments.waiver(id), { reason: 'Was in hospital' })).location).toBe(payments.show(id))
    expect(await standing(id)).toMatchObject({ status: 'FAILED', failure: 'WAIVED', paidAt: null })
    expect((await tess.opens(payments.show(id))).text).toMatch(/Nothing to pay.*Was in hospital.*Payment waived/s)
    expect((await tess.sends('post', payments.collection(id), { paidWith: 'CASH' })).status).toBe(422)
    const listed = await tess.asks(payments.index({ status: 'NOT_DUE' }))
    expect(listed.body.payments.map((each: { id: string }) => each.id)).toEqual([id])
    const account = await db.appointment.findUniqueOrThrow({ where: { id: missed.id }, select: { bookedBy: true } })
    const iris = await signedIn(app, account.bookedBy)
    expect((await iris.opens(paths.booking.payments.show(id))).text).toMatch(/Nothing to pay.*let you off the fee/s)
    await tess.sends('post', appointments.cancellation(toCome.id), { reason: 'Cannot come' })
  })

  it('is nobody else’s', async () => {
    const { id } = (await visit('Uma Rao', -50, 'COMPLETED', true)).payment
    const { show, collection, collectionRemoval, refund, waiver } = payments
    for (const path of [show(id), collection(id), refund(id), waiver(id)])
      expect((await stranger.opens(path)).status).toBe(404)
    for (const path of [collection(id), collectionRemoval(id), refund(id), waiver(id)])
      expect((await stranger.sends('post', path, { paidWith: 'CASH', reason: 'Mine' })).status).toBe(404)
    expect((await stranger.asks(payments.index({ tries: 'all' }))).body.payments).toEqual([])
    expect((await stranger.asks(payments.index({ clinicId: clinic.id }))).body.payments).toEqual([])
  })
})

describe('a refund', () => {
  it.each([
    ['over the desk', false],
    ['online', true]
  ])('%s happens once when two give it at once', async (_, online) => {
    const { payment } = await visit(`Nell ${online}`, online ? -70 : -90, 'COMPLETED', online)
    const { id } = payment
    if (!online) await tess.sends('post', payments.collection(id), { paidWith: 'CASH' })
    expect((await tess.submits(payments.refund(id))).problems).toEqual(['Say in a few words why it is given back'])

    const both = await Promise.all(
      [tess, joan].map(each => each.sends('post', payments.refund(id), { reason: 'Sorry' }))
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(await standing(id)).toMatchObject({ refundCause: 'STAFF', refundReason: 'Sorry', receivedMinor: 6000 })
    expect(await told(id)).toBe(online ? 1 : 2)
    expect((await standing(id)).status).toBe(online ? 'SUCCESS' : 'REFUNDED')
    const page = await tess.opens(payments.show(id))
    expect(page.text).toContain(online ? 'Refund on its way' : 'Refunded')
    expect(page.links).not.toContain(payments.refund(id))
  })

  it('goes with a visit that is cancelled, unless it is late and the desk keeps the money', async () => {
    const [kept, given, said] = [
      await visit('Kit Moss', 34, 'CONFIRMED', true),
      await visit('Lena Novak', 46, 'CONFIRMED', true),
      await visit('Yusuf Demir', 58, 'CONFIRMED', true)
    ]
    expect((await tess.opens(payments.refund(kept.payment.id))).location).toBe(payments.show(kept.payment.id))
    const way = appointments.cancellation(kept.id)
    expect((await tess.opens(payments.show(kept.payment.id))).$(`main a[href="${way}"]`).text()).toMatch(
      'To give it back'
    )
    const page = await tess.opens(way)
    expect(page.$('input[name=refund]').attr('checked')).toBeDefined()
    const reason = 'Cannot come'
    await tess.submits(way, { reason, asks: 'refund' })
    expect((await tess.opens(paths.admin.index())).text).toMatch(/Cancelled\. The clinic keeps the £60 \(PAY-/)
    await tess.submits(appointments.cancellation(given.id), { reason, asks: 'refund', refund: 'yes' })
    expect((await tess.opens(paths.admin.index())).text).toMatch(/Cancelled\. The £60 goes back to the patient \(PAY-/)
    await tess.sends('post', appointments.cancellation(said.id), { reason })
    const due = await Promise.all(
      [kept, given, said].map(async ({ payment }) => (await standing(payment.id)).refundDueAt)
    )
    expect(due.map(Boolean)).toEqual([false, true, true])
  })
})

describe('the lists', () => {
  it('are narrowed by how the money stands, and the file is the list', async () => {
    const query = { status: 'PENDING' }
    const { body } = await tess.asks(payments.index(query))
    expect(body.payments.map(({ patient }: { patient: { name: string } }) => patient.name)).toEqual(
      expect.arrayContaining(['Ben Okri'])
    )
    const file = await tess.bare('get', payments.csv(query))
    expect(file.text.trim().split('\r\n')).toHaveLength(body.payments.length + 1)
    expect(file.text).toMatch(/"Ben Okri","Dr Meera Kulkarni",.*"Pay at the clinic",.*"Not paid yet","60.00",,,"GBP"/)
    const all = await tess.bare('get', payments.csv())
    expect(all.text).toMatch(/"Cash","Refunded","60.00","60.00","60.00","GBP"/)
    expect(all.text).toMatch(/"Refund on its way","60.00","60.00",,"GBP"/)
    for (const q of ['pay-1', 'Ada Obi', 'TXN-DESK-5'])
      expect((await tess.asks(payments.index({ q }))).body.total).toBe(1)
    const listed = await tess.asks(appointments.index({ when: 'any', payment: 'REFUND_DUE' }))
    expect(listed.body.appointments.map(({ payment }: { payment: { state: string } }) => payment.state)).toEqual(
      Array(3).fill('REFUND_DUE')
    )
    const table = await tess.bare('get', appointments.csv({ when: 'any', payment: 'REFUND_DUE' }))
    expect(table.text.match(/"Refund on its way","Card"/g)).toHaveLength(3)
  })
})
