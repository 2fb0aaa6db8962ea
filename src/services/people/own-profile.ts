import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { paths } from '../../paths.ts'
import { ownDoctorId } from '../availability/doctor-clinics.ts'

/** What patients see of the doctor who asks, and what only admins change. Throws Forbidden. */
export async function ownProfile(ctx: Ctx) {
  const { user, specialization, clinics, feeMinor, photo, ...doctor } = await db.doctor.findUniqueOrThrow({
    where: { id: ownDoctorId(ctx) },
    select: {
      id: true,
      licenceNumber: true,
      yearsOfExperience: true,
      biography: true,
      languages: true,
      feeMinor: true,
      photo: { select: { hash: true } },
      user: { select: { name: true, email: true, phone: true } },
      specialization: { select: { name: true } },
      clinics: {
        select: { clinic: { select: { id: true, name: true, city: true, currency: true } } },
        orderBy: { clinic: { name: 'asc' } }
      }
    }
  })
  return {
    ...doctor,
    ...user,
    specialization: specialization.name,
    fee: { amountMinor: feeMinor, currency: clinics[0]?.clinic.currency ?? 'EUR' },
    clinics: clinics.map(({ clinic: { id, name, city } }) => ({ id, name, city })),
    photo: photo && paths.booking.doctors.photo(doctor.id, photo.hash)
  }
}
