import { expect } from 'vitest'
import type { TimeSlot } from '../../src/generated/client.ts'
import type { BookingClient, Wish } from './booking-client.ts'

interface Told {
  status: 'HELD' | 'BOOKED' | 'CANCELLED' | 'EXPIRED'
  timeslotId: string
}

/** The same numbers for the same seed (mulberry32). */
export function randomNumbers(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { chance: (share: number) => next() < share, pick: <T>(of: T[]) => of[Math.floor(next() * of.length)] }
}

/** An account that does one random thing after the other and remembers what it was told. */
export class Customer {
  readonly told = new Map<string, Told>()
  readonly #sent = new Map<string, { id: string; wish: Wish }>()
  readonly #client: BookingClient
  readonly #patients: string[]
  readonly #slots: TimeSlot[]
  readonly #random: ReturnType<typeof randomNumbers>

  constructor(client: BookingClient, patients: string[], slots: TimeSlot[], seed: number) {
    this.#client = client
    this.#patients = patients
    this.#slots = slots
    this.#random = randomNumbers(seed)
  }

  act() {
    const steps = [this.#hold, this.#hold, this.#book, this.#book, this.#bookHeld, this.#bookAgain]
    return this.#random
      .pick([...steps, this.#move, this.#move, this.#moveHold, this.#cancel, this.#release])
      ?.call(this)
  }

  async #hold() {
    const wish = this.#wish()
    const id = await this.#client.hold(wish)
    if (!id) return
    for (const held of this.#all('HELD')) this.#tell(held, 'EXPIRED')
    this.#tell(id, 'HELD', wish.timeslotId)
  }

  #book() {
    return this.#bookAs(`model-${crypto.randomUUID()}`, this.#wish())
  }

  async #bookHeld() {
    const timeslotId = this.told.get(this.#one('HELD') ?? '')?.timeslotId
    const slot = this.#slots.find(({ id }) => id === timeslotId)
    if (slot) await this.#bookAs(`model-${crypto.randomUUID()}`, this.#wish(slot))
  }

  /** The form sent once more, from another tab or by Back: it is the same booking, and none for anybody else. */
  async #bookAgain() {
    const [key, sent] = this.#random.pick([...this.#sent]) ?? []
    if (!key || !sent) return
    const patientId = this.#random.pick(this.#patients) ?? sent.wish.patientId
    const isSame = patientId === sent.wish.patientId
    expect(await this.#client.book({ ...sent.wish, patientId }, key)).toBe(isSame ? sent.id : null)
  }

  async #bookAs(key: string, wish: Wish) {
    const id = await this.#client.book(wish, key)
    if (!id) return
    this.#sent.set(key, { id, wish })
    this.#tell(id, 'BOOKED', wish.timeslotId)
  }

  async #move() {
    const [id, { timeslotId }] = [this.#one('BOOKED'), this.#wish()]
    if (id && (await this.#client.move(id, timeslotId))) this.#tell(id, 'BOOKED', timeslotId)
  }

  async #moveHold() {
    const id = this.#one('HELD')
    if (id) expect(await this.#client.move(id, this.#wish().timeslotId)).toBeNull()
  }

  async #cancel() {
    const id = this.#one('BOOKED')
    if (id && (await this.#client.cancel(id))) this.#tell(id, 'CANCELLED')
  }

  async #release() {
    const id = this.#one('HELD')
    if (id && (await this.#client.release(id))) this.#tell(id, 'EXPIRED')
  }

  #wish(slot = this.#random.pick(this.#slots)) {
    const patientId = this.#random.pick(this.#patients)
    if (!slot || !patientId) throw new Error('a customer needs patients and slots')
    return { doctorId: slot.doctorId, timeslotId: slot.id, patientId }
  }

  #tell(id: string, status: Told['status'], timeslotId = this.told.get(id)?.timeslotId ?? '') {
    this.told.set(id, { status, timeslotId })
  }

  #all = (status: Told['status']) => [...this.told].filter(([, told]) => told.status === status).map(([id]) => id)
  #one = (status: Told['status']) => this.#random.pick(this.#all(status))
}
