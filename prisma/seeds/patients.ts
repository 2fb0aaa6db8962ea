import type { Relation } from '../../src/generated/enums.ts'
import { openAccount } from './accounts.ts'
import { idOf } from './names.ts'
import { people, type Region } from './people.ts'
import { allergies } from './words.ts'
import { DAY, iso, type World } from './world.ts'

export interface Person {
  id: string
  accountId: string
  region: Region
  sex: 'female' | 'male'
  age: number
  /** Times at which this person is or was expected somewhere, in epoch milliseconds. */
  visits: number[]
  open: number
}

export interface NewPatient {
  name: string
  sex: Person['sex']
  age: number
  region: Region
  mailbox?: string
  address?: string
  emergencyContact?: string
  allergies?: string
}

/** Opens an account for somebody and the person's own record with it. */
export function registerPatient(world: World, patient: NewPatient): Person {
  const draw = world.chance(`account/${patient.mailbox ?? ''}${world.rows.users.length}`)
  const phone = people[patient.region].phone + String(draw.between(0, 99)).padStart(2, '0')
  const { name, mailbox } = patient
  const daysAgo = draw.between(95, 480)
  const accountId = openAccount(world, { name, role: 'PATIENT', phone, daysAgo, ...(mailbox && { mailbox }) })
  return addPerson(world, accountId, 'SELF', patient, daysAgo)
}

/** Adds somebody the account books for. */
export const lookAfter = (world: World, carer: Person, relation: Relation, patient: NewPatient) =>
  addPerson(world, carer.accountId, relation, patient, 94)

function addPerson(world: World, accountId: string, relation: Relation, patient: NewPatient, daysAgo: number): Person {
  const { name, sex, age, region } = patient
  const id = idOf('patient', accountId, relation, name)
  const birthday = world.chance(`birthday/${id}`).between(10, 350)
  world.rows.patients.push({
    ...{ id, accountId, relation, name, sex },
    dateOfBirth: iso(Math.floor((world.today - (age * 365.2425 + birthday) * DAY) / DAY) * DAY),
    address: patient.address ?? null,
    emergencyContact: patient.emergencyContact ?? null,
    allergies: patient.allergies ?? null,
    createdAt: iso(world.today - daysAgo * DAY)
  })
  return { id, accountId, region, sex, age, visits: [], open: 0 }
}

/** A believable stranger; one in eight looks after a child, a parent or both. */
export function registerSomebody(world: World, region: Region, city: string, number: number): Person[] {
  const draw = world.chance(`somebody/${region}/${number}`)
  const from = draw.often(0.8) ? region : draw.pick(Object.keys(people) as Region[])
  const family = draw.pick(people[from].families)
  const relative = (age: number): NewPatient => {
    const sex = draw.often(0.53) ? 'female' : 'male'
    const name = `${draw.pick(people[from][sex === 'female' ? 'women' : 'men'])} ${family}`
    return { name, sex, age, region, ...(draw.often(0.15) && { allergies: draw.pick(allergies) }) }
  }
  const street = `${draw.between(1, 180)} ${draw.pick(people[region].streets)}, ${city}`
  const contact = `${draw.pick(people[from].women)} ${family}, ${people[region].phone}${draw.between(10, 99)}`
  const carer = registerPatient(world, {
    ...relative(draw.between(24, 84)),
    ...(draw.often(0.7) && { address: street }),
    ...(draw.often(0.4) && { emergencyContact: contact })
  })
  if (!draw.often(0.125)) return [carer]

  const children = draw.often(0.8) ? draw.between(1, 2) : 0
  const young = Array.from({ length: children }, () => lookAfter(world, carer, 'CHILD', relative(draw.between(1, 15))))
  if (children > 0 && !draw.often(0.2)) return [carer, ...young]
  return [carer, ...young, lookAfter(world, carer, 'PARENT', relative(draw.between(66, 88)))]
}
