import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'

export interface WhoseTime {
  id: string
  name: string
  /** The clinics at which the asker may change this doctor's time, by name. */
  clinics: { id: string; name: string; city: string; timeZone: string; rooms: { id: string; name: string }[] }[]
  /** Whether the doctor works at clinics that the asker has nothing to do with. */
  isElsewhereToo: boolean
}

/** Which doctors' time this person may change: one's own; at the front desk those of one's clinics; an admin all. */
export function whoseTimeIsOpenTo({ actor }: Ctx): Prisma.DoctorWhereInput {
  if (actor.role === 'DOCTOR') return { id: { in: actor.doctorId ? [actor.doctorId] : [] } }
  if (actor.role === 'STAFF') return { clinics: { some: { clinicId: { in: actor.clinicIds } } } }
  return actor.role === 'ADMIN' || actor.role === 'SYSTEM' ? {} : { id: { in: [] } }
}

/** The doctor whose time is looked at: oneself, or the one named. Throws NotFound for one that isn't this person's. */
export async function whoseTime(ctx: Ctx, doctorId?: string): Promise<WhoseTime> {
  const id = doctorId ?? ctx.actor.doctorId
  const doctor =
    id &&
    (await db.doctor.findFirst({
      where: { AND: [{ id }, whoseTimeIsOpenTo(ctx)] },
      select: {
        id: true,
        user: { select: { name: true } },
        clinics: {
          where: { clinic: { deactivatedAt: null } },
          select: {
            clinic: {
              select: {
                id: true,
                name: true,
                city: true,
                timeZone: true,
                rooms: { where: { deactivatedAt: null }, select: { id: true, name: true }, orderBy: { name: 'asc' } }
              }
            }
          },
          orderBy: { clinic: { name: 'asc' } }
        }
      }
    }))
  if (!doctor) throw new NotFound()

  const all = doctor.clinics.map(({ clinic }) => clinic)
  const clinics = all.filter(clinic => ctx.actor.role !== 'STAFF' || ctx.actor.clinicIds.includes(clinic.id))
  return { id: doctor.id, name: doctor.user.name, clinics, isElsewhereToo: clinics.length < all.length }
}
