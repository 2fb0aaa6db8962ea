import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { type Order, type Place, slice } from '../lists/keyset.ts'
import { patientFor } from '../people/queries.ts'

const fields = {
  id: true,
  at: true,
  actorId: true,
  actorRole: true,
  appointmentId: true,
  clinicId: true
} satisfies Prisma.AuditEventSelect

type Row = Prisma.AuditEventGetPayload<{ select: typeof fields }>

const latestFirst: Order<{ id: bigint }, 'id'> = {
  ...{ by: 'id', direction: 'desc', of: ({ id }) => id },
  ...{ holds: 'bigint', ids: 'bigint' }
}

/**
 * Who opened the record of somebody this account looks after: the latest first, a page at a time, each by the clock of
 * the clinic it was at. Doctors are named; the front desk and administrators are told by their part. Throws NotFound of
 * anybody else's record.
 */
export async function looksAt(ctx: Ctx, patientId: string, place: Place) {
  const patient = await patientFor(ctx, patientId)
  const where = { event: 'patient.viewed', subjectType: 'patient', subjectId: patientId }
  const { rows, ...places } = await slice<Row, 'id'>(latestFirst, place, ({ where: beyond, ...rest }) =>
    db.auditEvent.findMany({ where: { AND: [where, beyond] }, select: fields, ...rest })
  )
  return { patient, looks: await shown(rows), ...places }
}

async function shown(rows: Row[]) {
  const idsOf = (column: 'actorId' | 'clinicId' | 'appointmentId') => ({
    id: { in: rows.flatMap(row => row[column] ?? []) }
  })
  const clinicFields = { select: { id: true, name: true, timeZone: true } } as const
  const [people, clinics, visits] = await Promise.all([
    db.user.findMany({
      where: { ...idsOf('actorId'), erasedAt: null },
      select: { id: true, name: true, staffClinics: { select: { clinic: { select: { name: true } } } } }
    }),
    db.clinic.findMany({ where: idsOf('clinicId'), ...clinicFields }),
    db.appointment.findMany({
      where: idsOf('appointmentId'),
      select: { id: true, startsAt: true, clinic: clinicFields }
    })
  ])
  return rows.map(({ at, actorId, actorRole, appointmentId, clinicId }) => {
    const visit = visits.find(({ id }) => id === appointmentId)
    const clinic = clinics.find(({ id }) => id === clinicId) ?? visit?.clinic
    const person = people.find(({ id }) => id === actorId)
    const ofTheDesk = person?.staffClinics.map(each => each.clinic.name) ?? []
    return {
      at: onTheClock(at, clinic?.timeZone ?? 'UTC'),
      timeZone: clinic?.timeZone ?? 'UTC',
      by: {
        role: actorRole,
        name: (actorRole === 'DOCTOR' && person?.name) || null,
        clinics: clinic ? [clinic.name] : ofTheDesk
      },
      visitAt: visit ? onTheClock(visit.startsAt, visit.clinic.timeZone) : null
    }
  })
}
