import type { Request } from 'express'
import type { z } from 'zod'
import { newPatientForm, phoneQuery } from '../../forms/desk.ts'
import { blankForm } from '../../forms/form.ts'
import { numberIn } from '../../forms/patient-search.ts'
import { timeOnPhone } from '../../services/appointments/time-on-phone.ts'
import { timesByDoctor } from '../../services/availability/times-by-doctor.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices, specializations } from '../../services/people/doctor-queries.ts'
import { lookUpPatient } from '../../services/people/look-at-patient.ts'
import { patientsLike } from '../../services/people/patient-queries.ts'

/** A call of somebody who would like a time, which goes on over several pages and forms. */

export const page = 'admin/phone-bookings/add'
const MOST_FOUND = 8
const TIMES_EACH = 4
const TIMES_OF_ONE = 24

type Call = Partial<z.output<typeof phoneQuery>>

/** What a form that was sent says of the call; nothing of it when some of it can't be. */
export function callIn({ patientId, timeslotId, atClinicId, ...wish }: Record<string, unknown>) {
  const { specializationId, doctorId, date, part } = wish
  const said = { patientId, timeslotId, clinicId: atClinicId, specializationId, doctorId, date, part }
  const { sought: _, ...call } = phoneQuery.safeParse(said).data ?? { sought: null }
  return call as Call
}

/**
 * Who and when, as far as that is known; and what there is to choose from for what is not. Whoever has several clinics
 * says first at which: nobody wants the times of them all.
 */
export async function conversation(req: Request, { sought, ...call }: Call) {
  const { ctx } = req
  const { patientId, timeslotId } = call
  const [patient, time, clinics, doctors, fields] = await Promise.all([
    patientId ? lookUpPatient(ctx, patientId) : null,
    timeOnPhone(ctx, { ...(timeslotId && { timeslotId }), ...(patientId && { patientId }) }),
    clinicChoices(ctx),
    doctorChoices(ctx),
    specializations()
  ])
  const people = !patient && sought ? await patientsLike(ctx, sought, MOST_FOUND) : null
  const asksClinic = clinics.length > 1 && !(call.clinicId ?? call.doctorId ?? time.gone)
  const times = time.chosen || time.booked || asksClinic ? [] : await timesFor(req, call, time.gone)
  return { call, patient, people, ...time, asksClinic, times, clinics, doctors, fields, ...forms(call, sought) }
}

/**
 * The first times of each doctor; when a time has gone, and nothing else is asked for, those of its doctor around it.
 */
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
  const phone = sought?.digits && numberIn(call.q ?? '')
  const known = { name: words.join(' '), phone, dateOfBirth: bornOn, clinicId: call.clinicId }
  const adding = blankForm(newPatientForm, known)
  return { asking: blankForm(phoneQuery, call), adding }
}
