import type { Actor, Ctx } from '../../src/context.ts'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { BadRequest, Busy, NotFound, Refusal } from '../../src/errors.ts'
import type { TimeSlot } from '../../src/generated/client.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { cancelAppointment } from '../../src/services/appointments/cancel.ts'
import { releaseHold } from '../../src/services/appointments/change-hold.ts'
import { expireHolds } from '../../src/services/appointments/expire-holds.ts'
import { holdTimeslot } from '../../src/services/appointments/hold.ts'
import { rejectAppointment } from '../../src/services/appointments/reject.ts'
import { rescheduleAppointment } from '../../src/services/appointments/reschedule.ts'
import { receiveCallback } from '../../src/services/payments/callback.ts'
import { collectPayment, undoCollection } from '../../src/services/payments/collect.ts'
import { comeBack, giveUp } from '../../src/services/payments/look-up.ts'
import { reconcilePayments } from '../../src/services/payments/reconcile.ts'
import { refundPayment } from '../../src/services/payments/refund.ts'
import { startPayment } from '../../src/services/payments/start.ts'
import { clock } from './booking-client.ts'
import type { randomNumbers } from './customer.ts'
import type { PaperGateway } from './paper-gateway.ts'

type Random = ReturnType<typeof randomNumbers>

interface World {
  slots: TimeSlot[]
  gateway: PaperGateway
  random: Random
  admin: string
}

/** Somebody with an account, a bank and a restless hand, and the desk and the gateway they meet. */
export class Payer {
  readonly #world: World
  readonly #id: string
  readonly #patientId: string

  constructor(world: World, account: { id: string; patientId: string }) {
    this.#world = world
    this.#id = account.id
    this.#patientId = account.patientId
  }

  async act() {
    const own = [
      this.#start,
      this.#start,
      this.#start,
      this.#holdOnly,
      this.#bookAtClinic,
      this.#thinkAgain,
      this.#thinkAgain,
      this.#release,
      this.#move
    ]
    const after = [this.#comeBack, this.#comeBack, this.#giveUp, this.#cancel]
    const pays = [this.#pay, this.#pay, this.#pay, this.#decline, this.#bounce]
    const atGateway = [...pays, this.#callback, this.#callback, this.#forge]
    const atDesk = [this.#collect, this.#undo, this.#refund, this.#reject]
    const steps: ((this: Payer) => unknown)[] = [...own, ...after, ...atGateway, ...atDesk, () => timeGoesOn()]
    try {
      await this.#world.random.pick(steps)?.call(this)
    } catch (error) {
      const isAnswer = [Refusal, NotFound, Busy, BadRequest].some(kind => error instanceof kind)
      if (!isAnswer) throw error
    }
  }

  #start() {
    const paymentMethod = this.#world.random.pick(['CARD', 'UPI'] as const) ?? 'CARD'
    return startPayment(this.#ctx(), { ...this.#wish(), paymentMethod, idempotencyKey: crypto.randomUUID() })
  }

  #holdOnly() {
    return holdTimeslot(this.#ctx(), this.#wish())
  }

  #bookAtClinic() {
    return bookAppointment(this.#ctx(), this.#wish())
  }

  /** Chooses another way to pay for what is held, while the first may still be paid in another tab. */
  async #thinkAgain() {
    const held = await db.appointment.findFirst({ where: { bookedById: this.#id, status: 'HELD' } })
    const wish = held && { timeslotId: held.timeslotId, patientId: held.patientId }
    if (wish && this.#world.random.chance(0.5)) await startPayment(this.#ctx(), { ...wish, paymentMethod: 'UPI' })
    else if (wish) await bookAppointment(this.#ctx(), wish)
  }

  async #release() {
    const held = await db.appointment.findFirst({ where: { bookedById: this.#id, status: 'HELD' } })
    if (held) await releaseHold(this.#ctx(), held.id)
  }

  async #move() {
    const id = await this.#appointment()
    if (id) await rescheduleAppointment(this.#ctx(), id, { timeslotId: this.#wish().timeslotId })
  }

  async #cancel() {
    const id = await this.#appointment()
    if (id) await cancelAppointment(this.#ctx(), id, { reason: 'Model' })
  }

  async #comeBack() {
    const id = await this.#payment()
    if (id) await comeBack(this.#ctx(), id, this.#world.random.chance(0.2) ? { left: 'yes' } : {})
  }

  async #giveUp() {
    const id = await this.#payment()
    if (id) await giveUp(this.#ctx(), id)
  }

  #bounce() {
    const { gateway, random } = this.#world
    const entry = random.pick([...gateway.books.values()].filter(({ refunded }) => refunded > 0))
    if (entry) gateway.bounces(entry.reference)
  }

  async #pay() {
    const { gateway, random } = this.#world
    const open = [...gateway.books.values()].filter(({ state }) => state === 'OPEN')
    const entry = random.pick(open)
    if (entry) gateway.decides(entry.reference, 'PAID', random.chance(0.05) ? 1 : entry.amountMinor)
  }

  async #decline() {
    const entry = this.#world.random.pick([...this.#world.gateway.books.values()])
    if (entry) this.#world.gateway.decides(entry.reference, 'DECLINED')
  }

  /** One of those owed, in no order; a third of them come again. */
  #callback() {
    const { gateway, random } = this.#world
    const notice = random.pick(gateway.owed)
    if (!notice) return
    if (!random.chance(0.3)) gateway.owed.splice(gateway.owed.indexOf(notice), 1)
    return call({ ...notice, signature: 'paper' })
  }

  /** Somebody claims that something was paid. */
  #forge() {
    const entry = this.#world.random.pick([...this.#world.gateway.books.values()])
    return call({ reference: entry?.reference, paymentId: entry?.paymentId, signature: 'forged' })
  }

  async #collect() {
    const { id } = (await this.#anyPayment({ method: 'PAY_AT_CLINIC', status: 'PENDING' })) ?? {}
    if (id) await collectPayment(this.#desk(), id, { paidWith: 'CASH' })
  }

  async #undo() {
    const { id } = (await this.#anyPayment({ method: 'PAY_AT_CLINIC', status: 'SUCCESS' })) ?? {}
    if (id) await undoCollection(this.#desk(), id)
  }

  async #refund() {
    const { id } = (await this.#anyPayment({ status: 'SUCCESS' })) ?? {}
    if (id) await refundPayment(this.#desk(), id, { reason: 'Model' })
  }

  async #reject() {
    const booked = await db.appointment.findMany({ where: { status: 'BOOKED' }, take: 20 })
    const { id } = this.#world.random.pick(booked) ?? {}
    if (id) await rejectAppointment(this.#desk(), id, { reason: 'Model' })
  }

  async #anyPayment(where: object) {
    return this.#world.random.pick(await db.payment.findMany({ where, take: 20 }))
  }

  async #appointment() {
    const mine = await db.appointment.findMany({ where: { bookedById: this.#id, status: 'BOOKED' } })
    return this.#world.random.pick(mine)?.id
  }

  async #payment() {
    const mine = await db.payment.findMany({ where: { appointment: { bookedById: this.#id } } })
    return this.#world.random.pick(mine)?.id
  }

  #wish() {
    const slot = this.#world.random.pick(this.#world.slots)
    return { timeslotId: slot?.id ?? '', patientId: this.#patientId }
  }

  #ctx = () => ctxOf({ id: this.#id, role: 'PATIENT', name: 'Model', clinicIds: [], doctorId: null })
  #desk = () => ctxOf({ id: this.#world.admin, role: 'ADMIN', name: 'Model', clinicIds: [], doctorId: null })
}

const ctxOf = (actor: Actor): Ctx => ({ actor, now: clock.now, locale: 'en', requestId: 'model', address: null })

export const call = (said: object) =>
  receiveCallback(systemCtx(clock.now, 'model'), 'test', Buffer.from(JSON.stringify(said)), {})

/** Some minutes go by, and the jobs run. */
export async function timeGoesOn(minutes = 4) {
  clock.goesOn(minutes)
  const ctx = systemCtx(clock.now, 'model')
  await expireHolds(ctx)
  await reconcilePayments(ctx)
}
