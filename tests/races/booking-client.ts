import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../src/context.ts'
import { Refusal } from '../../src/errors.ts'
import { paths } from '../../src/paths.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { cancelAppointment } from '../../src/services/appointments/cancel.ts'
import { releaseHold } from '../../src/services/appointments/change-hold.ts'
import { holdTimeslot } from '../../src/services/appointments/hold.ts'
import { rescheduleAppointment } from '../../src/services/appointments/reschedule.ts'
import type { Rival } from './crowd.ts'

export interface Wish {
  doctorId: string
  timeslotId: string
  patientId: string
}

/** What an account can do. Each says the id of the appointment it was about, or null when it was refused. */
export interface BookingClient {
  hold(wish: Wish): Promise<string | null>
  book(wish: Wish, idempotencyKey: string): Promise<string | null>
  move(id: string, timeslotId: string): Promise<string | null>
  cancel(id: string): Promise<string | null>
  release(id: string): Promise<string | null>
}

/** A clock that tests set forward. */
export const clock = {
  now: Temporal.Now.instant(),
  goesOn(minutes: number) {
    clock.now = clock.now.add({ minutes })
  }
}

const reason = 'Model'

/** Straight to the services, by the tests' clock. Whatever is thrown and is no Refusal is a bug. */
export function serviceClient(accountId: string): BookingClient {
  const actor = { id: accountId, role: 'PATIENT', name: 'Model', clinicIds: [], doctorId: null } as const
  const asked = async (verb: (ctx: Ctx) => Promise<unknown>, id = '') => {
    const ctx: Ctx = {
      actor: { ...actor, clinicIds: [] },
      now: clock.now,
      locale: 'en',
      requestId: 'model',
      address: null
    }
    try {
      const done = await verb(ctx)
      return id || (done as { id: string }).id
    } catch (error) {
      if (error instanceof Refusal) return null
      throw error
    }
  }
  return {
    hold: ({ timeslotId, patientId }) => asked(ctx => holdTimeslot(ctx, { timeslotId, patientId })),
    book: (wish, idempotencyKey) => asked(ctx => bookAppointment(ctx, { ...wish, idempotencyKey })),
    move: (id, timeslotId) => asked(ctx => rescheduleAppointment(ctx, id, { timeslotId }), id),
    cancel: id => asked(ctx => cancelAppointment(ctx, id, { reason }), id),
    release: id => asked(ctx => releaseHold(ctx, id), id)
  }
}

/** Over HTTP. Any answer but the promised ones is a bug. */
export function httpClient(person: Rival): BookingClient {
  const { holds, appointments } = paths.booking
  const asked = async (method: 'post' | 'patch', path: string, data: object, id = '') => {
    const { status, body, text } = await person.sends(method, path, { ...data })
    if (status === 409 || status === 422) return null
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
    return (body.appointment ?? body.hold)?.id ?? id
  }
  return {
    hold: ({ timeslotId, patientId }) => asked('post', holds.index(), { timeslotId, patientId }),
    book: (wish, idempotencyKey) => asked('post', appointments.index(), { ...wish, idempotencyKey }),
    move: (id, timeslotId) => asked('patch', appointments.show(id), { timeslotId }, id),
    cancel: id => asked('patch', appointments.show(id), { status: 'CANCELLED', reason }, id),
    release: id => asked('post', holds.release(id), {}, id)
  }
}
