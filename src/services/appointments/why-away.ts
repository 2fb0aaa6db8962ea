import { db } from '../../database/client.ts'
import type { Suspension } from '../../generated/enums.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { daysOfClosure } from '../clinics/plan-closures.ts'

interface Visit {
  startsAt: Date
  endsAt: Date
  doctor: { id: string }
  clinic: { id: string; timeZone: string }
  timeslot: { suspendedBy: Suspension | null }
}

/** Tells why some visits can't take place: by what, and what the team noted about it, if anything. Not for patients. */
export async function whyAway(visits: Visit[]) {
  const of = (by: Suspension) => visits.filter(({ timeslot }) => timeslot.suspendedBy === by)
  const [timeOff, closures] = await Promise.all([timeOffOver(of('TIME_OFF')), closuresOver(of('CLOSURE'))])
  return ({ startsAt, endsAt, doctor, clinic, timeslot: { suspendedBy } }: Visit) => {
    const day = onTheClock(startsAt, clinic.timeZone).slice(0, 10)
    const off = timeOff.find(each => each.doctorId === doctor.id && each.startsAt < endsAt && each.endsAt > startsAt)
    const shut = closures.find(({ clinicId, from, to }) => clinicId === clinic.id && from <= day && day <= to)
    const cause = suspendedBy === 'TIME_OFF' ? off : suspendedBy === 'CLOSURE' ? shut : undefined
    return { by: suspendedBy, reason: cause?.reason ?? null }
  }
}

const timeOffOver = (visits: Visit[]) =>
  db.timeOff.findMany({
    where: {
      OR: visits.map(({ doctor, startsAt, endsAt }) => ({
        doctorId: doctor.id,
        startsAt: { lt: endsAt },
        endsAt: { gt: startsAt }
      }))
    },
    select: { doctorId: true, startsAt: true, endsAt: true, reason: true },
    orderBy: { startsAt: 'asc' }
  })

async function closuresOver(visits: Visit[]) {
  const rows = await db.closure.findMany({
    where: { clinicId: { in: visits.map(({ clinic }) => clinic.id) } },
    select: { clinicId: true, startsOn: true, endsOn: true, reason: true },
    orderBy: { startsOn: 'asc' }
  })
  return rows.map(({ clinicId, reason, ...row }) => ({ clinicId, reason, ...daysOfClosure(row) }))
}
