import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import { clinicsOf } from './admin-queries.ts'

/**
 * The clinic that a page of one clinic is about: the one asked for, else the first in use of this person's by name;
 * null when there is none. Throws NotFound for a clinic that isn't this person's.
 */
export async function clinicToShow(ctx: Ctx, id: string | undefined) {
  const clinic = await db.clinic.findFirst({
    where: { AND: [clinicsOf(ctx), id ? { id } : { deactivatedAt: null }] },
    select: { id: true, name: true, city: true, timeZone: true },
    orderBy: [{ name: 'asc' }, { city: 'asc' }]
  })
  if (id && !clinic) throw new NotFound()
  return clinic
}
