import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { record } from '../audit/record.ts'
import { messagesOfVisit } from '../messages/messages-of-visit.ts'
import { phoneOf, reach } from '../people/patient-queries.ts'
import { visitRecord } from '../records/queries.ts'
import { canChangeRoom } from './change-room.ts'
import { firstVisits } from './first-visits.ts'
import { historyOf } from './history.ts'
import { appointmentFor, view } from './queries.ts'
import { stepsFor } from './steps.ts'
import { whySuspended } from './suspended.ts'

/** An appointment as the doctor works with it: what happened and what can be done now. Throws NotFound. */
export async function visitFor(ctx: Ctx, id: string) {
  const row = await appointmentFor(ctx, id)
  const [history, isFirst, record] = await Promise.all([
    historyOf(ctx, row),
    firstVisits(row.doctorId, [row]),
    visitRecord(ctx, row)
  ])
  return {
    appointment: { ...view(ctx, row), isFirstVisit: isFirst(row), suspendedBy: whySuspended(row, ctx.now) },
    history,
    record,
    steps: stepsFor(ctx, row)
  }
}

/**
 * An appointment as the front desk works with it: whom to call, why they come, what happened, what they were
 * told last and what can be done now.
 * Nothing else of the patient's record. Throws NotFound.
 */
export async function visitAtDesk(ctx: Ctx, id: string) {
  const row = await appointmentFor(ctx, id)
  const [history, messages, patient] = await Promise.all([
    historyOf(ctx, row),
    messagesOfVisit(ctx, row.id),
    db.patient.findUniqueOrThrow({
      where: { id: row.patientId },
      select: reach
    })
  ])
  return {
    appointment: {
      ...view(ctx, row),
      phone: phoneOf(patient),
      suspendedBy: whySuspended(row, ctx.now),
      canChangeRoom: canChangeRoom(ctx, row)
    },
    history,
    messages,
    steps: stepsFor(ctx, row)
  }
}

/**
 * The same as `visitFor` for the doctor's eyes: it tells of the patient's record, so the look is written down as one at
 * that is.
 */
export async function viewVisit(ctx: Ctx, id: string) {
  const visit = await visitFor(ctx, id)
  if (visit.record.isTreating) await noteLook(ctx, visit.appointment)
  return visit
}

/**
 * The same as `visitAtDesk` for somebody who opens it: it says why the patient comes, so that look is written down,
 * too.
 */
export async function viewVisitAtDesk(ctx: Ctx, id: string) {
  const visit = await visitAtDesk(ctx, id)
  await noteLook(ctx, visit.appointment)
  return visit
}

/**
 * An appointment on a page that tells the front desk why the patient comes: the same. Of their own visits, doctors see
 * nothing of the record there. Throws NotFound.
 */
export async function lookAtVisit(ctx: Ctx, id: string) {
  const appointment = view(ctx, await appointmentFor(ctx, id))
  await noteDeskLook(ctx, appointment)
  return appointment
}

/** Writes down that the front desk sees why somebody comes. */
export async function noteDeskLook(ctx: Ctx, visit: Seen) {
  if (ctx.actor.role !== 'DOCTOR') await noteLook(ctx, visit)
}

interface Seen {
  id: string
  patient: { id: string }
  clinic: { id: string }
}

const noteLook = (ctx: Ctx, { id, patient, clinic }: Seen) =>
  record(db, ctx, 'patient.viewed', {
    ...{ type: 'patient', id: patient.id, clinicId: clinic.id },
    data: { appointmentId: id }
  })
