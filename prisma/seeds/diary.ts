import { bookFor } from './book-for.ts'
import type { Chance } from './chance.ts'
import type { Person } from './patients.ts'
import type { Slot } from './publish-slots.ts'
import { DAY, type World } from './world.ts'

const MOST_OPEN = 3

/** Books a share of a day, so that `share` of its times are taken in the end. */
export function fillDay(world: World, slots: Slot[], share: number, people: Person[]) {
  const [first] = slots
  if (!first) return

  const draw = world.chance(`day/${first.id}`)
  const free = slots.filter(slot => slot.isFree)
  const wanted = Math.round(slots.length * share) - (slots.length - free.length)
  for (const slot of draw.shuffled(free).slice(0, Math.max(0, wanted))) {
    const person = someoneFor(world, draw, slot, people)
    if (!person) continue

    bookFor(world, person, slot)
    if (draw.often(0.17)) bookInVain(world, draw, slot, people)
  }
}

/** A booking of the same time that came to nothing before. */
function bookInVain(world: World, draw: Chance, slot: Slot, people: Person[]) {
  const person = someoneFor(world, draw, slot, people)
  if (person)
    bookFor(world, person, slot, { status: draw.pick(['CANCELLED', 'CANCELLED', 'CANCELLED', 'EXPIRED', 'REJECTED']) })
}

/** Somebody this doctor sees who has no other visit within a day and not too many to come. */
export function someoneFor(world: World, draw: Chance, slot: Slot, people: Person[]) {
  const { visitors } = slot.doctor.field
  const suits = (person: Person) =>
    (slot.startsAt < world.now || person.open < MOST_OPEN) &&
    (visitors === 'everyone' || (visitors === 'children') === person.age < 16) &&
    (visitors !== 'women' || person.sex === 'female') &&
    person.visits.every(visit => Math.abs(visit - slot.startsAt) >= DAY)
  for (let tries = 0; tries < 12; tries++) {
    const person = draw.pick(people)
    if (suits(person)) return person
  }
  return people.find(suits)
}
