import { Router } from 'express'
import * as audit from '../controllers/admin/audit.ts'
import * as clinics from '../controllers/admin/clinics.ts'
import * as deactivations from '../controllers/admin/deactivations.ts'
import * as doctorExports from '../controllers/admin/doctor-exports.ts'
import * as doctors from '../controllers/admin/doctors.ts'
import * as erasures from '../controllers/admin/erasures.ts'
import * as invitations from '../controllers/admin/invitations.ts'
import * as removals from '../controllers/admin/removals.ts'
import * as resets from '../controllers/admin/resets.ts'
import * as rooms from '../controllers/admin/rooms.ts'
import * as settings from '../controllers/admin/settings.ts'
import * as specializations from '../controllers/admin/specializations.ts'
import * as symptoms from '../controllers/admin/symptoms.ts'
import * as userDeactivations from '../controllers/admin/user-deactivations.ts'
import * as userSessions from '../controllers/admin/user-sessions.ts'
import * as users from '../controllers/admin/users.ts'
import { requireRole } from '../middleware/require-role.ts'

const readClinics = requireRole('clinics.read')
const manageClinics = requireRole('clinics.manage')
const readDoctors = requireRole('doctors.read')
const manageDoctors = requireRole('doctors.manage')
const readRooms = requireRole('rooms.read')
const manageRooms = requireRole('rooms.manage')
const manageCatalogue = requireRole('catalogue.manage')
const manageUsers = requireRole('users.manage')
const manageSettings = requireRole('settings.manage')
const readAudit = requireRole('audit.read')

/** What is set up rarely, and looked up: places, people, words, settings and the log. */
export const setUp = Router()
  .get('/clinics', readClinics, clinics.index)
  .get('/clinics/clinics.csv', readClinics, clinics.csv)
  .get('/clinics/new', manageClinics, clinics.add)
  .post('/clinics', manageClinics, clinics.create)
  .get('/clinics/:id', readClinics, clinics.show)
  .get('/clinics/:id/edit', manageClinics, clinics.edit)
  .post('/clinics/:id', manageClinics, clinics.update)
  .patch('/clinics/:id', manageClinics, clinics.update)
  .get('/clinics/:id/deactivation', manageClinics, deactivations.add('clinics'))
  .post('/clinics/:id/deactivation', manageClinics, deactivations.create('clinics'))
  .post('/clinics/:id/activation', manageClinics, deactivations.remove('clinics'))
  .get('/clinics/:id/removal', manageClinics, removals.add('clinics'))
  .post('/clinics/:id/removal', manageClinics, removals.create('clinics'))

  .get('/rooms', readRooms, rooms.index)
  .get('/rooms/rooms.csv', readRooms, rooms.csv)
  .get('/rooms/new', manageRooms, rooms.add)
  .post('/rooms', manageRooms, rooms.create)
  .get('/rooms/:id', readRooms, rooms.show)
  .get('/rooms/:id/edit', manageRooms, rooms.edit)
  .post('/rooms/:id', manageRooms, rooms.update)
  .patch('/rooms/:id', manageRooms, rooms.update)
  .get('/rooms/:id/deactivation', manageRooms, deactivations.add('rooms'))
  .post('/rooms/:id/deactivation', manageRooms, deactivations.create('rooms'))
  .post('/rooms/:id/activation', manageRooms, deactivations.remove('rooms'))
  .get('/rooms/:id/removal', manageRooms, removals.add('rooms'))
  .post('/rooms/:id/removal', manageRooms, removals.create('rooms'))

  .get('/specializations', manageCatalogue, specializations.index)
  .get('/specializations/specializations.csv', manageCatalogue, specializations.csv)
  .get('/specializations/new', manageCatalogue, specializations.add)
  .post('/specializations', manageCatalogue, specializations.create)
  .get('/specializations/:id', manageCatalogue, specializations.show)
  .get('/specializations/:id/edit', manageCatalogue, specializations.edit)
  .post('/specializations/:id', manageCatalogue, specializations.update)
  .patch('/specializations/:id', manageCatalogue, specializations.update)
  .get('/specializations/:id/deactivation', manageCatalogue, deactivations.add('specializations'))
  .post('/specializations/:id/deactivation', manageCatalogue, deactivations.create('specializations'))
  .post('/specializations/:id/activation', manageCatalogue, deactivations.remove('specializations'))
  .get('/specializations/:id/removal', manageCatalogue, removals.add('specializations'))
  .post('/specializations/:id/removal', manageCatalogue, removals.create('specializations'))

  .get('/symptoms', manageCatalogue, symptoms.index)
  .get('/symptoms/symptoms.csv', manageCatalogue, symptoms.csv)
  .get('/symptoms/new', manageCatalogue, symptoms.add)
  .post('/symptoms', manageCatalogue, symptoms.create)
  .get('/symptoms/:id', manageCatalogue, symptoms.show)
  .get('/symptoms/:id/edit', manageCatalogue, symptoms.edit)
  .post('/symptoms/:id', manageCatalogue, symptoms.update)
  .patch('/symptoms/:id', manageCatalogue, symptoms.update)
  .get('/symptoms/:id/deactivation', manageCatalogue, deactivations.add('symptoms'))
  .post('/symptoms/:id/deactivation', manageCatalogue, deactivations.create('symptoms'))
  .post('/symptoms/:id/activation', manageCatalogue, deactivations.remove('symptoms'))
  .get('/symptoms/:id/removal', manageCatalogue, removals.add('symptoms'))
  .post('/symptoms/:id/removal', manageCatalogue, removals.create('symptoms'))

  .get('/doctors', readDoctors, doctors.index)
  .get('/doctors/doctors.csv', readDoctors, doctorExports.show)
  .get('/doctors/new', manageDoctors, doctors.add)
  .post('/doctors', manageDoctors, doctors.create)
  .get('/doctors/:id', readDoctors, doctors.show)
  .get('/doctors/:id/edit', manageDoctors, doctors.edit)
  .post('/doctors/:id', manageDoctors, doctors.update)
  .patch('/doctors/:id', manageDoctors, doctors.update)
  .get('/doctors/:id/deactivation', manageDoctors, deactivations.add('doctors'))
  .post('/doctors/:id/deactivation', manageDoctors, deactivations.create('doctors'))
  .post('/doctors/:id/activation', manageDoctors, deactivations.remove('doctors'))
  .get('/doctors/:id/removal', manageDoctors, removals.add('doctors'))
  .post('/doctors/:id/removal', manageDoctors, removals.create('doctors'))
  .post('/doctors/:id/invitation', manageDoctors, invitations.createForDoctor)

  .get('/users', manageUsers, users.index)
  .get('/users/users.csv', manageUsers, users.csv)
  .get('/users/new', manageUsers, users.add)
  .post('/users', manageUsers, users.create)
  .get('/users/:id', manageUsers, users.show)
  .get('/users/:id/edit', manageUsers, users.edit)
  .post('/users/:id', manageUsers, users.update)
  .patch('/users/:id', manageUsers, users.update)
  .get('/users/:id/deactivation', manageUsers, userDeactivations.add)
  .post('/users/:id/deactivation', manageUsers, userDeactivations.create)
  .post('/users/:id/activation', manageUsers, userDeactivations.remove)
  .post('/users/:id/invitation', manageUsers, invitations.createForUser)
  .post('/users/:id/reset', manageUsers, resets.create)
  .post('/users/:id/sessions/removal', manageUsers, userSessions.remove)
  .get('/users/:id/erasure', manageUsers, erasures.add('users'))
  .post('/users/:id/erasure', manageUsers, erasures.create('users'))

  .get('/settings', manageSettings, settings.edit)
  .post('/settings', manageSettings, settings.update)
  .patch('/settings', manageSettings, settings.update)

  .get('/audit', readAudit, audit.index)
  .get('/audit/audit.csv', readAudit, audit.csv)
  .get('/audit/:id', readAudit, audit.show)
