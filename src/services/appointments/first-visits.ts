import { db } from '../../database/client.ts'

interface Visit {
  patientId: string
  startsAt: Date
}

/** Tells of each of some visits whether the patient has seen this doctor before. */
export async function firstVisits(doctorId: string, visits: Visit[]) {
  const earliest = await db.appointment.groupBy({
    by: ['patientId'],
    where: { doctorId, status: 'COMPLETED', patientId: { in: visits.map(({ patientId }) => patientId) } },
    _min: { startsAt: true }
  })
  const since = new Map(earliest.map(({ patientId, _min }) => [patientId, _min.startsAt]))
  return ({ patientId, startsAt }: Visit) => !((since.get(patientId) ?? startsAt) < startsAt)
}
