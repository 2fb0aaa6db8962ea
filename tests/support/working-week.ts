import { Temporal } from 'temporal-polyfill'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { signedIn } from './person.ts'
import { addUser, hireDoctor, openClinic, registerPatient } from './world.ts'

/** A weekday in three days' time: within a booking window of 13 days it comes twice. */
const today = Temporal.Now.plainDateISO('Europe/London')
export const [first, second] = [today.add({ days: 3 }), today.add({ days: 10 })]
export const weekday = first.dayOfWeek
export const weekdays = `${first.toLocaleString('en-GB', { weekday: 'long', calendar: 'iso8601' })}s`

export const { workingHours: hours } = paths.doctor

let count = 0

/** A doctor at Riverside and Clifton without hours yet, Riverside's front desk, and a patient. */
export async function workingWeek(app: { url: string }) {
  const town = { city: `Bristol ${++count}`, bookingWindowDays: 13 }
  const riverside = await openClinic({ name: 'Riverside Clinic', ...town })
  const clifton = await openClinic({ name: 'Clifton Family Practice', ...town })
  const room = await db.room.create({ data: { clinicId: riverside.id, name: 'Room 2' } })
  const doctor = await hireDoctor([riverside.id, clifton.id], { name: 'Dr Meera Kulkarni' })
  const joan = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: joan.id, clinicId: riverside.id } })
  const [meera, staff] = [await signedIn(app, doctor.user), await signedIn(app, joan)]
  const ada = await signedIn(app, await registerPatient({ name: 'Ada Obi' }))

  /** 12 times a day: six before the break, six after it. */
  const typed = (said: object = {}) => ({
    ...{ clinicId: riverside.id, weekdays: weekday, startTime: '09:00', endTime: '13:30' },
    ...{ breakStart: '11:00', breakEnd: '11:30', slotMinutes: '20', roomId: room.id, ...said }
  })
  /** The same without a break and a room: six times at 20 minutes from 14:00. */
  const afternoon = (said: object = {}) =>
    typed({ startTime: '14:00', endTime: '16:00', breakStart: '', breakEnd: '', roomId: '', ...said })

  return {
    ...{ riverside, clifton, room, doctor, meera, staff, ada, typed, afternoon },
    adds: async (wish: object = typed()) => (await meera.sends('post', hours.index(), { ...wish })).body,
    saves: async (id: string, wish: object) => (await meera.sends('post', hours.show(id), { ...wish })).body,
    slots: () => db.timeSlot.findMany({ where: { doctorId: doctor.id }, orderBy: { startsAt: 'asc' } }),
    async slotAt(day: Temporal.PlainDate, time: string) {
      return db.timeSlot.findFirstOrThrow({
        where: { doctorId: doctor.id, startsAt: london(day, time), withdrawnAt: null }
      })
    },
    async books(timeslotId: string) {
      const wish = { doctorId: doctor.id, timeslotId }
      return (await ada.sends('post', paths.booking.appointments.index(), wish)).body.appointment.id as string
    }
  }
}

export type WorkingWeek = Awaited<ReturnType<typeof workingWeek>>

export const london = (day: Temporal.PlainDate, time: string) =>
  new Date(day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: time }).epochMilliseconds)
