import type { Request, Response } from 'express'
import { paths } from '../../paths.ts'
import { may, type Permission } from '../../permissions.ts'
import { reply } from '../../views.ts'

const { admin } = paths

const groups: { group: string; pages: [name: string, href: string, needs: Permission][] }[] = [
  { group: 'daily', pages: [['messages', admin.messages.index(), 'messages.list']] },
  {
    group: 'clinics',
    pages: [
      ['clinics', admin.clinics.index(), 'clinics.read'],
      ['rooms', admin.rooms.index(), 'rooms.read'],
      ['roomUsage', admin.roomUsage(), 'clinics.read']
    ]
  },
  {
    group: 'catalogue',
    pages: [
      ['specializations', admin.specializations.index(), 'catalogue.manage'],
      ['symptoms', admin.symptoms.index(), 'catalogue.manage']
    ]
  },
  {
    group: 'people',
    pages: [
      ['doctors', admin.doctors.index(), 'doctors.read'],
      ['users', admin.users.index(), 'users.manage']
    ]
  },
  {
    group: 'money',
    pages: [
      ['payments', admin.payments.index(), 'payments.list'],
      ['takings', admin.takings.show(), 'payments.list']
    ]
  },
  {
    group: 'time',
    pages: [
      ['workingHours', admin.workingHours.index(), 'availability.manage'],
      ['timeslots', admin.timeslots.index(), 'availability.manage'],
      ['timeOff', admin.timeOff.index(), 'availability.manage'],
      ['closures', admin.closures.index(), 'closures.manage'],
      ['offers', admin.offers(), 'availability.manage']
    ]
  },
  {
    group: 'docket',
    pages: [
      ['settings', admin.settings(), 'settings.manage'],
      ['audit', admin.audit.index(), 'audit.read']
    ]
  }
]

/** The way to what is looked up each day, and to everything that is set up rarely, as far as this person may go. */
export async function index(req: Request, res: Response) {
  const open = groups.map(({ group, pages }) => ({
    group,
    pages: pages.filter(([, , needs]) => may(req.ctx.actor, needs)).map(([name, href]) => ({ name, href }))
  }))
  await reply(req, res, 'admin/manage/index', { groups: open.filter(({ pages }) => pages.length > 0) })
}
