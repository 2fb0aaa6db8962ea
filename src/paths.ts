/** Every URL of the product. Nothing else spells one out. */
export const paths = {
  home: () => '/',
  auth: {
    register: (query: { invitation?: string; next?: string } = {}) => withQuery('/auth/register', query),
    login: (query: { next?: string } = {}) => withQuery('/auth/login', query),
    logout: () => '/auth/logout',
    session: () => '/auth/session',
    account: () => '/auth/account',
    password: () => '/auth/account/password',
    reset: (query: { code?: string } = {}) => withQuery('/auth/reset', query),
    forgotten: (query: { door?: 'team'; sent?: 'yes' } = {}) => withQuery('/auth/forgotten', query),
    confirmation: (query: { code?: string } = {}) => withQuery('/auth/confirmation', query),
    /** To be mailed the link once more. */
    confirmationRequest: () => '/auth/account/confirmation',
    email: (query: { sent?: 'yes' } = {}) => withQuery('/auth/account/email', query),
    /** What one wants to be sent. */
    messages: () => '/auth/account/messages',
    calendar: () => '/auth/account/calendar',
    calendarRenewal: () => '/auth/account/calendar/renewal',
    calendarRemoval: () => '/auth/account/calendar/removal',
    sessions: {
      index: () => '/auth/sessions',
      removal: (id: string) => `/auth/sessions/${id}/removal`
    }
  },
  booking: {
    symptoms: (query: { symptomIds?: string[]; find?: 'yes' } = {}) => withQuery('/booking/symptoms', query),
    clinics: {
      index: () => '/booking/clinics',
      doctors: (clinicId: string, query: { page?: number } = {}) =>
        withQuery(`/booking/clinics/${clinicId}/doctors`, query)
    },
    doctors: {
      index: (query: DoctorSearch = {}) => withQuery('/booking/doctors', query),
      show: (id: string, query: Times = {}) => withQuery(`/booking/doctors/${id}`, query),
      timeslots: (id: string, query: Times = {}) => withQuery(`/booking/doctors/${id}/timeslots`, query),
      live: (id: string) => `/booking/doctors/${id}/live`,
      photo: (id: string, hash: string) => withQuery(`/booking/doctors/${id}/photo`, { v: hash })
    },
    patients: {
      index: () => '/booking/patients',
      add: (query: { hold?: string } = {}) => withQuery('/booking/patients/new', query),
      edit: (id: string) => `/booking/patients/${id}/edit`,
      show: (id: string) => `/booking/patients/${id}`,
      removal: (id: string) => `/booking/patients/${id}/removal`,
      looks: (id: string, query: Query = {}) => withQuery(`/booking/patients/${id}/looks`, query)
    },
    holds: {
      index: (query: { doctorId?: string; date?: string } = {}) => withQuery('/booking/holds', query),
      add: (query: { timeslotId?: string } = {}) => withQuery('/booking/holds/new', query),
      show: (id: string) => `/booking/holds/${id}`,
      edit: (id: string) => `/booking/holds/${id}/edit`,
      release: (id: string) => `/booking/holds/${id}/release`
    },
    appointments: {
      index: () => '/booking/appointments',
      show: (id: string) => `/booking/appointments/${id}`,
      reschedule: (id: string, query: Times = {}) => withQuery(`/booking/appointments/${id}/reschedule`, query),
      cancellation: (id: string) => `/booking/appointments/${id}/cancellation`,
      calendar: (id: string) => `/booking/appointments/${id}/calendar.ics`
    },
    payments: {
      index: () => '/booking/payments',
      /** `look` counts how often the page looked again by itself. */
      show: (id: string, query: { look?: number } = {}) => withQuery(`/booking/payments/${id}`, query),
      receipt: (id: string) => `/booking/payments/${id}/receipt.pdf`,
      /** Where the gateway sends somebody back to; `left` when they turned back there without paying. */
      return: (id: string, query: { left?: 'yes'; look?: number } = {}) =>
        withQuery(`/booking/payments/${id}/return`, query),
      abandonment: (id: string) => `/booking/payments/${id}/abandonment`
    },
    prescriptions: prescriptions('/booking')
  },
  doctor: {
    schedule: { index: (query: { date?: string } = {}) => withQuery('/doctor/schedule', query) },
    week: (query: { date?: string; view?: 'calendar' } = {}) => withQuery('/doctor/week', query),
    appointments: {
      show: (id: string) => `/doctor/appointments/${id}`,
      reschedule: (id: string, query: Move = {}) => withQuery(`/doctor/appointments/${id}/reschedule`, query),
      notes: (id: string) => `/doctor/appointments/${id}/notes`,
      prescriptions: (id: string) => `/doctor/appointments/${id}/prescriptions`,
      ...steps('/doctor'),
      cancellation: (id: string, query: Back = {}) => withQuery(`/doctor/appointments/${id}/cancellation`, query)
    },
    profile: () => '/doctor/profile',
    photo: () => '/doctor/profile/photo',
    photoRemoval: () => '/doctor/profile/photo/removal',
    patients: {
      show: (id: string) => `/doctor/patients/${id}`,
      history: (id: string) => `/doctor/patients/${id}/history`,
      allergies: (id: string) => `/doctor/patients/${id}/allergies`
    },
    notes: { sharing: (id: string) => `/doctor/notes/${id}/sharing` },
    prescriptions: { ...prescriptions('/doctor'), sharing: (id: string) => `/doctor/prescriptions/${id}/sharing` },
    ...team('/doctor')
  },
  admin: {
    index: () => '/admin',
    login: (query: { next?: string } = {}) => withQuery('/admin/login', query),
    register: (query: { next?: string } = {}) => withQuery('/admin/register', query),
    manage: () => '/admin/manage',
    timetable: ({ slot, ...query }: TimetableQuery & { slot?: string } = {}) =>
      withQuery('/admin/timetable', query) + (slot ? `#slot-${slot}` : ''),
    clinics: resource('clinics'),
    rooms: resource('rooms'),
    specializations: resource('specializations'),
    symptoms: resource('symptoms'),
    doctors: { ...resource('doctors'), invitation: (id: string) => `/admin/doctors/${id}/invitation` },
    patients: { ...resource('patients'), erasure: (id: string) => `/admin/patients/${id}/erasure` },
    users: {
      ...resource('users'),
      invitation: (id: string) => `/admin/users/${id}/invitation`,
      reset: (id: string) => `/admin/users/${id}/reset`,
      sessions: (id: string) => `/admin/users/${id}/sessions/removal`,
      erasure: (id: string) => `/admin/users/${id}/erasure`
    },
    audit: {
      index: (query: Query = {}) => withQuery('/admin/audit', query),
      csv: csvOf('audit'),
      show: (id: string) => `/admin/audit/${id}`
    },
    analytics: {
      show: (query: Query = {}) => withQuery('/admin/analytics', query),
      csv: csvOf('analytics'),
      pdf: (query: Query = {}) => withQuery('/admin/analytics/analytics.pdf', query)
    },
    settings: () => '/admin/settings',
    payments: {
      index: (query: Query = {}) => withQuery('/admin/payments', query),
      csv: csvOf('payments'),
      show: (id: string) => `/admin/payments/${id}`,
      receipt: (id: string) => `/admin/payments/${id}/receipt.pdf`,
      collection: (id: string, query: MoneyBack = {}) => withQuery(`/admin/payments/${id}/collection`, query),
      collectionRemoval: (id: string, query: MoneyBack = {}) =>
        withQuery(`/admin/payments/${id}/collection/removal`, query),
      refund: (id: string, query: MoneyBack = {}) => withQuery(`/admin/payments/${id}/refund`, query),
      waiver: (id: string, query: MoneyBack = {}) => withQuery(`/admin/payments/${id}/waiver`, query),
      /** The page that somebody came from to see to a payment for a visit: by default the payment's own. */
      back: (from: MoneyBack['from'], { id, clinic }: Pick<Visit, 'id' | 'clinic'>, visit: Visit) => {
        if (!from) return paths.admin.payments.show(id)
        if (from === 'takings') return takingsOf({ ...visit, clinic })
        return paths.admin.appointments.back(from === 'visit' ? undefined : from, visit)
      }
    },
    messages: {
      index: (query: Query = {}) => withQuery('/admin/messages', query),
      csv: csvOf('messages'),
      show: (id: string) => `/admin/messages/${id}`,
      resending: (id: string) => `/admin/messages/${id}/resending`,
      /** That somebody was told in another way. */
      settlement: (id: string) => `/admin/messages/${id}/settlement`
    },
    unreached: (query: { page?: number } = {}) => withQuery('/admin/unreached', query),
    takings: {
      show: (query: { clinicId?: string; date?: string } = {}) => withQuery('/admin/takings', query),
      csv: (query: { clinicId?: string; date?: string } = {}) => withQuery('/admin/takings/takings.csv', query)
    },
    appointments: {
      index: (query: Query = {}) => withQuery('/admin/appointments', query),
      csv: csvOf('appointments'),
      add: (query: PhoneBooking = {}) => withQuery('/admin/appointments/new', query),
      booked: (id: string) => `/admin/appointments/${id}/booked`,
      overbooking: (query: PhoneBooking = {}) => withQuery('/admin/appointments/overbooking', query),
      reassignment: (id: string, query: Move & { doctorId?: string } = {}) =>
        withQuery(`/admin/appointments/${id}/reassignment`, query),
      ...steps('/admin'),
      /** The page that somebody came from to see to a visit, as the visit stood then: by default its own. */
      back: (from: Back['from'], { id, clinic, doctor, startsAt, timeslotId: slot }: Visit) => {
        const date = startsAt.slice(0, 10)
        if (from === 'today') return paths.admin.index()
        if (from === 'conflicts') return paths.admin.conflicts()
        if (from === 'timetable') return paths.admin.timetable({ clinicId: clinic.id, date, slot })
        if (from === 'week') return paths.admin.timetable({ doctorId: doctor.id, date, slot })
        return paths.admin.appointments.show(id)
      },
      show: (id: string) => `/admin/appointments/${id}`,
      reschedule: (id: string, query: Move = {}) => withQuery(`/admin/appointments/${id}/reschedule`, query),
      room: (id: string) => `/admin/appointments/${id}/room`,
      cancellation: (id: string, query: Back = {}) => withQuery(`/admin/appointments/${id}/cancellation`, query)
    },
    closures: {
      index: (query: Query = {}) => withQuery('/admin/closures', query),
      csv: csvOf('closures'),
      add: (query: { clinicId?: string } = {}) => withQuery('/admin/closures/new', query),
      preview: () => '/admin/closures/preview',
      import: (query: { clinicId?: string } = {}) => withQuery('/admin/closures/import', query),
      removal: (id: string) => `/admin/closures/${id}/removal`
    },
    roomUsage: (query: { clinicId?: string; date?: string } = {}) => withQuery('/admin/room-usage', query),
    offers: (query: Offer = {}) => withQuery('/admin/offers', query),
    ...team('/admin')
  },
  /** What gateways tell us. */
  callbacks: { test: () => '/callbacks/test', stripe: () => '/callbacks/stripe' },
  /** The pages and the interface of the built-in gateway, which plays another company's server. */
  testGateway: {
    checkout: (id: string) => `/test-gateway/checkouts/${id}`,
    decision: (id: string) => `/test-gateway/checkouts/${id}/decision`,
    api: {
      checkouts: () => '/test-gateway/api/checkouts',
      checkout: (id: string) => `/test-gateway/api/checkouts/${id}`,
      closing: (id: string) => `/test-gateway/api/checkouts/${id}/closing`,
      refund: (id: string) => `/test-gateway/api/checkouts/${id}/refund`
    }
  },
  /** What somebody sees when they come to the site. */
  notices: {
    index: (query: { page?: number } = {}) => withQuery('/notices', query),
    readings: () => '/notices/readings',
    reading: (id: string) => `/notices/${id}/reading`
  },
  /** One appointment, to whoever holds the link that was mailed about it. */
  visits: {
    show: (token: string) => `/visits/${token}`,
    cancellation: (token: string) => `/visits/${token}/cancellation`,
    /** Where somebody is afterwards: the link is good for nothing then. */
    cancelled: (query: { of?: string } = {}) => withQuery('/visits/cancelled', query),
    reschedule: (token: string, query: Times = {}) => withQuery(`/visits/${token}/reschedule`, query)
  },
  /** No more reminders, to whoever holds the link in one. */
  unsubscriptions: (token: string) => `/unsubscriptions/${token}`,
  /** A calendar of one's own appointments, for calendar programs. */
  calendars: (token: string) => `/calendars/${token}/appointments.ics`,
  live: () => '/live',
  health: { live: () => '/health/live', ready: () => '/health/ready' },
  dev: {
    components: () => '/dev/components',
    mail: {
      index: () => '/dev/mail',
      show: (id: string) => `/dev/mail/${id}`,
      html: (id: string) => `/dev/mail/${id}/html`
    }
  }
}

/** What a list is narrowed to and how it is ordered, as it stands in the address. */
export type Query = Record<string, string | number | undefined>

/** A clinic's day with all its doctors, or a doctor's week. */
export interface TimetableQuery {
  clinicId?: string
  doctorId?: string
  date?: string
}

/** Somebody on the phone: who, with whom, where and when, as far as that is known. */
export interface PhoneBooking extends Times {
  patientId?: string
  q?: string
  specializationId?: string
  doctorId?: string
  part?: string
  time?: string
}

export interface DoctorSearch {
  q?: string
  place?: string
  language?: string
  date?: string
  page?: number
}

export interface Times {
  date?: string
  clinicId?: string
  timeslotId?: string
  chosen?: 'yes'
}

/**
 * The page to come back to: the overview, the worklist, or the timetable of the clinic's day or of the doctor's week.
 */
export interface Back {
  from?: 'today' | 'conflicts' | 'timetable' | 'week'
}

/** The same for money: the visit's page or the day's takings, too. */
export interface MoneyBack {
  from?: Back['from'] | 'visit' | 'takings'
}

interface Visit {
  id: string
  clinic: { id: string }
  doctor: { id: string }
  startsAt: string
  timeslotId: string
}

/** A time to move to, and the page to come back to. */
export interface Move extends Times, Back {}

/** Whose time off, and when; hours that are blocked from a timetable come back to it. */
export interface AddedTimeOff extends TimetableQuery {
  kind?: 'now' | 'hours'
  startTime?: string
  endTime?: string
  on?: 'timetable' | 'week'
}

/** The time that somebody wonders about. */
export interface Offer {
  doctorId?: string
  clinicId?: string
  date?: string
  time?: string
  reference?: string
}

/** A week of a doctor's times, and what has just been added to it. */
export interface AddedTimes {
  doctorId?: string
  date?: string
  created?: number
  skipped?: number
  overlap?: number
  past?: number
  away?: number
  noSuchTime?: number
}

/** Whose hours, and what has just been done to them. */
export interface SavedHours {
  doctorId?: string
  done?: 'added' | 'changed' | 'removed'
  added?: number
  removed?: number
  unfit?: number
  fit?: number
}

function resource(name: string) {
  return {
    index: (query: Query = {}) => withQuery(`/admin/${name}`, query),
    csv: csvOf(name),
    add: (query: Query = {}) => withQuery(`/admin/${name}/new`, query),
    show: (id: string) => `/admin/${name}/${id}`,
    edit: (id: string) => `/admin/${name}/${id}/edit`,
    deactivation: (id: string) => `/admin/${name}/${id}/deactivation`,
    activation: (id: string) => `/admin/${name}/${id}/activation`,
    removal: (id: string) => `/admin/${name}/${id}/removal`
  }
}

const takingsOf = ({ clinic, startsAt }: Visit) =>
  paths.admin.takings.show({ clinicId: clinic.id, date: startsAt.slice(0, 10) })

function csvOf(name: string) {
  return (query: Query = {}) => withQuery(`/admin/${name}/${name}.csv`, query)
}

/** What becomes of a visit on its day. */
function steps(door: '/doctor' | '/admin') {
  const step =
    (name: string) =>
    (id: string, query: Back = {}) =>
      withQuery(`${door}/appointments/${id}/${name}`, query)
  return {
    confirmation: step('confirmation'),
    rejection: step('rejection'),
    arrival: step('arrival'),
    arrivalRemoval: step('arrival/removal'),
    completion: step('completion'),
    noShow: step('no-show')
  }
}

/** What doctors do for themselves and the front desk for them, each behind their own door. */
function team(door: '/doctor' | '/admin') {
  const own =
    (path: string) =>
    (query: { doctorId?: string; page?: number; moved?: string } = {}) =>
      withQuery(`${door}/${path}`, query)
  return {
    workingHours: {
      index: (query: SavedHours = {}) => withQuery(`${door}/working-hours`, query),
      add: own('working-hours/new'),
      preview: () => `${door}/working-hours/preview`,
      show: (id: string) => `${door}/working-hours/${id}`,
      edit: (id: string) => `${door}/working-hours/${id}/edit`,
      removal: (id: string) => `${door}/working-hours/${id}/removal`
    },
    timeOff: {
      index: own('time-off'),
      add: (query: AddedTimeOff = {}) => withQuery(`${door}/time-off/new`, query),
      preview: () => `${door}/time-off/preview`,
      removal: (id: string) => `${door}/time-off/${id}/removal`
    },
    timeslots: {
      index: (query: AddedTimes = {}) => withQuery(`${door}/timeslots`, query),
      csv: (query: { doctorId?: string; date?: string } = {}) => withQuery(`${door}/timeslots/timeslots.csv`, query),
      add: (query: { doctorId?: string; date?: string } = {}) => withQuery(`${door}/timeslots/new`, query),
      block: (id: string) => `${door}/timeslots/${id}/block`,
      opening: (id: string) => `${door}/timeslots/${id}/opening`,
      removal: (id: string) => `${door}/timeslots/${id}/removal`
    },
    conflicts: own('conflicts'),
    /** The free times beside a visit on the worklist, sent to the patient. */
    proposal: (id: string, query: { doctorId?: string; page?: number } = {}) =>
      withQuery(`${door}/appointments/${id}/proposal`, query)
  }
}

function prescriptions(door: '/booking' | '/doctor') {
  return {
    show: (id: string) => `${door}/prescriptions/${id}`,
    pdf: (id: string) => `${door}/prescriptions/${id}/prescription.pdf`
  }
}

function withQuery(path: string, query: object) {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map(each => [name, each] as const))
  const given = pairs.filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))
  return given.length ? `${path}?${search}` : path
}
