import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'

/** What must be known of an appointment to tell people of it. */
export interface ToldOf {
  id: string
  status: AppointmentStatus
  sequence: number
  startsAt: Date
  clinicId: string
  timeZone: string
  doctorUserId: string
  patientId: string
  /** Of the account that looks after the patient, if there is one. */
  accountId: string | null
  accountPhone: string | null
  wantsReminders: boolean | null
  wantsTexts: boolean | null
}

export const toldOf = Prisma.sql`
  SELECT a.id, a.status, a.sequence, a.starts_at AS "startsAt", a.clinic_id AS "clinicId", c.time_zone AS "timeZone",
    d.user_id AS "doctorUserId", a.patient_id AS "patientId", u.id AS "accountId", u.phone AS "accountPhone",
    u.wants_reminders AS "wantsReminders", u.wants_texts AS "wantsTexts"
  FROM appointments a JOIN clinics c ON c.id = a.clinic_id JOIN doctors d ON d.id = a.doctor_id
  JOIN patients p ON p.id = a.patient_id LEFT JOIN users u ON u.id = p.account_id`

/** Whom an appointment concerns, in one look. */
export async function whoIsTold(tx: Tx, id: string) {
  const [of] = await tx.$queryRaw<ToldOf[]>`${toldOf} WHERE a.id = ${id}::uuid`
  return of
}
