import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'

const fields = {
  id: true,
  name: true,
  address: true,
  city: true,
  postcode: true,
  country: true,
  phone: true,
  email: true,
  timeZone: true,
  currency: true
} satisfies Prisma.ClinicSelect

const open = { deactivatedAt: null }

/** The clinics that take bookings, by city and name, with their weekdays (1 is Monday) and number of doctors. */
export async function openClinics() {
  const clinics = await db.clinic.findMany({
    where: open,
    orderBy: [{ city: 'asc' }, { name: 'asc' }],
    select: {
      ...fields,
      workingHours: { select: { weekday: true }, distinct: ['weekday'], orderBy: { weekday: 'asc' } },
      _count: { select: { doctors: { where: { doctor: open } } } }
    }
  })
  return clinics.map(({ workingHours, _count, ...clinic }) => ({
    ...clinic,
    openDays: workingHours.map(({ weekday }) => weekday),
    doctorCount: _count.doctors
  }))
}

/** One clinic that takes bookings. Throws NotFound. */
export async function clinicProfile(id: string) {
  const clinic = await db.clinic.findFirst({ where: { id, ...open }, select: fields })
  if (!clinic) throw new NotFound()
  return clinic
}
