import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { BadRequest } from '../../src/errors.ts'
import { type Ask, everyRow, type Order, type Place, slice } from '../../src/services/lists/keyset.ts'
import { openClinic } from '../support/world.ts'

interface Row {
  id: string
  name: string
}

// Equal names next to each other: the id has to decide.
const NAMES = ['Ada', 'Ada', 'Ada', 'Ada', 'Ben', 'Cy', 'Cy', 'Cy', 'Di']
let clinicId: string

beforeAll(async () => {
  clinicId = (await openClinic()).id
  await db.patient.createMany({ data: NAMES.map(patient) })
})

const patient = (name: string) => ({ id: randomUUID(), name, phone: '020 7946 0000', clinicId })

const find = ({ where, orderBy, take }: Ask) =>
  db.patient.findMany({ where: { AND: [{ clinicId }, where] }, select: { id: true, name: true }, orderBy, take })

const page = (direction: 'asc' | 'desc', place: Place, most = 2) => slice(by(direction), place, find, most)
const by = (direction: 'asc' | 'desc'): Order<Row, 'name'> => ({
  ...{ by: 'name', direction, of: row => row.name },
  ...{ holds: 'text', ids: 'uuid' }
})

const all = async (direction: 'asc' | 'desc') => {
  const rows = await db.patient.findMany({ where: { clinicId }, orderBy: [{ name: direction }, { id: direction }] })
  return rows.map(({ id }) => id)
}

describe.each(['asc', 'desc'] as const)('a long list ordered by name, %s', direction => {
  it('shows everybody once on the way there, and the same pages on the way back', async () => {
    const there: string[][] = []
    let at = await page(direction, {})
    expect(at.previous).toBeNull()
    for (;;) {
      there.push(at.rows.map(({ id }) => id))
      if (!at.next) break
      at = await page(direction, { after: at.next })
    }
    expect(there.flat()).toEqual(await all(direction))

    const back: string[][] = [at.rows.map(({ id }) => id)]
    while (at.previous) {
      at = await page(direction, { before: at.previous })
      back.unshift(at.rows.map(({ id }) => id))
    }
    expect(back.flat()).toEqual(there.flat())
  })

  it('is exported whole and in order', async () => {
    const ids: string[] = []
    for await (const { id } of everyRow(by(direction), find)) ids.push(id)
    expect(ids).toEqual(await all(direction))
  })
})

it('neither shows anybody twice nor leaves anybody out when somebody is added before', async () => {
  const first = await page('asc', {}, 4)
  const added = await db.patient.create({ data: patient('Aaron'), select: { id: true } })
  const next = await page('asc', { after: first.next ?? '' }, 100)
  expect([...first.rows, ...next.rows].map(({ id }) => id)).toEqual((await all('asc')).filter(id => id !== added.id))
})

const placeAt = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')

it.each([
  ['made up', 'xyz'],
  ['of another column', placeAt('phone', 'a', randomUUID())],
  ['of no record', placeAt('name', 'a', "' OR 1")],
  ['of a record of another kind', placeAt('name', 'a', '12')],
  ['with what nobody can write', placeAt('name', 'a\0b', randomUUID())],
  ['with half a letter', placeAt('name', '\ud800', randomUUID())],
  ['without a text', placeAt('name', ['a'], randomUUID())],
  ['nothing at all', Buffer.from('null').toString('base64url')]
])('refuses a place that is %s', async (_, after) => {
  await expect(page('asc', { after })).rejects.toThrow(BadRequest)
})

it.each([
  ['date', 'uuid', 'hello'],
  ['date', 'uuid', '+275760-09-13T00:00:00.000Z'],
  ['date', 'uuid', '-000001-01-01T00:00:00.000Z'],
  ['date', 'uuid', '2026-99-01T00:00:00.000Z'],
  ['bigint', 'bigint', '9'.repeat(25)],
  ['bigint', 'bigint', '1e3']
] as const)('refuses a place in a list by %s and %s that says %s', async (holds, ids, value) => {
  const order = { by: 'at', direction: 'asc', of: () => '', holds, ids } as const
  const after = placeAt('at', value, ids === 'uuid' ? randomUUID() : '12')
  await expect(slice(order, { after }, async () => [])).rejects.toThrow(BadRequest)
})
