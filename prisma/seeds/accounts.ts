import type { Role } from '../../src/generated/enums.ts'
import { DEMO_DOMAIN, idOf, mailboxOf } from './names.ts'
import type { Clinic } from './open-clinic.ts'
import { DAY, iso, type World } from './world.ts'

export interface NewAccount {
  name: string
  role: Role
  phone: string
  mailbox?: string
  daysAgo: number
}

/** Somebody who can sign in. Namesakes get a number in their address. */
export function openAccount(world: World, { name, role, phone, mailbox = mailboxOf(name), daysAgo }: NewAccount) {
  let free = mailbox
  for (let number = 2; world.mailboxes.has(free); number++) free = `${mailbox}${number}`
  world.mailboxes.add(free)

  const id = idOf('user', free)
  world.rows.users.push({
    ...{ id, role, name, phone, locale: 'en', passwordHash: world.passwordHash },
    email: free + DEMO_DOMAIN,
    createdAt: iso(world.today - daysAgo * DAY),
    emailConfirmedAt: iso(world.today - daysAgo * DAY)
  })
  return id
}

/** Someone for the front desk. */
export function welcomeStaff(world: World, clinic: Clinic, name: string, mailbox?: string) {
  const { phone } = clinic.story
  const userId = openAccount(world, { name, role: 'STAFF', phone, daysAgo: 450, ...(mailbox && { mailbox }) })
  world.rows.staffClinics.push({ userId, clinicId: clinic.id })
  clinic.staff.push(userId)
}
