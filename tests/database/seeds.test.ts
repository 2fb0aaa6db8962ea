import { createHash } from 'node:crypto'
import { verify } from 'argon2'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD, seed } from '../../prisma/seed.ts'
import { tellStories } from '../../prisma/seeds/stories.ts'
import { newWorld } from '../../prisma/seeds/world.ts'
import { systemCtx } from '../../src/context.ts'
import { db, pool } from '../../src/database/client.ts'
import { AppointmentStatus, type PaymentMethod, type PaymentStatus } from '../../src/generated/enums.ts'
import { publishEveryone } from '../../src/services/availability/publish-everyone.ts'

const now = Temporal.Instant.from('2026-11-21T11:05:00Z') // a Saturday
const tomorrow = now.add({ hours: 24 })
const tables = [
  'clinics',
  'users',
  'patients',
  'doctors',
  'working_hours',
  'time_slots',
  'appointments',
  'payments',
  'test_checkouts',
  'history_entries',
  'visit_notes',
  'prescriptions',
  'prescription_items',
  'audit_events',
  'notifications'
]

let didSeed: boolean[]
let loaded: string

beforeAll(async () => {
  didSeed = await Promise.all([seed(now), seed(now)])
  loaded = await everything()
}, 120_000)

describe('the demo', () => {
  it('is loaded once, even by two at the same time, and never again', async () => {
    expect(didSeed.sort()).toEqual([false, true])
    expect(await seed(tomorrow)).toBe(false)
    expect(await everything()).toBe(loaded)
  })

  it('has clinics in several zones: one at a half hour, one south of the equator', async () => {
    const zones = new Set((await db.clinic.findMany()).map(clinic => clinic.timeZone))
    expect(await db.clinic.count()).toBeGreaterThanOrEqual(5)
    expect(zones.size).toBeGreaterThanOrEqual(4)
    expect([...zones]).toEqual(expect.arrayContaining(['Europe/London', 'Asia/Kolkata', 'Australia/Sydney']))
  })

  it('is large enough', async () => {
    expect(await db.doctor.count()).toBeGreaterThanOrEqual(40)
    expect(await db.specialization.count()).toBe(12)
    expect(await db.symptom.count({ where: { isEmergency: true } })).toBeGreaterThan(0)
    expect(await db.user.count({ where: { role: 'PATIENT' } })).toBeGreaterThanOrEqual(300)
    expect(await db.appointment.count()).toBeGreaterThanOrEqual(3_000)
    const biographies = (await db.doctor.findMany()).map(doctor => doctor.biography)
    expect(new Set(biographies).size).toBe(biographies.length)
  })

  it('has appointments in every status, each at its time', async () => {
    const at = new Date(now.epochMilliseconds)
    for (const status of Object.values(AppointmentStatus))
      expect(await db.appointment.count({ where: { status } }), status).toBeGreaterThan(0)
    expect(await db.appointment.count({ where: { status: 'COMPLETED', endsAt: { gt: at } } })).toBe(0)
    expect(
      await db.appointment.count({ where: { status: { in: ['BOOKED', 'CONFIRMED'] }, startsAt: { lt: at } } })
    ).toBe(0)
    expect(await db.appointment.count({ where: { status: 'HELD', holdExpiresAt: { gt: at } } })).toBe(3)
    expect(await db.appointment.count({ where: { cancelledLate: true } })).toBeGreaterThan(0)
  })

  it('shows every word on the days of the next month', async () => {
    expect(await words()).toEqual(['almost full', 'available', 'empty', 'filling', 'full'])
  })

  it('tells the history of every appointment in order, and nothing of the future', async () => {
    const wrong = await pool.query(
      `SELECT FROM (SELECT at, lag(at) OVER (PARTITION BY appointment_id ORDER BY id) AS before FROM audit_events) told
       WHERE before > at OR at > $1`,
      [now.toString()]
    )
    expect(wrong.rowCount).toBe(0)
    const untold = await pool.query(
      'SELECT FROM appointments a WHERE NOT EXISTS (SELECT FROM audit_events WHERE appointment_id = a.id)'
    )
    expect(untold.rowCount).toBe(0)
  })

  it('never has two doctors in one room, nor a fee in a foreign currency', async () => {
    const shared = await pool.query(
      `SELECT FROM (SELECT starts_at, lag(ends_at) OVER (PARTITION BY room_id ORDER BY starts_at) AS taken_until
         FROM time_slots) used WHERE taken_until > starts_at`
    )
    const foreign = await pool.query(
      'SELECT FROM appointments a JOIN clinics c ON c.id = a.clinic_id WHERE a.currency <> c.currency'
    )
    expect([shared.rowCount, foreign.rowCount]).toEqual([0, 0])
  })

  it('lets four people sign in', async () => {
    const accounts = await db.user.findMany({
      where: { email: { in: ['patient', 'doctor', 'staff', 'admin'].map(who => `${who}@demo.example`) } },
      orderBy: { role: 'asc' }
    })
    expect(accounts.map(account => account.role)).toEqual(['PATIENT', 'DOCTOR', 'STAFF', 'ADMIN'])
    for (const { passwordHash } of accounts) expect(await verify(passwordHash ?? '', DEMO_PASSWORD)).toBe(true)
  })

  it('gives Amira a visit in a few days and her doctor a day of work, even on a Saturday', async () => {
    const coming = await db.appointment.findFirst({
      where: {
        patient: { name: 'Amira Haddad' },
        status: 'CONFIRMED',
        startsAt: { gt: new Date('2026-11-21T12:00Z') }
      },
      orderBy: { startsAt: 'asc' }
    })
    expect(coming?.startsAt.toISOString().slice(0, 10)).toBe('2026-11-24')

    const today = { gte: new Date('2026-11-21'), lt: new Date('2026-11-22') }
    const day = await db.appointment.findMany({
      where: { doctor: { user: { email: 'doctor@demo.example' } }, startsAt: today }
    })
    const seen = new Set<string>(day.map(appointment => appointment.status))
    expect([...seen]).toEqual(expect.arrayContaining(['COMPLETED', 'CHECKED_IN', 'CONFIRMED', 'BOOKED']))
  })

  it('has written records: allergies and histories of the doctor’s patients, and what Amira may read', async () => {
    const seen = { appointments: { some: { doctor: { user: { email: 'doctor@demo.example' } } } } }
    expect(
      await db.patient.count({ where: { ...seen, allergies: { not: null }, history: { some: {} } } })
    ).toBeGreaterThan(5)
    const hers = {
      sharedAt: { not: null },
      appointment: { status: 'COMPLETED', patient: { name: 'Amira Haddad' } }
    } as const
    expect(await db.visitNote.count({ where: hers })).toBeGreaterThan(0)
    expect(await db.prescription.count({ where: { ...hers, items: { some: {} } } })).toBeGreaterThan(0)
  })

  it('has two or three patients to move or tell, of the doctor and at the front desk that can be signed in as', async () => {
    const hit = await db.appointment.findMany({
      where: { status: { in: ['BOOKED', 'CONFIRMED'] }, timeslot: { suspendedBy: 'TIME_OFF' } },
      select: { doctor: { select: { user: { select: { email: true } } } }, clinic: { select: { name: true } } }
    })
    expect([2, 3]).toContain(hit.length)
    const where = new Set(hit.map(({ doctor, clinic }) => `${doctor.user.email} at ${clinic.name}`))
    expect([...where]).toEqual(['doctor@demo.example at Harbourside Clinic'])
  })

  it('has a payment for every booking that costs something, which says what became of it', async () => {
    const wrong = async (what: string) =>
      (
        await pool.query(`SELECT a.id FROM appointments a LEFT JOIN payments p ON p.appointment_id = a.id AND p.is_current
        WHERE a.fee_minor > 0 AND NOT (${what})`)
      ).rowCount
    expect(
      await wrong(`p.amount_minor = a.fee_minor AND p.currency = a.currency OR a.status IN ('HELD', 'EXPIRED')`)
    ).toBe(0)
    expect(await wrong(`a.status <> 'EXPIRED' OR p.id IS NULL OR p.status = 'FAILED'`)).toBe(0)
    expect(
      await wrong(`a.status NOT IN ('CANCELLED', 'REJECTED') OR p.status IN ('FAILED', 'REFUNDED')
      OR p.refund_cause::text = a.status::text OR a.cancelled_late AND p.status = 'SUCCESS'`)
    ).toBe(0)
    expect(
      await wrong(`a.status <> 'COMPLETED' OR p.status = 'SUCCESS' OR p.refund_cause = 'STAFF'
      OR p.status = 'PENDING' AND p.method = 'PAY_AT_CLINIC'`)
    ).toBe(0)
    expect(
      await wrong(`a.status NOT IN ('BOOKED', 'CONFIRMED') OR p.status = 'SUCCESS' AND p.gateway = 'test'
      OR p.status = 'PENDING' AND p.method = 'PAY_AT_CLINIC'`)
    ).toBe(0)
    const kept = { status: 'SUCCESS', refundDueAt: null, appointment: { cancelledLate: true } } as const
    expect(await db.payment.count({ where: kept })).toBeGreaterThan(0)
    expect(await db.payment.count({ where: { status: 'REFUNDED', refundCause: 'STAFF' } })).toBe(2)
    expect(await db.payment.count({ where: { isCurrent: false, failure: 'REPLACED' } })).toBeGreaterThan(0)
    const staff = await db.staffClinic.findMany()
    const desks = new Set(staff.map(({ userId, clinicId }) => userId + clinicId))
    const taken = await db.payment.findMany({ where: { collectedById: { not: null } }, include: { appointment: true } })
    expect(taken.filter(({ collectedById, appointment }) => !desks.has(collectedById + appointment.clinicId))).toEqual(
      []
    )
  })

  it('agrees with the books of its gateway, and with what it says happened', async () => {
    const { rows: apart } =
      await pool.query(`SELECT p.id FROM payments p FULL JOIN test_checkouts t ON t.id::text = p.gateway_reference
      WHERE (p.gateway IS NOT NULL OR t.id IS NOT NULL) AND ((t.idempotency_key, t.amount_minor, t.currency, t.method)
          IS DISTINCT FROM (p.id::text, p.amount_minor, p.currency, p.method::text)
        OR (t.state = 'PAID', t.transaction_id, t.refunded_minor) IS DISTINCT FROM
          (p.paid_at IS NOT NULL, p.transaction_id, CASE WHEN p.status = 'REFUNDED' THEN p.received_minor ELSE 0 END))`)
    expect(apart).toEqual([])

    const { rows: untold } =
      await pool.query(`SELECT p.id FROM payments p LEFT JOIN audit_events e ON e.subject_id = p.id::text
      GROUP BY p.id HAVING (p.gateway IS NOT NULL) <> coalesce(bool_or(e.event = 'payment.started'), false)
        OR (p.paid_at IS NOT NULL) <> coalesce(bool_or(e.event IN ('payment.succeeded', 'payment.collected') AND e.at = p.paid_at), false)
        OR (p.refund_due_at IS NOT NULL) <> coalesce(bool_or(e.event = 'payment.refund-owed' AND e.at = p.refund_due_at), false)
        OR (p.refunded_at IS NOT NULL) <> coalesce(bool_or(e.event = 'payment.refunded' AND e.at = p.refunded_at), false)`)
    expect(untold).toEqual([])
    const late = await pool.query(
      'SELECT FROM payments WHERE greatest(created_at, paid_at, refund_due_at, refunded_at) > $1',
      [now.toString()]
    )
    expect(late.rowCount).toBe(0)
  })

  it('shows Amira a visit to come that is paid and one to pay at the clinic, a receipt, and money that came back', async () => {
    const hers = await db.payment.findMany({
      where: { appointment: { patient: { name: 'Amira Haddad' } } },
      include: { appointment: true }
    })
    const has = (visit: AppointmentStatus[], method: PaymentMethod, status: PaymentStatus) =>
      hers.some(p => visit.includes(p.appointment.status) && p.method === method && p.status === status)
    expect(has(['CONFIRMED'], 'CARD', 'SUCCESS')).toBe(true)
    expect(has(['BOOKED'], 'PAY_AT_CLINIC', 'PENDING')).toBe(true)
    expect(has(['COMPLETED'], 'WALLET', 'SUCCESS')).toBe(true)
    expect(has(['CANCELLED'], 'CARD', 'REFUNDED')).toBe(true)
    expect(has(['EXPIRED'], 'CARD', 'FAILED')).toBe(true)
  })

  it('is the same when told again on the same day, and leaves nothing to the database’s clock or chance', async () => {
    const rows = told(now)
    expect(printOf(told(now))).toBe(printOf(rows))

    const all = Object.entries(rows) as [string, object[]][]
    const said = all.flatMap(([table, [row = {}]]) => Object.keys(row).map(name => snake(`${table}.${name}`)))
    const { rows: filled } = await pool.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE column_default ~* 'now|current|random' AND table_name = ANY ($1)`,
      [tables]
    )
    expect(said).toEqual(expect.arrayContaining(filled.map(({ name }) => name)))
  })

  it.each(['2026-03-29T00:30:00Z', '2026-07-12T22:00:00Z', '2027-01-03T03:00:00Z'])(
    'has somebody with a doctor at %s',
    at => {
      const { appointments } = told(Temporal.Instant.from(at))
      expect(new Set(appointments.map(appointment => appointment.status)).size).toBe(9)
    }
  )
})

describe('the booking window of the demo', () => {
  it('is full already, grows by a day tomorrow, and once only', async () => {
    const publish = (at: Temporal.Instant) => publishEveryone(systemCtx(at, 'test'))
    const nothing = { doctors: 0, added: 0, removed: 0, suspended: 0, restored: 0, failed: 0 }
    expect(await publish(now)).toEqual(nothing)
    expect((await publish(tomorrow)).added).toBeGreaterThan(100)
    expect(await publish(tomorrow)).toEqual(nothing)
  })
})

/** The demo of a day, before any database hears of it. */
function told(at: Temporal.Instant) {
  const world = newWorld(at, 2026, '')
  tellStories(world)
  return world.rows
}

const printOf = (rows: object) => createHash('md5').update(JSON.stringify(rows)).digest('hex')
const snake = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** One fingerprint of all rows. */
async function everything() {
  const prints = tables.map(table =>
    pool.query(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS print FROM ${table} t`)
  )
  return (await Promise.all(prints)).map(({ rows }) => rows[0].print).join(' ')
}

/** What the pickers will say of the doctors' days to come. */
async function words() {
  const { rows } = await pool.query<{ word: string }>(
    `WITH days AS (
       SELECT count(*) AS times, count(a.id) AS taken
       FROM time_slots s JOIN clinics c ON c.id = s.clinic_id
         LEFT JOIN appointments a ON a.timeslot_id = s.id AND a.status IN ('HELD', 'BOOKED', 'CONFIRMED')
       WHERE s.starts_at > $1 AND s.is_available
       GROUP BY s.doctor_id, (s.starts_at AT TIME ZONE c.time_zone)::date)
     SELECT DISTINCT CASE WHEN taken = 0 THEN 'empty' WHEN taken = times THEN 'full' WHEN taken * 100 >= times * 75
       THEN 'almost full' WHEN taken * 100 >= times * 50 THEN 'filling' ELSE 'available' END AS word
     FROM days ORDER BY word`,
    [now.add({ hours: 24 }).toString()]
  )
  return rows.map(row => row.word)
}
