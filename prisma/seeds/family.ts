import { bookFor } from './book-for.ts'
import type { Doctor } from './hire-doctor.ts'
import { lookAfter, registerPatient } from './patients.ts'
import { slotNear } from './publish-slots.ts'
import type { World } from './world.ts'

/** The family that can be signed in as: Amira, her son Yusuf and her father Karim. */
export function amiraAndHerFamily(world: World, doctors: Doctor[]) {
  const called = (name: string) => {
    const doctor = doctors.find(known => known.name === `Dr ${name}`)
    if (!doctor) throw new Error(`No Dr ${name} works here`)
    return doctor
  }
  const [skin, general, children] = [called('Meera Kulkarni'), called('James Penrose'), called('Nadia Haddadi')]
  const [heart, women, eyes] = [called('Tunde Okafor'), called('Hafsa Rahman'), called('Wei Zhang')]
  const address = '27 Cotham Hill, Bristol BS6 6JY'
  const region = 'uk'
  const amira = registerPatient(world, {
    ...{ name: 'Amira Haddad', sex: 'female', age: 36, region, mailbox: 'patient', address, allergies: 'Penicillin' },
    emergencyContact: 'Karim Haddad, +44 7700 900142'
  })
  const yusuf = lookAfter(world, amira, 'CHILD', {
    name: 'Yusuf Haddad',
    sex: 'male',
    age: 6,
    region,
    address,
    allergies: 'Peanuts'
  })
  const karim = lookAfter(world, amira, 'PARENT', { name: 'Karim Haddad', sex: 'male', age: 71, region, address })

  bookFor(world, amira, slotNear(skin, 3, 10), {
    status: 'CONFIRMED',
    reason: 'Mole on left shoulder has changed',
    pays: 'CARD'
  })
  bookFor(world, amira, slotNear(women, 16, 14), { status: 'BOOKED', reason: 'Routine check', pays: 'PAY_AT_CLINIC' })
  bookFor(world, yusuf, slotNear(children, 8, 15), { status: 'CONFIRMED', reason: 'Cough at night' })
  bookFor(world, amira, slotNear(general, 10, 9), { status: 'CANCELLED', reason: 'Travel vaccinations', pays: 'CARD' })

  const past = (days: number) => -days
  bookFor(world, amira, slotNear(skin, past(6), 11, -1), {
    status: 'COMPLETED',
    reason: 'Itchy rash on both arms',
    pays: 'WALLET'
  })
  bookFor(world, yusuf, slotNear(children, past(11), 16, -1), { status: 'COMPLETED', reason: 'Earache after swimming' })
  bookFor(world, amira, slotNear(general, past(17), 9, -1), { status: 'COMPLETED', reason: 'Tired all the time' })
  bookFor(world, karim, slotNear(heart, past(20), 10, -1), { status: 'COMPLETED', reason: 'Blood pressure review' })
  bookFor(world, amira, slotNear(eyes, past(26), 13, -1), { status: 'CANCELLED', reason: 'Dry eyes at the screen' })
  bookFor(world, amira, slotNear(eyes, past(33), 10, -1), { status: 'NO_SHOW', reason: 'New glasses don’t help' })
  bookFor(world, yusuf, slotNear(children, past(38), 9, -1), { status: 'COMPLETED', reason: 'Vaccination due' })
  bookFor(world, amira, slotNear(skin, past(43), 15, -1), { status: 'EXPIRED', pays: 'CARD' })
  bookFor(world, amira, slotNear(skin, past(44), 16, -1), { status: 'COMPLETED', reason: 'Yearly skin check' })
  bookFor(world, karim, slotNear(general, past(47), 12, -1), { status: 'COMPLETED', reason: 'Repeat prescription' })
}
