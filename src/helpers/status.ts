import type { AppointmentStatus } from '../generated/enums.ts'

export interface Tag {
  key: string
  tone: 'brand' | 'amber' | 'red' | 'blue' | 'quiet'
  icon: string
}

const tag = (tone: Tag['tone'], icon: string) => ({ tone, icon })

const looks: Record<AppointmentStatus, Omit<Tag, 'key'>> = {
  HELD: tag('amber', 'hourglass-split'),
  BOOKED: tag('brand', 'calendar-check'),
  CONFIRMED: tag('brand', 'check-lg'),
  CHECKED_IN: tag('blue', 'person-check'),
  COMPLETED: tag('quiet', 'check-all'),
  EXPIRED: tag('quiet', 'hourglass'),
  CANCELLED: tag('quiet', 'x-lg'),
  REJECTED: tag('red', 'slash-circle'),
  NO_SHOW: tag('red', 'person-x')
}

/** Nothing more happens to it. */
export const isOver = (status: AppointmentStatus) => isVoid(status) || status === 'COMPLETED' || status === 'NO_SHOW'

/** It was called off, or never became a booking. */
export const isVoid = (status: AppointmentStatus) =>
  status === 'CANCELLED' || status === 'REJECTED' || status === 'EXPIRED'

/** One status, one word, one shape, one tone, wherever it is shown. */
export const statusTag = (status: AppointmentStatus): Tag => ({ key: `common:status.${status}`, ...looks[status] })
