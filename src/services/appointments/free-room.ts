import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import { LONGEST_SLOT } from '../../scheduling/slots.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { isLive } from './transitions.ts'

interface Stay {
  clinicId: string
  /** The room that is meant for it. */
  roomId: string | null
  startsAt: Date
  endsAt: Date
}

/**
 * The room that is meant for a time if it is free, else another of the clinic, else none. Asking for the one alone
 * clashes with few other bookings. The appointment that will be there keeps nobody out.
 */
export async function freeRoom(tx: Tx, stay: Stay, appointmentId?: string): Promise<string | null> {
  const [meant] = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM rooms r WHERE r.id = ${stay.roomId}::uuid AND ${isFree(stay, appointmentId)}`
  return meant?.id ?? anotherRoom(tx, stay, appointmentId)
}

/**
 * The room that is meant for somebody squeezed in with a doctor, if nobody is in it and it is no other doctor's then;
 * else none.
 */
export async function ownRoom(tx: Tx, stay: Stay & { doctorId: string }): Promise<string | null> {
  const [own] = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM rooms r WHERE r.id = ${stay.roomId}::uuid AND ${isFree(stay, undefined)}
      AND NOT EXISTS (${slotsThere(stay)} AND s.doctor_id <> ${stay.doctorId}::uuid)`
  return own?.id ?? null
}

/**
 * A free room that no other doctor has a slot in then, else any free one. Among equals the lot decides: people who
 * book at the same moment seldom draw the same.
 */
async function anotherRoom(tx: Tx, stay: Stay, appointmentId: string | undefined) {
  const [room] = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM rooms r WHERE r.clinic_id = ${stay.clinicId}::uuid AND ${isFree(stay, appointmentId)}
    ORDER BY EXISTS (${slotsThere(stay)}), random()
    LIMIT 1`
  return room?.id ?? null
}

/** The slots in room `r` then. An index finds those around then. */
function slotsThere({ clinicId, startsAt, endsAt }: Stay) {
  const earliest = toDate(instantOf(startsAt).subtract(LONGEST_SLOT))
  return Prisma.sql`
    SELECT 1 FROM time_slots s WHERE s.room_id = r.id AND s.withdrawn_at IS NULL
      AND s.clinic_id = ${clinicId}::uuid AND s.starts_at > ${earliest}
      AND s.starts_at < ${endsAt} AND s.ends_at > ${startsAt}`
}

const isFree = ({ startsAt, endsAt }: Stay, appointmentId: string | undefined) => Prisma.sql`
  r.deactivated_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM appointments a
    WHERE a.room_id = r.id AND tstzrange(a.starts_at, a.ends_at) && tstzrange(${startsAt}, ${endsAt})
      AND ${isLive}
      AND ${appointmentId ? Prisma.sql`a.id <> ${appointmentId}::uuid` : Prisma.sql`true`})`
