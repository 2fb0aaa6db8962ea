import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'
import type { z } from 'zod'
import { overbookingForm, overbookingQuery } from '../../forms/desk.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { birthInFull } from '../../forms/typed-date.ts'
import { paths } from '../../paths.ts'
import { overbook } from '../../services/appointments/overbook.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { lookUpPatient } from '../../services/people/look-at-patient.ts'
import { patientsLike } from '../../services/people/patient-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/overbookings/add'
const MOST_FOUND = 8
const USUAL_MINUTES = 15

type Asked = Partial<z.output<typeof overbookingQuery>>

export async function add(req: Request, res: Response) {
  const { sought, ...call } = read(overbookingQuery, birthInFull(req.query, req.ctx))
  const form = blankForm(overbookingForm, { minutes: USUAL_MINUTES, idempotencyKey: randomUUID(), ...call })
  await reply(req, res, page, { ...(await choices(req, { ...call, sought })), form })
}

export async function create(req: Request, res: Response) {
  const squeezed = await submit(overbookingForm, req.body, squeeze => overbook(req.ctx, squeeze))
  if (!squeezed.ok) {
    const { patientId } = overbookingQuery.safeParse({ patientId: squeezed.form.values.patientId }).data ?? {}
    return replyRefused(req, res, page, squeezed, await choices(req, patientId ? { patientId } : {}))
  }
  const appointment = view(req.ctx, await appointmentFor(req.ctx, squeezed.result.id))
  return replyDone(req, res, {
    to: paths.admin.appointments.booked(appointment.id),
    data: { appointment },
    status: 201
  })
}

async function choices({ ctx }: Request, { sought, ...call }: Asked) {
  const [patient, clinics, doctors] = await Promise.all([
    call.patientId ? lookUpPatient(ctx, call.patientId) : null,
    clinicChoices(ctx),
    doctorChoices(ctx)
  ])
  const people = !patient && sought ? await patientsLike(ctx, sought, MOST_FOUND) : null
  return { call, patient, people, clinics, doctors, asking: blankForm(overbookingQuery, call) }
}
