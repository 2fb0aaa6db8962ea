import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { NotFound, Refusal } from '../../src/errors.ts'
import { type Mail, type MailGateway, useMail } from '../../src/gateways/email.ts'
import type { Doctor, TimeSlot } from '../../src/generated/client.ts'
import type { Role } from '../../src/generated/enums.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { cancelAppointment } from '../../src/services/appointments/cancel.ts'
import { confirmAppointment } from '../../src/services/appointments/confirm.ts'
import { rejectAppointment } from '../../src/services/appointments/reject.ts'
import { rescheduleAppointment } from '../../src/services/appointments/reschedule.ts'
import { sendMessages } from '../../src/services/notifications/deliver.ts'
import { planReminders } from '../../src/services/notifications/reminders.ts'
import type { mailServer } from '../support/mail-server.ts'
import type { randomNumbers } from './customer.ts'

interface World {
  server: Awaited<ReturnType<typeof mailServer>>
  random: ReturnType<typeof randomNumbers>
  doctors: Doctor[]
  patients: { id: string; patientId: string }[]
  slots: TimeSlot[]
  admin: string
}

/** A worker that was killed is over, and does nothing any more. */
interface Worker {
  isOver: boolean
}

const running = new AsyncLocalStorage<Worker>()
const forEver = () => new Promise<void>(() => {})
const reason = 'Something came up'

/** Patients who change their minds, doctors and a desk, and workers that deliver what follows from it, as days go by. */
export class PostOffice {
  /** How often a worker was killed right after the server had taken a message over, by message. */
  readonly killedAfter = new Map<string, number>()
  /** Reminders that arrived of a visit that is not, or not then. */
  readonly wrongReminders: string[] = []
  readonly #world: World
  #now = Temporal.Now.instant()
  #failure: Error | null = null
  #mayBeKilled = true

  constructor(world: World) {
    this.#world = world
    useMail(this.#gateway())
  }

  async act() {
    const { random } = this.#world
    const steps: ((this: PostOffice) => unknown)[] = [
      ...[this.#book, this.#book, this.#book, this.#move, this.#move, this.#cancel, this.#confirm, this.#confirm],
      ...[this.#reject, this.#deskCancels, this.#deliver, this.#deliver, this.#deliver, () => this.#timeGoesOn(20)]
    ]
    try {
      await random.pick(steps)?.call(this)
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof NotFound)) throw error
    }
  }

  /** Nobody answers for an hour; what happens meanwhile is told afterwards. */
  async isOutForAnHour() {
    const { server } = this.#world
    await server.stop()
    for (let minutes = 0; minutes < 60; minutes += 10) {
      await this.act()
      this.#timeGoesOn(10)
      await this.#deliver()
    }
    await server.start()
  }

  /** Days go by, past every visit, until nothing is left to be said. */
  async calmDown() {
    this.#mayBeKilled = false
    for (let hours = 0; hours < 7 * 24; hours += 2) {
      this.#timeGoesOn(120)
      await this.#deliver()
    }
  }

  async #book() {
    const { random, slots, patients } = this.#world
    const slot = random.pick(slots)
    const patient = random.pick(patients)
    if (!slot || !patient) return
    await bookAppointment(this.#as(patient.id, 'PATIENT'), { timeslotId: slot.id, patientId: patient.patientId })
  }

  async #move() {
    const visit = await this.#visit(['BOOKED', 'CONFIRMED'])
    const slot = this.#world.random.pick(this.#world.slots.filter(({ doctorId }) => doctorId === visit?.doctorId))
    if (visit && slot)
      await rescheduleAppointment(this.#as(visit.account, 'PATIENT'), visit.id, { timeslotId: slot.id })
  }

  async #cancel() {
    const visit = await this.#visit(['BOOKED', 'CONFIRMED'])
    if (visit) await cancelAppointment(this.#as(visit.account, 'PATIENT'), visit.id, { reason })
  }

  async #confirm() {
    const visit = await this.#visit(['BOOKED'])
    if (visit) await confirmAppointment(this.#as(this.#world.admin, 'ADMIN'), visit.id)
  }

  async #reject() {
    const visit = await this.#visit(['BOOKED'])
    if (visit) await rejectAppointment(this.#as(this.#world.admin, 'ADMIN'), visit.id, { reason })
  }

  async #deskCancels() {
    const visit = await this.#visit(['BOOKED', 'CONFIRMED'])
    if (visit) await cancelAppointment(this.#as(this.#world.admin, 'ADMIN'), visit.id, { reason })
  }

  /** Two workers at once, of which one may be killed on the way: it never says that it is done. */
  async #deliver() {
    const ctx = systemCtx(this.#now, 'test')
    await planReminders(ctx)
    const workers: Worker[] = [{ isOver: false }, { isOver: false }]
    for (const worker of workers)
      running.run(worker, () =>
        sendMessages(ctx).then(
          () => (worker.isOver = true),
          error => (this.#failure = error)
        )
      )
    while (!workers.every(({ isOver }) => isOver) && !this.#failure) await pause(10)
    if (this.#failure) throw this.#failure
  }

  #timeGoesOn(minutes: number) {
    this.#now = this.#now.add({ minutes })
  }

  async #visit(status: ('BOOKED' | 'CONFIRMED')[]) {
    const visits = await db.appointment.findMany({
      where: { status: { in: status } },
      select: { id: true, doctorId: true, patient: { select: { accountId: true } } },
      orderBy: { id: 'asc' }
    })
    const visit = this.#world.random.pick(visits)
    return visit && { ...visit, account: visit.patient.accountId ?? '' }
  }

  #as(id: string, role: Role): Ctx {
    return {
      ...{ actor: { id, role, name: '', clinicIds: [], doctorId: null }, now: this.#now },
      ...{ locale: 'en', requestId: 'test', address: null }
    }
  }

  /** The real one, over which a worker is killed now and then in the moment after the server has said yes. */
  #gateway(): MailGateway {
    const { server, random } = this.#world
    const real = server.gateway()
    const send = async (mail: Mail) => {
      const worker = running.getStore() as Worker
      if (worker.isOver) return forEver()
      const id = mail.messageId.split('@')[0] ?? ''
      await this.#lookAtReminder(id)
      await real.send(mail)
      if (this.#mayBeKilled && random.chance(0.05)) worker.isOver = true
      if (!worker.isOver) return
      this.killedAfter.set(id, (this.killedAfter.get(id) ?? 0) + 1)
      await forEver()
    }
    return { send, close: real.close }
  }

  async #lookAtReminder(id: string) {
    const { kind, dedupeKey, appointment } = await db.notification.findUniqueOrThrow({
      where: { id },
      select: { kind: true, dedupeKey: true, appointment: { select: { status: true, startsAt: true } } }
    })
    if (kind !== 'appointment.reminder' || !appointment) return
    const isThen = dedupeKey.includes(appointment.startsAt.toISOString())
    const isAhead = appointment.startsAt.valueOf() > this.#now.epochMilliseconds
    if (!isThen || !isAhead || !['BOOKED', 'CONFIRMED'].includes(appointment.status))
      this.wrongReminders.push(dedupeKey)
  }
}
