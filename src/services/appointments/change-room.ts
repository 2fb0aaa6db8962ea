import type { Ctx } from '../../context.ts'
import { type Tx, transaction, violates } from '../../database/transaction.ts'
import { Refusal, refuse } from '../../errors.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { lockStatus } from './change-status.ts'
import { endHolds, holdsInTheWay } from './holds.ts'
import { appointmentFor } from './queries.ts'
import { upcoming } from './transitions.ts'

interface Visit {
  status: AppointmentStatus
  endsAt: Date
}

/** Whether a visit may get another room: while it is to come, and as long as the patient is here. */
export const canChangeRoom = ({ now }: Ctx, { status, endsAt }: Visit) =>
  status === 'CHECKED_IN' || (upcoming.some(each => each === status) && endsAt > toDate(now))

/**
 * Gives a visit another room of its clinic, or none. Throws NotFound; Refusal when it is over, when the clinic has no
 * such room in use, and (409) when the room is taken at that time.
 */
export async function changeRoom(ctx: Ctx, id: string, { roomId }: { roomId: string | null }) {
  const ranOut = await holdsInTheWay(ctx, await appointmentFor(ctx, id))
  await transaction(async tx => {
    await endHolds(tx, ctx, ranOut, 'appointment.expired')
    await lockStatus(tx, id)
    const visit = await tx.appointment.findUniqueOrThrow({
      where: { id },
      select: { status: true, endsAt: true, clinicId: true, roomId: true }
    })
    if (!canChangeRoom(ctx, visit)) throw refuse(null, 'booking:refusal.notPossible', { status: visit.status })
    if (visit.roomId === roomId) return

    const { clinicId } = visit
    const room = roomId ? await roomIn(tx, clinicId, roomId) : null
    await tx.appointment.update({ where: { id }, data: { roomId }, select: { id: true } }).catch(error => {
      throw asTaken(error, room?.name)
    })
    const data = { fromRoomId: visit.roomId, toRoomId: roomId }
    await record(tx, ctx, 'appointment.room-changed', { type: 'appointment', id, clinicId, data })
  })
}

async function roomIn(tx: Tx, clinicId: string, id: string) {
  const room = await tx.room.findFirst({ where: { id, clinicId, deactivatedAt: null }, select: { name: true } })
  if (!room) throw refuse('roomId', 'admin:errors.room')
  return room
}

/** What the one hears who wants a room that somebody else has then. */
const asTaken = (error: unknown, room: string | undefined) =>
  violates(error, 'appointments_room_overlap')
    ? new Refusal([{ field: 'roomId', key: 'admin:errors.roomTaken', params: { room } }], { status: 409 })
    : error
