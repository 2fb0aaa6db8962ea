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
    sessions: {
      index: () => '/auth/sessions',
      removal: (id: string) => `/auth/sessions/${id}/removal`
    }
  },
  booking: {
    clinics: {
      index: () => '/booking/clinics',
      doctors: (clinicId: string, query: { page?: number } = {}) =>
        withQuery(`/booking/clinics/${clinicId}/doctors`, query)
    },
    doctors: {
      index: (query: DoctorSearch = {}) => withQuery('/booking/doctors', query),
      show: (id: string, query: Times = {}) => withQuery(`/booking/doctors/${id}`, query),
      timeslots: (id: string, query: Times = {}) => withQuery(`/booking/doctors/${id}/timeslots`, query)
    },
    patients: {
      index: () => '/booking/patients',
      add: (query: { hold?: string } = {}) => withQuery('/booking/patients/new', query),
      edit: (id: string) => `/booking/patients/${id}/edit`,
      show: (id: string) => `/booking/patients/${id}`,
      removal: (id: string) => `/booking/patients/${id}/removal`
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
    }
  },
  doctor: {
    schedule: { index: (query: { date?: string } = {}) => withQuery('/doctor/schedule', query) },
    appointments: {
      show: (id: string) => `/doctor/appointments/${id}`,
      confirmation: (id: string) => `/doctor/appointments/${id}/confirmation`,
      arrival: (id: string) => `/doctor/appointments/${id}/arrival`,
      completion: (id: string) => `/doctor/appointments/${id}/completion`,
      noShow: (id: string) => `/doctor/appointments/${id}/no-show`,
      cancellation: (id: string) => `/doctor/appointments/${id}/cancellation`
    },
    timeslots: {
      index: (query: AddedTimes = {}) => withQuery('/doctor/timeslots', query),
      add: (query: { date?: string } = {}) => withQuery('/doctor/timeslots/new', query),
      block: (id: string) => `/doctor/timeslots/${id}/block`,
      opening: (id: string) => `/doctor/timeslots/${id}/opening`,
      removal: (id: string) => `/doctor/timeslots/${id}/removal`
    }
  },
  admin: {
    index: () => '/admin',
    login: (query: { next?: string } = {}) => withQuery('/admin/login', query),
    register: (query: { next?: string } = {}) => withQuery('/admin/register', query),
    clinics: resource('clinics'),
    doctors: { ...resource('doctors'), invitation: (id: string) => `/admin/doctors/${id}/invitation` },
    users: { ...resource('users'), invitation: (id: string) => `/admin/users/${id}/invitation` },
    appointments: {
      index: (query: Record<string, string | number | undefined> = {}) => withQuery('/admin/appointments', query),
      show: (id: string) => `/admin/appointments/${id}`,
      cancellation: (id: string) => `/admin/appointments/${id}/cancellation`
    }
  },
  health: { live: () => '/health/live', ready: () => '/health/ready' },
  dev: { components: () => '/dev/components' }
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

/** A week of a doctor's times, and what has just been added to it. */
export interface AddedTimes {
  date?: string
  created?: number
  skipped?: number
  overlap?: number
  past?: number
  noSuchTime?: number
}

function resource(name: string) {
  return {
    index: (query: Record<string, string | number | undefined> = {}) => withQuery(`/admin/${name}`, query),
    add: () => `/admin/${name}/new`,
    show: (id: string) => `/admin/${name}/${id}`,
    edit: (id: string) => `/admin/${name}/${id}/edit`,
    deactivation: (id: string) => `/admin/${name}/${id}/deactivation`,
    activation: (id: string) => `/admin/${name}/${id}/activation`
  }
}

function withQuery(path: string, query: object) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))
  return given.length ? `${path}?${search}` : path
}
