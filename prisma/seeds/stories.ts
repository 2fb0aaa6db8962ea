import { openAccount, welcomeStaff } from './accounts.ts'
import { bookFor } from './book-for.ts'
import { clinics as clinicStories } from './clinics.ts'
import { fillDay, someoneFor } from './diary.ts'
import { doctors as doctorStories } from './doctors.ts'
import { amiraAndHerFamily } from './family.ts'
import { type Doctor, goOnLeave, hireDoctor } from './hire-doctor.ts'
import { sendMessages } from './messages.ts'
import { someGetMoneyBack } from './money-back.ts'
import { before, later, moodOf, soon, soonAndSought } from './moods.ts'
import { leaveNotices } from './notices.ts'
import { someRingUp } from './on-the-phone.ts'
import { type Clinic, openClinic, shutFor, teachMedicine } from './open-clinic.ts'
import { type Person, registerSomebody } from './patients.ts'
import { people } from './people.ts'
import { publishSlots, type Slot, slotNear, slotsOn } from './publish-slots.ts'
import { keepRecords } from './records.ts'
import { leaveAtShortNotice } from './short-notice.ts'
import { MINUTE, type World } from './world.ts'

const ACCOUNTS_PER_CITY = 105

/** The whole demo: seven clinics, their doctors, and what happened there in two months and will in the next. */
export function tellStories(world: World) {
  teachMedicine(world)
  const clinics = clinicStories.map(story => openClinic(world, story))
  theTeamArrives(world, clinics)
  const doctors = doctorStories.map((story, at) =>
    hireDoctor(world, story, at, clinics, at === 0 ? 'doctor' : undefined)
  )
  someAreAway(world, clinics, doctors)
  for (const doctor of doctors) publishSlots(world, doctor)

  amiraAndHerFamily(world, doctors)
  const neighbours = peopleOfEveryCity(world, clinics)
  const visitorsOf = (doctor: Doctor) => neighbours.get(doctor.home.story.region) ?? []

  someoneIsInNow(world, clinics, doctors, visitorsOf)
  threeAreChoosing(world, doctors, visitorsOf)
  for (const doctor of doctors.slice(0, 1)) someRingUp(world, doctor.home, doctor)
  for (const [number, doctor] of doctors.entries()) aBusyMonth(world, doctor, number, visitorsOf(doctor))
  for (const doctor of doctors.slice(0, 1)) {
    keepRecords(world, doctor)
    leaveAtShortNotice(world, doctor, 'Conference')
  }
  twoHaveNoRoom(world, clinics)
  for (const clinic of clinics.slice(0, 1)) someGetMoneyBack(world, clinic)
  sendMessages(world, clinics)
  leaveNotices(world, clinics)
}

function theTeamArrives(world: World, clinics: Clinic[]) {
  openAccount(world, { name: 'Ruth Ellery', role: 'ADMIN', phone: '+44 117 496 0100', mailbox: 'admin', daysAgo: 500 })
  for (const [at, clinic] of clinics.entries()) {
    const { women, men, families } = people[clinic.story.region]
    const desk = `${women[at]} ${families[at + 2]}`
    welcomeStaff(world, clinic, at === 0 ? 'Joan Prosser' : desk, at === 0 ? 'staff' : undefined)
    welcomeStaff(world, clinic, `${men[at + 3]} ${families[at + 5]}`)
  }
}

function someAreAway(world: World, clinics: Clinic[], doctors: Doctor[]) {
  const pune = clinics.find(({ story }) => story.key === 'pune')
  if (pune) shutFor(world, pune, 'Staff training', 16)
  const lagos = clinics.find(({ story }) => story.key === 'lagos')
  if (lagos) shutFor(world, lagos, 'Public holiday', -18)
  for (const [at, doctor] of doctors.entries())
    if (at % 9 === 4) goOnLeave(world, doctor, 'Annual leave', 9 + (at % 5), 6)
}

function peopleOfEveryCity(world: World, clinics: Clinic[]) {
  const cities = new Map(clinics.map(({ story }) => [story.region, story.city]))
  const neighbours = new Map<string, Person[]>()
  for (const [region, city] of cities) {
    const somebody = Array.from({ length: ACCOUNTS_PER_CITY }, (_, at) => registerSomebody(world, region, city, at))
    neighbours.set(region, somebody.flat())
  }
  return neighbours
}

/** Wherever a clinic is open somebody is in with a doctor: with the first doctor of the demo, if she works just now. */
function someoneIsInNow(world: World, clinics: Clinic[], doctors: Doctor[], visitorsOf: (doctor: Doctor) => Person[]) {
  const draw = world.chance('in now')
  const away = ({ startsAt, endsAt }: Slot) => Math.max(startsAt - world.now, world.now - endsAt, 0)
  for (const clinic of clinics) {
    const near = doctors.flatMap(doctor =>
      slotsOn(doctor, 0).filter(slot => slot.clinic === clinic && slot.isFree && away(slot) <= 30 * MINUTE)
    )
    const [nearest] = near.sort(
      (a, b) => Number(b.doctor === doctors[0]) - Number(a.doctor === doctors[0]) || away(a) - away(b)
    )
    const person = nearest && someoneFor(world, draw, nearest, visitorsOf(nearest.doctor))
    if (person) bookFor(world, person, nearest, { status: 'CHECKED_IN' })
  }
}

function threeAreChoosing(world: World, doctors: Doctor[], visitorsOf: (doctor: Doctor) => Person[]) {
  const draw = world.chance('choosing')
  for (const doctor of [doctors[3], doctors[8], doctors[20]]) {
    if (!doctor) continue
    const slot = slotNear(doctor, 2, 11)
    const person = someoneFor(world, draw, slot, visitorsOf(doctor))
    if (person) bookFor(world, person, slot, { status: 'HELD' })
  }
}

/** Every third doctor is sought after: days full, nearly full and filling beside quiet ones. The others have room. */
function aBusyMonth(world: World, doctor: Doctor, number: number, visitors: Person[]) {
  const draw = world.chance(`month/${doctor.id}`)
  const sought = number % 3 === 0
  for (let day = -60; day <= 30; day++) {
    const moods = day < 0 ? before : day > 6 ? later : sought ? soonAndSought : soon
    const share = moodOf(moods, draw.between(1, 100))
    const taken = draw.between(...share) / 100
    fillDay(world, slotsOn(doctor, day), number === 0 && day === 0 ? 0.78 : taken, visitors)
  }
}

/** The next two visits at the first clinic still need a room: what the front desk has to solve. */
function twoHaveNoRoom({ now, rows }: World, [clinic]: Clinic[]) {
  const startsAt = ({ startsAt }: { startsAt?: unknown }) => Date.parse(String(startsAt))
  const toCome = rows.appointments.filter(
    visit =>
      visit.clinicId === clinic?.id && ['BOOKED', 'CONFIRMED'].includes(String(visit.status)) && startsAt(visit) > now
  )
  for (const visit of toCome.sort((a, b) => startsAt(a) - startsAt(b)).slice(0, 2)) visit.roomId = null
}
