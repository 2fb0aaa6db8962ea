import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import type { z } from 'zod'
import { newPatientForm, phoneBookingForm, phoneQuery } from '../../forms/desk.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { bookAppointment } from '../../services/appointments/book.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'
import { timeOnPhone } from '../../services/appointments/time-on-phone.ts'
import { timesByDoctor } from '../../services/availability/times-by-doctor.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices, specializations } from '../../services/people/doctor-queries.ts'
import { patientSeen, patientsLike } from '../../services/people/patient-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/phone-bookings/add'
const MOST_FOUND = 8
const TIMES_EACH = 4
const TIMES_OF_ONE = 24

type Call = Partial<z.output<typeof phoneQuery>>

export async function add(req: Request, res: Response) {
  const form = blankForm(phoneBookingForm, { idempotencyKey: randomUUID() })
  await reply(req, res, page, { ...(await conversation(req, read(phoneQuery, req.query))), form })
}

export async function create(req: Request, res: Response) {
  const booked = await submit(phoneBookingForm, req.body, wish => bookAppointment(req.ctx, wish))
  if (!booked.ok) {
    const { timeslotId, patientId } = phoneQuery.safeParse(idsIn(booked.form.values)).data ?? {}
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
  const appointment = view(req.ctx, await appointmentFor(req.ctx, idOf(req.params)))
  await reply(req, res, 'admin/phone-bookings/show', { appointment })
}

const idsIn = ({ timeslotId, patientId }: Record<string, unknown>) => ({ timeslotId, patientId })

/** Who and when, as far as that is known; and what there is to choose from for what is not. */
async function conversation(req: Request, { sought, ...call }: Call) {
  const { ctx } = req
  const { patientId, timeslotId } = call
  const [patient, time, clinics, doctors, fields] = await Promise.all([
    patientId ? patientSeen(ctx, patientId) : null,
    timeOnPhone(ctx, { ...(timeslotId && { timeslotId }), ...(patientId && { patientId }) }),
    clinicChoices(ctx),
    doctorChoices(ctx),
    specializations()
  ])
  const people = !patient && sought ? await patientsLike(ctx, sought, MOST_FOUND) : null
  const times = time.chosen || time.booked ? [] : await timesFor(req, call, time.gone)
  return { call, patient, people, ...time, times, clinics, doctors, fields, ...forms(call, sought) }
}

/** The first times of each doctor; when a time has gone, and nothing else is asked for, those of its doctor around it. */
function timesFor(req: Request, call: Call, gone: { startsAt: string; doctor: { id: string } } | null) {
  const { timeslotId: _, q: _q, ...wanted } = call
  const isAsked = Boolean(wanted.clinicId ?? wanted.specializationId ?? wanted.doctorId ?? wanted.date ?? wanted.part)
  if (gone && !isAsked)
    return timesByDoctor(req.ctx, { ...wanted, doctorId: gone.doctor.id, near: new Date(gone.startsAt) }, TIMES_EACH)
  return timesByDoctor(req.ctx, wanted, wanted.doctorId ? TIMES_OF_ONE : TIMES_EACH)
}

/** What was said so far is filled in: whoever isn't found is added under the name that was looked for. */
function forms(call: Call, sought: Call['sought']) {
  const { words = [], bornOn } = sought ?? {}
  const adding = blankForm(newPatientForm, { name: words.join(' '), dateOfBirth: bornOn, clinicId: call.clinicId })
  return { asking: blankForm(phoneQuery, call), adding }
}
