import type { Ctx } from '../../context.ts'
import { type Tx, transaction, violates } from '../../database/transaction.ts'
import {
  type Change,
  type Diary,
  type Publication,
  type PublishedSlot,
  publication
} from '../../scheduling/publishing.ts'
import { toDate } from '../../scheduling/zone.ts'
import { upcoming } from '../appointments/transitions.ts'
import { record } from '../audit/record.ts'
import { diaryOf } from './diary.ts'

export interface Published {
  added: number
  removed: number
  /** Slots that are offered to nobody from now on. */
  suspended: number
  /** How many of these are booked: who must be moved or told. */
  hit: number
  /** Slots that were suspended and may take place after all. */
  restored: number
}

/** What is about to change in a doctor's time, before it is written. */
export type Amendment = (diary: Diary) => Diary

/**
 * Makes a doctor's slots, at every clinic, those that hours, closures and time off ask for: see `publication`. Belongs
 * to the transaction that changes any of these. `amend` says what that transaction is going to take away.
 */
export async function publishDoctor(tx: Tx, ctx: Ctx, doctorId: string, amend: Amendment = diary => diary) {
  const diary = amend(await diaryOf(tx, ctx, doctorId))
  return write(tx, ctx, doctorId, publication(diary, ctx.now))
}

/** A transaction that publishes may meet a patient who books just then: it looks again. */
export const publishing = <T>(work: (tx: Tx) => Promise<T>) => transaction(work, wasTakenMeanwhile)

const wasTakenMeanwhile = (error: unknown) =>
  violates(error, 'appointments_timeslot_id_doctor_id_clinic_id_starts_at_end_fkey') ||
  violates(error, 'time_slots_doctor_overlap') ||
  violates(error, 'time_slots_two_clinics')

async function write(tx: Tx, ctx: Ctx, doctorId: string, { add, remove, change }: Publication): Promise<Published> {
  await removeSlots(tx, ctx, remove)
  await changeSlots(tx, change)
  const rows = add.map(({ startsAt, endsAt, ...slot }) => ({
    ...slot,
    startsAt: toDate(startsAt),
    endsAt: toDate(endsAt)
  }))
  if (rows.length)
    await tx.$executeRaw`
      INSERT INTO time_slots (doctor_id, clinic_id, room_id, working_hours_id, starts_at, ends_at)
      SELECT ${doctorId}::uuid, n."clinicId", n."roomId", n."hoursId", n."startsAt", n."endsAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n("clinicId" uuid, "roomId" uuid, "hoursId" uuid,
        "startsAt" timestamptz, "endsAt" timestamptz)`

  const suspended = change.filter(({ slot, suspendedBy }) => suspendedBy && !slot.suspendedBy)
  const taken = suspended.filter(({ slot }) => slot.isTaken).map(({ slot }) => slot.id)
  const isBooked = { timeslotId: { in: taken }, status: { in: [...upcoming] } }
  const hit = taken.length ? await tx.appointment.count({ where: isBooked }) : 0
  const restored = change.filter(({ slot, suspendedBy }) => !suspendedBy && slot.suspendedBy).length
  const done = { added: add.length, removed: remove.length, suspended: suspended.length, hit, restored }
  if (Object.values(done).some(count => count > 0))
    await record(tx, ctx, 'timeslots.published', { type: 'doctor', id: doctorId, data: { ...done } })
  return done
}

/** Deletes those that no appointment ever referred to, and withdraws the others: they belong to no hours then. */
async function removeSlots(tx: Tx, ctx: Ctx, slots: PublishedSlot[]) {
  if (slots.length === 0) return
  const ids = slots.map(({ id }) => id)
  await tx.$executeRaw`
    DELETE FROM time_slots s WHERE s.id = ANY(${ids}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.timeslot_id = s.id)`
  await tx.timeSlot.updateMany({
    where: { id: { in: ids } },
    data: { withdrawnAt: toDate(ctx.now), workingHoursId: null }
  })
}

async function changeSlots(tx: Tx, changes: Change[]) {
  if (changes.length === 0) return
  const rows = changes.map(({ slot, roomId, hoursId, suspendedBy }) => ({ id: slot.id, roomId, hoursId, suspendedBy }))
  await tx.$executeRaw`
    UPDATE time_slots s SET room_id = n."roomId", working_hours_id = n."hoursId", suspended_by = n."suspendedBy"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS n(id uuid, "roomId" uuid, "hoursId" uuid, "suspendedBy" "Suspension")
    WHERE s.id = n.id`
}
