import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'

/** The picture of a doctor whom patients can find. Throws NotFound. */
export async function photoOf(doctorId: string) {
  const photo = await db.doctorPhoto.findFirst({
    where: { doctorId, doctor: { deactivatedAt: null } },
    select: { bytes: true, type: true, hash: true }
  })
  if (!photo) throw new NotFound()
  return photo
}
