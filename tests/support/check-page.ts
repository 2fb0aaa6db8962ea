import { paths } from '../../src/paths.ts'
import type { Person } from './person.ts'

const { appointments, holds } = paths.booking

/** The id in an address. */
export const idIn = (path = '') => path.split(/[/?]/).find(piece => piece.length === 36) ?? ''

/** Holds a time and comes to the page that books it; `form` is what it sends as it stands, with no way to pay chosen. */
export async function comesToCheck(person: Person, timeslotId: string) {
  const held = await person.submits(holds.index(), { timeslotId, reason: 'A rash' })
  const page = await person.opens(holds.show(idIn(held.location)))
  const hidden = page.$(`form[action="${appointments.index()}"] input[type=hidden]`).serializeArray()
  return { page, form: Object.fromEntries(hidden.map(({ name, value }) => [name, value])) }
}

/** The same, and sends it. */
export async function booksPaying(person: Person, timeslotId: string, paymentMethod: string) {
  const { form } = await comesToCheck(person, timeslotId)
  return person.submits(appointments.index(), { ...form, paymentMethod })
}
