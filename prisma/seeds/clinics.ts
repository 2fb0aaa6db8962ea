import type { Region } from './people.ts'

export interface ClinicStory {
  key: string
  region: Region
  name: string
  address: string
  city: string
  postcode: string
  country: string
  phone: string
  timeZone: string
  currency: string
  /** What a general practitioner asks, in minor units, and what fees are rounded to. */
  fee: number
  feeStep: number
  minimumNoticeMinutes: number
  cancellationNoticeMinutes: number
  rooms: string[]
}

const rooms = (names: string) => names.split(', ')

/** Numbers are from ranges kept for fiction or, where a country keeps none, such as no exchange can dial. */
export const clinics: readonly ClinicStory[] = [
  {
    ...{ key: 'harbourside', region: 'uk', name: 'Harbourside Clinic', city: 'Bristol', country: 'GB' },
    ...{ address: '14 Narrow Quay', postcode: 'BS1 4QA', phone: '+44 117 496 0120' },
    ...{ timeZone: 'Europe/London', currency: 'GBP', fee: 6000, feeStep: 500 },
    ...{ minimumNoticeMinutes: 60, cancellationNoticeMinutes: 720 },
    rooms: rooms('Room 1, Room 2, Room 3, Room 4, Room 5, Room 6, Room 7, Treatment room')
  },
  {
    ...{ key: 'clifton', region: 'uk', name: 'Clifton Family Practice', city: 'Bristol', country: 'GB' },
    ...{ address: '52 Whiteladies Road', postcode: 'BS8 2NH', phone: '+44 117 496 0185' },
    ...{ timeZone: 'Europe/London', currency: 'GBP', fee: 5500, feeStep: 500 },
    ...{ minimumNoticeMinutes: 120, cancellationNoticeMinutes: 1440 },
    rooms: rooms('Room A, Room B, Room C, Room D, Room E, Room F')
  },
  {
    ...{ key: 'pune', region: 'in', name: 'Deccan Health Centre', city: 'Pune', country: 'IN' },
    ...{ address: '221 Fergusson College Road, Shivajinagar', postcode: '411005', phone: '+91 20 1555 0142' },
    ...{ timeZone: 'Asia/Kolkata', currency: 'INR', fee: 80000, feeStep: 5000 },
    ...{ minimumNoticeMinutes: 30, cancellationNoticeMinutes: 240 },
    rooms: rooms('Room 101, Room 102, Room 103, Room 104, Room 201, Room 202, Room 203')
  },
  {
    ...{ key: 'sydney', region: 'au', name: 'Surry Hills Medical', city: 'Sydney', country: 'AU' },
    ...{ address: '308 Crown Street, Surry Hills', postcode: '2010', phone: '+61 2 5550 0167' },
    ...{ timeZone: 'Australia/Sydney', currency: 'AUD', fee: 11000, feeStep: 500 },
    ...{ minimumNoticeMinutes: 60, cancellationNoticeMinutes: 1440 },
    rooms: rooms('Banksia, Wattle, Waratah, Grevillea, Correa, Boronia, Acacia')
  },
  {
    ...{ key: 'sao-paulo', region: 'br', name: 'Clínica Jardim Aurora', city: 'São Paulo', country: 'BR' },
    ...{ address: 'Rua Oscar Freire, 1480', postcode: '05409-010', phone: '+55 11 1555 0133' },
    ...{ timeZone: 'America/Sao_Paulo', currency: 'BRL', fee: 28000, feeStep: 1000 },
    ...{ minimumNoticeMinutes: 90, cancellationNoticeMinutes: 1440 },
    rooms: rooms('Sala 1, Sala 2, Sala 3, Sala 4, Sala 5, Sala 6')
  },
  {
    ...{ key: 'new-york', region: 'us', name: 'Chelsea Doctors', city: 'New York', country: 'US' },
    ...{ address: '245 West 23rd Street, 3rd floor', postcode: '10011', phone: '+1 212 555 0156' },
    ...{ timeZone: 'America/New_York', currency: 'USD', fee: 14000, feeStep: 500 },
    ...{ minimumNoticeMinutes: 120, cancellationNoticeMinutes: 1440 },
    rooms: rooms('Suite 1, Suite 2, Suite 3, Suite 4, Suite 5, Suite 6, Suite 7')
  },
  {
    ...{ key: 'lagos', region: 'ng', name: 'Marina Specialist Clinic', city: 'Lagos', country: 'NG' },
    ...{ address: '37 Broad Street, Lagos Island', postcode: '102273', phone: '+234 201 155 0178' },
    ...{ timeZone: 'Africa/Lagos', currency: 'NGN', fee: 1500000, feeStep: 50000 },
    ...{ minimumNoticeMinutes: 60, cancellationNoticeMinutes: 480 },
    rooms: rooms('Consulting 1, Consulting 2, Consulting 3, Consulting 4, Consulting 5')
  }
]
