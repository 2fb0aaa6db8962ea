import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { NotFound } from '../../errors.ts'
import { publishDoctor } from '../availability/publish.ts'
import { clinicFor } from '../clinics/admin-queries.ts'
import { roomFor } from '../clinics/room-queries.ts'
import { doctorFor } from '../people/doctor-queries.ts'
import { removeDoctor, usesOfDoctor } from './removed-doctor.ts'
import { specializationFor } from './specialization-queries.ts'
import { symptomFor } from './symptom-queries.ts'

/** Something that is set up once: it can be taken out of use, and removed while nothing refers to it. */
export interface Thing {
  id: string
  name: string
  isActive: boolean
  clinic?: { id: string }
}

/** What refers to a thing, and how often. */
export type Uses = Record<string, number>

type Stamp = Date | null

export interface Kind {
  type: 'clinic' | 'doctor' | 'room' | 'specialization' | 'symptom'
  /** Finds one through the person. Throws NotFound. */
  find: (ctx: Ctx, id: string) => Promise<Thing>
  /** Marks it as out of use, or in use again; one that is so already is left alone. */
  mark: (tx: Tx, where: { id: string; deactivatedAt: null | { not: null } }, deactivatedAt: Stamp) => Promise<Count>
  /** What else happens when it is in use again. */
  activated?: (tx: Tx, ctx: Ctx, id: string) => Promise<unknown>
  uses: (tx: Tx, id: string) => Promise<Uses>
  remove: (tx: Tx, id: string) => Promise<unknown>
}

interface Count {
  count: number
}

/** What refers to each; sums that are made from these go with it. */
const visits = { appointments: true, timeslots: true, workingHours: true }
const ofRoom = { select: visits }
const ofClinic = {
  select: {
    ...visits,
    payments: true,
    rooms: true,
    doctors: true,
    staff: true,
    closures: true,
    patients: true,
    notifications: true
  }
}
const ofSpecialization = { select: { doctors: true, symptoms: true } }

/** The five kinds, by the word that their addresses begin with. */
export const kinds = {
  clinics: {
    type: 'clinic',
    find: clinicFor,
    mark: (tx, where, deactivatedAt) => tx.clinic.updateMany({ where, data: { deactivatedAt } }),
    uses: async (tx, id) => counted(await tx.clinic.findUnique({ where: { id }, select: { _count: ofClinic } })),
    remove: (tx, id) => tx.clinic.delete({ where: { id }, select: { id: true } })
  },
  doctors: {
    type: 'doctor',
    find: doctorFor,
    mark: (tx, where, deactivatedAt) => tx.doctor.updateMany({ where, data: { deactivatedAt } }),
    activated: publishDoctor,
    uses: usesOfDoctor,
    remove: removeDoctor
  },
  rooms: {
    type: 'room',
    find: roomFor,
    mark: (tx, where, deactivatedAt) => tx.room.updateMany({ where, data: { deactivatedAt } }),
    uses: async (tx, id) => counted(await tx.room.findUnique({ where: { id }, select: { _count: ofRoom } })),
    remove: (tx, id) => tx.room.delete({ where: { id }, select: { id: true } })
  },
  specializations: {
    type: 'specialization',
    find: specializationFor,
    mark: (tx, where, deactivatedAt) => tx.specialization.updateMany({ where, data: { deactivatedAt } }),
    uses: async (tx, id) =>
      counted(await tx.specialization.findUnique({ where: { id }, select: { _count: ofSpecialization } })),
    remove: (tx, id) => tx.specialization.delete({ where: { id }, select: { id: true } })
  },
  symptoms: {
    type: 'symptom',
    find: symptomFor,
    mark: (tx, where, deactivatedAt) => tx.symptom.updateMany({ where, data: { deactivatedAt } }),
    uses: async () => ({}),
    remove: (tx, id) => tx.symptom.delete({ where: { id }, select: { id: true } })
  }
} satisfies Record<string, Kind>

export type KindName = keyof typeof kinds

/** What an event tells of: the thing, and the clinic it is or belongs to. */
export function subjectOf({ type }: Kind, { id, clinic }: Thing) {
  const clinicId = type === 'clinic' ? id : clinic?.id
  return { type, id, ...(clinicId && { clinicId }) }
}

function counted(row: { _count: Uses } | null) {
  if (!row) throw new NotFound()
  return row._count
}
