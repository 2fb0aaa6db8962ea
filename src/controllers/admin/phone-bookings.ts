import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import { phoneBookingForm, phoneQuery } from '../../forms/desk.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { birthInFull } from '../../forms/typed-date.ts'
import { paths } from '../../paths.ts'
import { bookAppointment } from '../../services/appointments/book.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'
import { lookAtVisit } from '../../services/appointments/visit.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { callIn, conversation, page } from './call.ts'

export async function add(req: Request, res: Response) {
  const form = blankForm(phoneBookingForm, { idempotencyKey: randomUUID() })
  await reply(req, res, page, { ...(await conversation(req, read(phoneQuery, birthInFull(req.query, req.ctx)))), form })
}

export async function create(req: Request, res: Response) {
  const booked = await submit(phoneBookingForm, req.body, wish => bookAppointment(req.ctx, wish))
  if (!booked.ok) {
    const { timeslotId, patientId } = callIn(booked.form.values)
    const call = { ...(timeslotId && { timeslotId }), ...(patientId && { patientId }) }
    return replyRefused(req, res, page, booked, await conversation(req, call))
  }
  const appointment = view(req.ctx, await appointmentFor(req.ctx, booked.result.id))
  return replyDone(req, res, {
    to: paths.admin.appointments.booked(appointment.id),
    data: { appointment },
    status: 201
  })
}

/** What is read out at the end. */
export async function show(req: Request, res: Response) {
  const appointment = await lookAtVisit(req.ctx, idOf(req.params))
  await reply(req, res, 'admin/phone-bookings/show', { appointment })
}
