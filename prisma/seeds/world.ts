import type { Temporal } from 'temporal-polyfill'
import type { Prisma } from '../../src/generated/client.ts'
import { type Chance, chance } from './chance.ts'

export const DAY = 86_400_000
export const MINUTE = 60_000

/** What the stories tell, before the database hears of it. Written in this order. */
export interface Rows {
  specializations: Prisma.SpecializationCreateManyInput[]
  symptoms: Prisma.SymptomCreateManyInput[]
  symptomSpecializations: Prisma.SymptomSpecializationCreateManyInput[]
  clinics: Prisma.ClinicCreateManyInput[]
  rooms: Prisma.RoomCreateManyInput[]
  closures: Prisma.ClosureCreateManyInput[]
  users: Prisma.UserCreateManyInput[]
  staffClinics: Prisma.StaffClinicCreateManyInput[]
  patients: Prisma.PatientCreateManyInput[]
  historyEntries: Prisma.HistoryEntryCreateManyInput[]
  doctors: Prisma.DoctorCreateManyInput[]
  doctorClinics: Prisma.DoctorClinicCreateManyInput[]
  workingHours: Prisma.WorkingHoursCreateManyInput[]
  breaks: Prisma.BreakCreateManyInput[]
  timeOff: Prisma.TimeOffCreateManyInput[]
  timeSlots: Prisma.TimeSlotCreateManyInput[]
  appointments: Prisma.AppointmentCreateManyInput[]
  payments: Prisma.PaymentUncheckedCreateInput[]
  testCheckouts: Prisma.TestCheckoutCreateManyInput[]
  visitNotes: Prisma.VisitNoteCreateManyInput[]
  prescriptions: Prisma.PrescriptionCreateManyInput[]
  prescriptionItems: Prisma.PrescriptionItemCreateManyInput[]
  auditEvents: Prisma.AuditEventCreateManyInput[]
  notifications: Prisma.NotificationCreateManyInput[]
}

export interface World {
  now: number
  /** Midnight (UTC) of the day the demo is told on: what doesn't depend on the hour is the same all day. */
  today: number
  passwordHash: string
  rows: Rows
  references: Set<string>
  mailboxes: Set<string>
  /** Draws of one topic don't disturb those of another. */
  chance(topic: string): Chance
}

export function newWorld(now: Temporal.Instant, seed: number, passwordHash: string): World {
  return {
    now: now.epochMilliseconds,
    today: Math.floor(now.epochMilliseconds / DAY) * DAY,
    passwordHash,
    rows: {
      ...{ specializations: [], symptoms: [], symptomSpecializations: [], clinics: [], rooms: [], closures: [] },
      ...{
        users: [],
        staffClinics: [],
        patients: [],
        historyEntries: [],
        doctors: [],
        doctorClinics: [],
        workingHours: [],
        breaks: []
      },
      ...{
        timeOff: [],
        timeSlots: [],
        appointments: [],
        payments: [],
        testCheckouts: [],
        visitNotes: [],
        prescriptions: []
      },
      ...{ prescriptionItems: [], auditEvents: [], notifications: [] }
    },
    references: new Set(),
    mailboxes: new Set(),
    chance: topic => chance(`${seed}/${topic}`)
  }
}

export const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString()
