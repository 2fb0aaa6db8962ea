import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { inDays } from '../browser/support/days.ts'
import { signedIn } from './person.ts'
import { addSlots, addUser, hireDoctor, openClinic, registerPatient } from './world.ts'

/** A day as `YYYY-MM-DD`, so many days from today in Bristol. */
export const day = (days: number) => inDays(days, 'Europe/London')

let count = 0

/**
 * Dr Meera Kulkarni at Riverside and Clifton with five times in three days (09:00 to 10:20) and three the day after,
 * the front desks of both clinics, and patients.
 */
export async function leave(app: { url: string }) {
  const city = `Bristol ${++count}`
  const riverside = await openClinic({ name: 'Riverside Clinic', city })
  const clifton = await openClinic({ name: 'Clifton Family Practice', city })
  const doctor = await hireDoctor([riverside.id, clifton.id], { name: 'Dr Meera Kulkarni' })
  const [first, next] = [await addSlots(doctor.id, riverside, 5, 3), await addSlots(doctor.id, riverside, 3, 4)]
  const deskOf = async (clinicId: string) => {
    const user = await addUser('STAFF')
    await db.staffClinic.create({ data: { userId: user.id, clinicId } })
    return signedIn(app, user)
  }
  const ada = await signedIn(app, await registerPatient({ name: 'Ada Obi', phone: '+44 7700 900111' }))
  const ben = await signedIn(app, await registerPatient({ name: 'Ben Okri' }))
  const books = async (person: typeof ada, slot?: { id: string }) => {
    const wish = { doctorId: doctor.id, timeslotId: slot?.id }
    const { status, body } = await person.sends('post', paths.booking.appointments.index(), wish)
    if (status !== 201) throw new Error(body.detail)
    return body.appointment.id as string
  }
  return {
    ...{ riverside, clifton, doctor, first, next, ada, ben, books },
    meera: await signedIn(app, doctor.user),
    staff: await deskOf(riverside.id),
    otherStaff: await deskOf(clifton.id),
    standing: (id: string) => db.appointment.findUniqueOrThrow({ where: { id } })
  }
}

export type Leave = Awaited<ReturnType<typeof leave>>

/** Time off of whole days, as it is typed. */
export const days = (from: number, to = from, said: object = {}) => ({
  kind: 'days',
  from: day(from),
  to: day(to),
  ...said
})
