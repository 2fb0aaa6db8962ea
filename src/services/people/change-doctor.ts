import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { doctorFor } from './doctor-queries.ts'
import { asLicenceTaken, type DoctorDetails, doctorRow, refuseLicenceTaken } from './doctor-rules.ts'
import { leaveClinics } from './leave-clinics.ts'

/**
 * Changes what is known of a doctor and where they work. Throws NotFound, and a Refusal as in hireDoctor and
 * leaveClinics.
 */
export async function changeDoctor(ctx: Ctx, id: string, details: DoctorDetails) {
  const { userId } = await doctorFor(ctx, id)

  await transaction(async tx => {
    const { name, phone, licenceNumber } = details
    const before = await saidOf(tx, id)
    const wanted = new Set(details.clinicIds)
    const present = await tx.doctorClinic.findMany({ where: { doctorId: id }, select: { clinicId: true } })
    const here = new Set(present.map(({ clinicId }) => clinicId))
    await refuseLicenceTaken(tx, licenceNumber, id)
    const data = await doctorRow(tx, ctx, details, id)
    await leaveClinics(tx, ctx, id, [...here.difference(wanted)])

    const joined = [...wanted.difference(here)].map(clinicId => ({ doctorId: id, clinicId }))
    await tx.doctorClinic.createMany({ data: joined })
    await tx.user.update({ where: { id: userId }, data: { name, phone: phone ?? null }, select: { id: true } })
    await tx.doctor.update({ where: { id }, data, select: { id: true } }).catch(error => {
      throw asLicenceTaken(error)
    })
    const told = changesOf(before, await saidOf(tx, id), ['name', 'phone', 'biography'])
    if (told) await record(tx, ctx, 'doctor.changed', { type: 'doctor', id, data: told })
  })
}

/** What can be changed of a doctor, as it stands. */
async function saidOf(tx: Tx, id: string) {
  const { user, specialization, clinics, ...said } = await tx.doctor.findUniqueOrThrow({
    where: { id },
    select: {
      user: { select: { name: true, phone: true } },
      specialization: { select: { name: true } },
      licenceNumber: true,
      yearsOfExperience: true,
      biography: true,
      languages: true,
      feeMinor: true,
      clinics: { select: { clinic: { select: { name: true, city: true } } } }
    }
  })
  const at = clinics.map(({ clinic }) => `${clinic.name}, ${clinic.city}`)
  return { ...user, specialization: specialization.name, ...said, clinics: at }
}
