import type { Chance } from './chance.ts'
import type { Doctor } from './hire-doctor.ts'
import { idOf } from './names.ts'
import { conditions, findings, type Medicine } from './remedies.ts'
import { allergies } from './words.ts'
import { DAY, iso, MINUTE, type World } from './world.ts'

type Visit = World['rows']['appointments'][number]

const YEAR = 365.2425 * DAY

/** Who can be signed in as has something to see. */
const demoAccount = idOf('user', 'patient')

/** What a doctor has written down: of the people who come, and of the visits that took place. */
export function keepRecords(world: World, doctor: Doctor) {
  const visits = world.rows.appointments.filter(({ doctorId }) => doctorId === doctor.id)
  for (const patientId of new Set(visits.map(visit => visit.patientId))) knowAbout(world, doctor, patientId)
  for (const visit of visits.filter(({ status }) => status === 'COMPLETED')) writeUp(world, doctor, visit)
}

function knowAbout(world: World, doctor: Doctor, patientId: string) {
  const draw = world.chance(`record/${patientId}`)
  const patient = personOf(world, patientId)
  if (patient && draw.often(0.25))
    patient.allergies ??= draw.shuffled(allergies).slice(0, draw.between(1, 2)).join(', ')
  if (!draw.often(0.5) && patient?.accountId !== demoAccount) return

  const born = Date.parse(String(patient?.dateOfBirth))
  const possible = born > world.today - 18 * YEAR ? conditions.slice(0, 3) : conditions
  for (const [text, from, to] of draw.shuffled(possible).slice(0, draw.between(1, 3))) {
    const id = idOf('entry', patientId, text)
    const since = Math.floor((world.today - draw.between(from, to) * YEAR) / DAY) * DAY
    const at = world.today - draw.between(20, 90) * DAY + 9 * 60 * MINUTE
    const entry = { id, patientId, recordedById: doctor.userId, text, createdAt: iso(at) }
    world.rows.historyEntries.push({ ...entry, since: since > born ? iso(since) : null })
    tell(world, doctor, at, 'patient.history-added', patientId, { entryId: id })
  }
}

function writeUp(world: World, doctor: Doctor, visit: Visit) {
  const id = String(visit.id)
  const draw = world.chance(`written/${id}`)
  const found = findings.find(({ reasons }) => reasons.test(visit.reason ?? ''))
  if (found || isDemos(world, visit)) lookAt(world, doctor, visit)
  if (!found) return

  const at = Math.min(world.now, Date.parse(String(visit.endsAt)) + draw.between(2, 12) * MINUTE)
  const note = { id: idOf('note', id), appointmentId: id, authorId: doctor.userId, text: found.note }
  const isShared = draw.often(0.7) || isDemos(world, visit)
  world.rows.visitNotes.push({ ...note, createdAt: iso(at), sharedAt: isShared ? iso(at) : null })
  tell(world, doctor, at, 'note.written', note.id, { appointmentId: id, shared: isShared }, visit.clinicId)
  if (found.medicines.length) prescribe(world, doctor, visit, found.medicines, at, draw)
}

/** Before the patient comes in. */
function lookAt(world: World, doctor: Doctor, { id, patientId, clinicId, startsAt }: Visit) {
  const at = Date.parse(String(startsAt)) - MINUTE
  tell(world, doctor, at, 'patient.viewed', patientId, { appointmentId: String(id) }, clinicId)
}

function prescribe(
  world: World,
  doctor: Doctor,
  visit: Visit,
  medicines: readonly Medicine[],
  at: number,
  draw: Chance
) {
  const appointmentId = String(visit.id)
  const prescriptionId = idOf('prescription', appointmentId)
  const isShared = draw.often(0.9) || isDemos(world, visit)
  const sharedAt = isShared ? iso(at) : null
  world.rows.prescriptions.push({ id: prescriptionId, appointmentId, createdAt: iso(at), sharedAt })
  world.rows.prescriptionItems.push(
    ...medicines.map((each, position) => ({
      id: idOf('item', prescriptionId, position),
      prescriptionId,
      position,
      ...each
    }))
  )
  const data = { appointmentId, items: medicines.length, shared: isShared }
  tell(world, doctor, at, 'prescription.written', prescriptionId, data, visit.clinicId)
}

const personOf = ({ rows }: World, patientId: string) => rows.patients.find(({ id }) => id === patientId)
const isDemos = (world: World, { patientId }: Visit) => personOf(world, patientId)?.accountId === demoAccount

function tell(
  world: World,
  { userId }: Doctor,
  at: number,
  event: string,
  id: string,
  data: { appointmentId?: string; [detail: string]: string | number | boolean | undefined },
  clinicId?: string
) {
  world.rows.auditEvents.push({
    ...{ at: iso(at), event, actorId: userId, actorRole: 'DOCTOR', data: { ...data } },
    ...{ subjectType: event.split('.')[0] ?? '', subjectId: id, clinicId: clinicId ?? null },
    appointmentId: data.appointmentId ?? null,
    requestId: `demo-${id.slice(0, 8)}`
  })
}
