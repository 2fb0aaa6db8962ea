import type { Actor, Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound, NotSignedIn } from '../../errors.ts'
import { dayOf } from '../../scheduling/zone.ts'

/** Who an account acts as; null when it is disabled, waits for its invitation to be accepted, or is not there. */
export async function accountFor(userId: string): Promise<Actor | null> {
  const user = await db.user.findUnique({
    where: { id: userId, disabledAt: null, passwordHash: { not: null } },
    select: {
      id: true,
      role: true,
      name: true,
      doctor: { select: { id: true } },
      staffClinics: { select: { clinicId: true } }
    }
  })
  if (!user) return null
  const { id, role, name, doctor, staffClinics } = user
  return { id, role, name, doctorId: doctor?.id ?? null, clinicIds: staffClinics.map(({ clinicId }) => clinicId) }
}

/** The id of the account that asks. Throws NotSignedIn. */
export function ownId({ actor }: Ctx) {
  if (!actor.id) throw new NotSignedIn()
  return actor.id
}

/** What an account may see of itself. */
export async function ownAccount(ctx: Ctx) {
  const { emailConfirmedAt, ...account } = await db.user.findUniqueOrThrow({
    where: { id: ownId(ctx) },
    select: { id: true, name: true, email: true, phone: true, role: true, emailConfirmedAt: true }
  })
  return { ...account, isEmailConfirmed: emailConfirmedAt !== null }
}

const shown = { id: true, name: true, relation: true, dateOfBirth: true } as const
const day = (date: Date | null) => date && dayOf(date)

/** The people an account looks after, oneself first. */
export async function patientsOf(ctx: Ctx) {
  const patients = await db.patient.findMany({
    where: { accountId: ownId(ctx), archivedAt: null },
    select: shown,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }]
  })
  const asDays = patients.map(patient => ({ ...patient, dateOfBirth: day(patient.dateOfBirth) }))
  return asDays.sort((a, b) => Number(b.relation === 'SELF') - Number(a.relation === 'SELF'))
}

/** One of them. Throws NotFound for anybody else's. */
export async function patientFor(ctx: Ctx, id: string) {
  const patient = await db.patient.findUnique({
    where: { id, accountId: ownId(ctx), archivedAt: null },
    select: { ...shown, allergies: true }
  })
  if (!patient) throw new NotFound()
  return { ...patient, dateOfBirth: day(patient.dateOfBirth) }
}
