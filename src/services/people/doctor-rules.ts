import type { Ctx } from '../../context.ts'
import { type Tx, violates } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { insertSpecialization } from '../catalogue/add-specialization.ts'
import { toMinor } from './fee.ts'

export interface DoctorDetails {
  name: string
  phone?: string | undefined
  /** The name of one that exists, or OTHER. */
  specialization: string
  otherSpecialization?: string | undefined
  licenceNumber: string
  yearsOfExperience: number
  biography?: string | undefined
  languages: string[]
  /** In the currency's major unit, as typed. */
  fee?: string | undefined
  feeMinor?: number | undefined
  clinicIds: string[]
}

/**
 * What a doctor's row says. Throws a Refusal of clinics that don't go together, and of a specialization unknown or out
 * of use.
 */
export async function doctorRow(tx: Tx, ctx: Ctx, details: DoctorDetails, doctorId?: string) {
  const currency = await currencyOf(tx, details.clinicIds, doctorId)
  return {
    specializationId: await specializationId(tx, ctx, details, doctorId),
    licenceNumber: details.licenceNumber,
    yearsOfExperience: details.yearsOfExperience,
    biography: details.biography ?? '',
    languages: details.languages,
    feeMinor: details.feeMinor ?? toMinor(details.fee ?? '0', currency)
  }
}

/** The one currency of all the clinics, each in use or the doctor's already. */
async function currencyOf(tx: Tx, clinicIds: string[], doctorId?: string) {
  const clinics = await tx.clinic.findMany({
    where: {
      id: { in: clinicIds },
      OR: [{ deactivatedAt: null }, ...(doctorId ? [{ doctors: { some: { doctorId } } }] : [])]
    },
    select: { currency: true }
  })
  const [currency, ...others] = new Set(clinics.map(clinic => clinic.currency))
  if (!currency || clinics.length < new Set(clinicIds).size) throw refuse('clinicIds', 'admin:errors.clinicUnknown')
  if (others.length)
    throw refuse('clinicIds', 'admin:errors.currencies', { currencies: [currency, ...others].join(', ') })
  return currency
}

/** One in use, or the doctor's already; another that is named is added to the catalogue. */
async function specializationId(tx: Tx, ctx: Ctx, details: DoctorDetails, doctorId?: string) {
  const { specialization, otherSpecialization } = details
  const name = otherSpecialization ?? specialization
  const known = await tx.specialization.findUnique({ where: { name }, select: { id: true, deactivatedAt: true } })
  if (!known && otherSpecialization) return insertSpecialization(tx, ctx, name)
  if (!known) throw refuse('specialization', 'admin:errors.specialization')
  if (!known.deactivatedAt) return known.id

  const theirs = doctorId && (await tx.doctor.findFirst({ where: { id: doctorId, specializationId: known.id } }))
  const field = otherSpecialization ? 'otherSpecialization' : 'specialization'
  if (!theirs) throw refuse(field, 'admin:errors.specializationInactive')
  return known.id
}

/** Throws a Refusal of `licenceNumber` when another doctor (not `id`) has it, however it is written. */
export async function refuseLicenceTaken(tx: Tx, licenceNumber: string, id?: string) {
  const same = { equals: licenceNumber, mode: 'insensitive' } as const
  const other = await tx.doctor.findFirst({
    where: { licenceNumber: same, ...(id && { NOT: { id } }) },
    select: { id: true }
  })
  if (other) throw licenceTaken()
}

/** What a write that came second gets to hear. */
export const asLicenceTaken = (error: unknown) =>
  violates(error, 'doctors_licence_number_key') ? licenceTaken() : error

const licenceTaken = () => refuse('licenceNumber', 'admin:errors.licenceTaken')
