import { type Tx, violates } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
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

/** What a doctor's row says. Throws a Refusal of clinics that don't go together, and of an unknown specialization. */
export async function doctorRow(tx: Tx, details: DoctorDetails, doctorId?: string) {
  const currency = await currencyOf(tx, details.clinicIds, doctorId)
  return {
    specializationId: await specializationId(tx, details),
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

async function specializationId(tx: Tx, { specialization, otherSpecialization }: DoctorDetails) {
  const name = otherSpecialization ?? specialization
  const known = await tx.specialization.findUnique({ where: { name }, select: { id: true } })
  if (known) return known.id
  if (!otherSpecialization) throw refuse('specialization', 'admin:errors.specialization')
  return (await tx.specialization.create({ data: { name }, select: { id: true } })).id
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
