import { Temporal } from 'temporal-polyfill'
import { db } from '../../../src/database/client.ts'
import type { AppointmentStatus } from '../../../src/generated/enums.ts'
import { addSlot, addSlots, hireDoctor, openClinic, registerPatient } from '../../support/world.ts'

const zones = [
  'Pacific/Auckland',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Asia/Dubai',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Honolulu'
]

/** Tests run at any hour; in this clinic it is daytime, so that today has slots before and after now. */
export const openClinicByDay = (name: string) => {
  const timeZone = zones.find(zone => isDaytime(hourIn(zone))) ?? 'UTC'
  return openClinic({ name, timeZone })
}

const hourIn = (zone: string) => Temporal.Now.zonedDateTimeISO(zone).hour
const isDaytime = (hour: number) => hour >= 8 && hour < 18

/** The clock of the clinic, some minutes from now. */
export const clockIn = (timeZone: string, minutes: number) =>
  Temporal.Now.zonedDateTimeISO(timeZone).add({ minutes }).toPlainTime().toString({ smallestUnit: 'minute' })

/** The id of a doctor at Riverside Clinic who has twelve free times from 09:00. */
export async function doctorWithTimes(said: Parameters<typeof hireDoctor>[1] = {}) {
  const clinic = await openClinic({ name: 'Riverside Clinic' })
  const { id } = await hireDoctor(clinic.id, said)
  await addSlots(id, clinic, 12)
  return id
}

interface Booked {
  clinic: { id: string; timeZone: string }
  doctorId: string
  patient: { id: string; patientId: string }
  time: string
  days?: number
  status?: AppointmentStatus
  reason?: string
}

let count = 0

/** An appointment as it stands in the database, at any time: booking itself only goes forward. */
export async function addVisit({ clinic, doctorId, patient, time, days = 0, status = 'BOOKED', reason }: Booked) {
  const slot = await addSlot(doctorId, clinic, { days, time, minutes: 10 })
  return db.appointment.create({
    data: {
      reference: `VISIT-${++count}`,
      timeslotId: slot.id,
      doctorId,
      clinicId: clinic.id,
      startsAt: slot.startsAt,
      endsAt: slot.endsAt,
      patientId: patient.patientId,
      bookedById: patient.id,
      feeMinor: 6000,
      currency: 'GBP',
      status,
      reason,
      ...(status === 'CHECKED_IN' && { checkedInAt: new Date() }),
      ...(status === 'CANCELLED' && { cancelledAt: new Date(), cancellationReason: 'Better now' })
    }
  })
}

export const patientNamed = (name: string) => registerPatient({ name })
