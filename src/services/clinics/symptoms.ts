import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { bookable } from '../availability/bookable.ts'
import { doctorCards } from './doctors.ts'

const DOCTORS_EACH = 3

const inUse = { deactivatedAt: null }

/** Everything a person can say they feel: emergencies first, then by name. */
export const symptomChoices = () =>
  db.symptom.findMany({
    where: inUse,
    select: { id: true, name: true, isEmergency: true },
    orderBy: [{ isEmergency: 'desc' }, { name: 'asc' }]
  })

/**
 * Who sees people with these symptoms: the specializations they lead to, best match first, and of each the three
 * doctors who are free soonest. Ids of symptoms that don't exist or are out of use count for nothing.
 */
export async function findBySymptoms(ctx: Ctx, symptomIds: string[]) {
  const found = await chosenOf(symptomIds)
  const matches = matchesOf(found)
  const practising = await soonestOf(
    ctx,
    matches.map(({ id }) => id)
  )
  const doctors = await doctorCards(
    ctx,
    practising.map(({ id }) => id)
  )
  return {
    chosen: found.map(({ specializations: _, ...symptom }) => symptom),
    specializations: matches.map(match => {
      const here = practising.filter(({ specializationId }) => specializationId === match.id)
      return {
        ...match,
        doctorCount: here[0]?.total ?? 0,
        doctors: here.flatMap(({ id }) => doctors.find(doctor => doctor.id === id) ?? [])
      }
    })
  }
}

type Chosen = Awaited<ReturnType<typeof chosenOf>>

const chosenOf = (ids: string[]) =>
  db.symptom.findMany({
    where: { id: { in: ids }, ...inUse },
    select: {
      id: true,
      name: true,
      isEmergency: true,
      advice: true,
      specializations: {
        where: { specialization: inUse },
        select: { specialization: { select: { id: true, name: true } } }
      }
    },
    orderBy: [{ isEmergency: 'desc' }, { name: 'asc' }]
  })

/** The more of the symptoms lead to it the better the match; among equals the name decides. */
function matchesOf(chosen: Chosen) {
  const pairs = chosen.flatMap(({ name, specializations }) =>
    specializations.map(({ specialization }) => ({ ...specialization, symptom: name }))
  )
  const matches = [...Map.groupBy(pairs, ({ id }) => id).values()].flatMap(([first, ...others]) =>
    first ? { id: first.id, name: first.name, symptoms: [first, ...others].map(({ symptom }) => symptom) } : []
  )
  return matches.sort((a, b) => b.symptoms.length - a.symptoms.length || a.name.localeCompare(b.name))
}

interface Practising {
  id: string
  specializationId: string
  /** How many doctors practise it. */
  total: number
}

/** The first few doctors of each specialization, those who are free soonest first. */
const soonestOf = (ctx: Ctx, specializationIds: string[]) =>
  db.$queryRaw<Practising[]>`
    SELECT id, "specializationId", total FROM (
      SELECT d.id, d.specialization_id AS "specializationId",
        count(*) OVER of_each::int AS total,
        row_number() OVER (of_each ORDER BY f.starts_at NULLS LAST, u.name) AS place
      FROM doctors d JOIN users u ON u.id = d.user_id
      LEFT JOIN LATERAL (
        SELECT s.starts_at FROM time_slots s JOIN clinics c ON c.id = s.clinic_id
        WHERE s.doctor_id = d.id AND ${bookable(ctx)}
        ORDER BY s.starts_at LIMIT 1) f ON true
      WHERE d.deactivated_at IS NULL AND d.specialization_id = ANY(${specializationIds}::uuid[])
        AND EXISTS (SELECT 1 FROM doctor_clinics dc JOIN clinics c ON c.id = dc.clinic_id
          WHERE dc.doctor_id = d.id AND c.deactivated_at IS NULL)
      WINDOW of_each AS (PARTITION BY d.specialization_id)) ranked
    WHERE place <= ${DOCTORS_EACH}
    ORDER BY place`
