import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { isListening, onEvent, startListening, type Told } from '../../src/database/events.ts'
import { freePort } from '../processes/support.ts'

let url: string
let line: Awaited<ReturnType<typeof startListening>> | undefined
let heard: Told[] = []

beforeAll(() => {
  url = String(pool.options.connectionString)
  onEvent(told => heard.push(told))
})
afterEach(async () => {
  await line?.stop()
  line = undefined
  heard = []
})

const listen = async () => {
  line = await startListening(url)
}
const say = (payload: string) => pool.query(`SELECT pg_notify('docket_events', $1)`, [payload])
const happens = (event: string) => say(JSON.stringify({ event }))
const names = () => heard.map(({ event }) => event)
const hears = (...events: string[]) => expect.poll(names, { timeout: 20_000 }).toEqual(events)
const mine = `application_name = 'docket-events' AND datname = current_database()`
const lines = async () => (await pool.query(`SELECT pid FROM pg_stat_activity WHERE ${mine}`)).rowCount
const cut = () => pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${mine}`)

describe('what happens', () => {
  it('is heard as it was recorded, once it is sure', async () => {
    await listen()
    const event = {
      at: new Date(),
      event: 'clinic.opened',
      actorRole: 'SYSTEM',
      subjectType: 'clinic',
      requestId: 'test'
    }
    const undone = db.$transaction(async tx => {
      await tx.auditEvent.create({ data: { ...event, event: 'never.happened' } })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await db.auditEvent.create({ data: { ...event, subjectId: 'it' } })
    await hears('clinic.opened')
    expect(heard).toEqual([{ event: 'clinic.opened', clinicId: null, subjectId: 'it', doctorIds: [] }])
  })

  it('is heard though somebody talks nonsense, and one listener fails', async () => {
    const forget = onEvent(() => {
      throw new Error('I can’t bear it')
    })
    await listen()
    for (const nonsense of ['', 'x', 'null', '7', '[]', '{"event":7}']) await say(nonsense)
    await happens('one')
    await happens('two')
    await hears('one', 'two')
    forget()
  })
})

describe('a line', () => {
  it('that is cut, twice and more, is taken up again, once', async () => {
    await listen()
    for (let times = 1; times <= 3; times++) {
      await cut()
      await expect.poll(() => names().length, { timeout: 20_000 }).toBe(times)
    }
    await hears('missed', 'missed', 'missed')
    expect([isListening(), await lines()]).toEqual([true, 1])
    await happens('one')
    await hears('missed', 'missed', 'missed', 'one')
  })

  it('stays away when it is stopped, also while it tries again', async () => {
    await listen()
    await cut()
    await expect.poll(isListening).toBe(false)
    await line?.stop()
    await line?.stop()
    expect([isListening(), await lines(), names()]).toEqual([false, 0, []])
  })

  it('that can’t be had at all is the caller’s to hear of', async () => {
    const nowhere = new URL(url)
    nowhere.port = String(await freePort())
    await expect(startListening(nowhere.href)).rejects.toThrow('ECONNREFUSED')
    nowhere.href = url
    nowhere.pathname = '/nothing'
    await expect(startListening(nowhere.href)).rejects.toThrow('does not exist')
    expect(isListening()).toBe(false)
  })
})
