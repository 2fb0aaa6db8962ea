import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import type { Prisma } from '../../src/generated/client.ts'
import { paths } from '../../src/paths.ts'
import { clockTime, toDate } from '../../src/scheduling/zone.ts'
import { addVisit, patientNamed } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { takings, payments } = paths.admin
/** Where the day is another one than in London for half of it. */
const zone = 'Pacific/Auckland'
const yesterday = Temporal.Now.plainDateISO(zone).subtract({ days: 1 })
const date = yesterday.toString()
const at = (minutes: number, days = 0) =>
  toDate(clockTime(yesterday.add({ days }), minutes, zone) ?? Temporal.Now.instant())
const [MIDNIGHT, NOON, LAST] = [0, 720, 24 * 60 - 1]

let clinic: Awaited<ReturnType<typeof openClinic>>
let elsewhere: Awaited<ReturnType<typeof openClinic>>
let doctorId: string
let tess: Person
let stranger: Person
let count = 0

type Said = Partial<Prisma.PaymentUncheckedCreateInput>

/** A visit of yesterday, and what was paid for it. */
async function paid(name: string, said: Said) {
  const time = `${String(9 + Math.floor(++count / 4)).padStart(2, '0')}:${String((count % 4) * 15).padStart(2, '0')}`
  const visit = await addVisit({
    clinic,
    doctorId,
    patient: await patientNamed(name),
    days: -1,
    time,
    status: 'COMPLETED'
  })
  const money = {
    appointmentId: visit.id,
    clinicId: clinic.id,
    reference: `TAKE-${count}`,
    amountMinor: 6000,
    currency: 'NZD'
  }
  return db.payment.create({ data: { ...money, method: 'PAY_AT_CLINIC', ...said } })
}

const taken = (paidAt: Date, said: Said = {}): Said => ({ status: 'SUCCESS', receivedMinor: 6000, paidAt, ...said })
const online = (paidAt: Date, said: Said = {}) =>
  taken(paidAt, { method: 'CARD', gateway: 'test', gatewayReference: `take-${count}`, transactionId: 'TXN', ...said })
const back = (refundedAt: Date): Said => ({
  ...{ status: 'REFUNDED', refundDueAt: refundedAt, refundCause: 'STAFF', refundedAt }
})

beforeAll(async () => {
  clinic = await openClinic({ name: 'Quay Clinic', timeZone: zone, currency: 'NZD' })
  doctorId = (await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })).id
  const user = await addUser('STAFF', { name: 'Tess Vane' })
  await db.staffClinic.create({ data: { userId: user.id, clinicId: clinic.id } })
  tess = await signedIn(app, user)
  const other = await addUser('STAFF')
  elsewhere = await openClinic({ name: 'Harbour Clinic', timeZone: zone })
  await db.staffClinic.create({ data: { userId: other.id, clinicId: elsewhere.id } })
  stranger = await signedIn(app, other)

  const cash = { paidWith: 'CASH', collectedById: user.id } as const
  await paid('Ada Obi', taken(at(MIDNIGHT), cash))
  await paid('Ben Okri', taken(at(LAST), cash))
  await paid('Lena Novak', online(at(NOON)))
  await paid('Uma Rao', online(at(NOON, -3), back(at(NOON))))
  await paid('Nell Quist', { ...taken(at(NOON), { paidWith: 'CARD' }), ...back(at(NOON, 1)) })
  await paid('Kit Moss', taken(at(NOON, -1), cash))
  await paid('Old Rupee', { ...taken(at(NOON), { paidWith: 'UPI' }), currency: 'INR' })
  await paid('Yusuf Demir', {})
})

const sums = (line: Record<string, { amountMinor: number } | unknown>) =>
  ['received', 'refunded', 'net'].map(key => (line[key] as { amountMinor: number }).amountMinor)

describe('the takings of a day', () => {
  it('are what came and went by the clinic’s clock, by method, each currency by itself', async () => {
    const { body } = await tess.asks(takings.show({ date }))
    expect(body.clinic.name).toBe('Quay Clinic')
    const found = body.ways.find(({ currency }: { currency: string }) => currency === 'NZD')
    const lines = found.lines.map((line: { way: string; isAtDesk: boolean; payments: number }) => [
      ...[line.way, line.isAtDesk, line.payments],
      ...sums(line)
    ])
    expect(lines).toEqual([
      ['CARD', false, 1, 6000, 6000, 0],
      ['CARD', true, 1, 6000, 0, 6000],
      ['CASH', true, 2, 12_000, 0, 12_000]
    ])
    expect(sums(found.total)).toEqual([24_000, 6000, 18_000])
    expect(body.ways.map(({ currency }: { currency: string }) => currency).sort()).toEqual(['INR', 'NZD'])
  })

  it('name who still owes, and lead to marking it as paid and back', async () => {
    const page = await tess.opens(takings.show({ date }))
    const rows = page.$('table:has(caption:contains("Still to be paid")) tbody tr')
    expect(rows.text()).toMatch(/Yusuf Demir/)
    expect(rows.length).toBe(1)
    expect(page.text).toContain('1 visit, $60')
    const { body } = await tess.asks(takings.show({ date }))
    const [{ payment }] = body.owed
    expect(page.links).toContain(payments.collection(payment.id, { from: 'takings' }))
    expect((await tess.opens(payments.collection(payment.id))).heading).toBe('Take NZ$60 from Yusuf Demir')
    const done = await tess.submits(payments.collection(payment.id, { from: 'takings' }), { paidWith: 'CASH' })
    expect(done.location).toBe(takings.show({ clinicId: clinic.id, date }))
    expect((await tess.opens(takings.show({ date }))).text).toContain('Nothing is owed for this day’s visits.')
  })

  it('name money that waits to be handed back, and for what', async () => {
    const promised = { refundDueAt: at(NOON, -2), refundCause: 'CANCELLED' } as const
    const { id } = await paid('Olga Stern', { ...taken(at(NOON, -5), { paidWith: 'CASH' }), ...promised })
    const page = await tess.opens(takings.show())
    expect(page.text).toMatch(/To hand back.*Olga Stern.*Hand it back/)
    expect((await tess.submits(payments.refund(id, { from: 'takings' }))).status).toBe(303)
    expect((await tess.opens(takings.show())).text).not.toContain('To hand back')
  })

  it('are one by one in the file', async () => {
    const { headers, text } = await tess.bare('get', takings.csv({ date }))
    expect(headers['content-disposition']).toContain(`takings-${date}.csv`)
    const rows = text.trim().split('\r\n').slice(1)
    expect(rows).toHaveLength(6)
    expect(rows.filter(row => row.includes('"Refund","Online","Card",,"60.00","NZD"'))).toHaveLength(1)
    expect(rows[0]).toContain(`"${date} 00:00"`)
  })

  it('are nobody else’s', async () => {
    for (const path of [takings.show({ clinicId: clinic.id }), takings.csv({ clinicId: clinic.id })])
      expect((await stranger.opens(path)).status).toBe(404)
    expect((await stranger.asks(takings.show({ date }))).body.movements).toEqual([])
  })

  it('stay with the clinic that took the money, and what is not paid goes with the visit', async () => {
    await db.doctorClinic.create({ data: { doctorId, clinicId: elsewhere.id } })
    const admin = await signedIn(app, await addUser('ADMIN'))
    const [paidFor, owed] = [await movable('08:00'), await movable('08:20')]
    const collect = (who: Person, { id }: { id: string }) =>
      who.sends('post', payments.collection(id), { paidWith: 'CASH' })
    expect((await collect(tess, paidFor.payment)).status).toBe(200)
    for (const { visit, to } of [paidFor, owed]) {
      const moved = await admin.sends('post', paths.admin.appointments.reschedule(visit.id), { timeslotId: to.id })
      expect(moved.status).toBe(200)
    }
    expect((await collect(tess, owed.payment)).status).toBe(404)
    expect((await collect(stranger, owed.payment)).status).toBe(200)

    const seen = (who: Person) => Promise.all([who.asks(takings.show()), who.asks(payments.index())])
    const [[here, list], [there, theirList]] = [await seen(tess), await seen(stranger)]
    const idsIn = (some: { id?: string; payment?: { id: string } }[]) =>
      some.map(({ id, payment }) => payment?.id ?? id)
    expect(idsIn(here.body.movements)).toContain(paidFor.payment.id)
    expect(idsIn(list.body.payments)).toContain(paidFor.payment.id)
    expect(idsIn(there.body.movements)).toEqual([owed.payment.id])
    expect(idsIn(theirList.body.payments)).toEqual([owed.payment.id])

    const [show, link] = [payments.show(paidFor.payment.id), paths.admin.appointments.show(paidFor.visit.id)]
    const [page, theirs] = [await tess.opens(show), await stranger.opens(show)]
    expect([page.status, page.links.includes(link), theirs.links.includes(link)]).toEqual([200, false, true])
  })
})

/** A visit of tomorrow to be paid for, and a time at the other clinic that it can be moved to. */
async function movable(time: string) {
  const patient = await patientNamed(`Moved ${time}`)
  const visit = await addVisit({ clinic, doctorId, patient, days: 1, time, status: 'CONFIRMED' })
  const names = { appointmentId: visit.id, clinicId: clinic.id, reference: `MOVED-${time}` }
  const payment = await db.payment.create({
    data: { ...names, method: 'PAY_AT_CLINIC', amountMinor: 6000, currency: 'NZD' }
  })
  return { visit, payment, to: await addSlot(doctorId, elsewhere, { days: 2, time }) }
}
