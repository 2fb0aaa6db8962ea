import { describe, expect, it } from 'vitest'
import { importsOf, roomOf, sources } from './sources.ts'

/** Arrows point one way: route → controller → (form, service) → (scheduling, gateway). No line, no import. */
const mayUse: Record<string, string[]> = {
  routes: ['controllers', 'middleware', 'config', 'paths'],
  controllers: [
    'controllers',
    'forms',
    'services',
    'paths',
    'permissions',
    'views',
    'errors',
    'context',
    'config',
    'csv',
    'sign-in'
  ],
  forms: ['forms', 'errors', 'generated'],
  services: [
    ...['services', 'database', 'scheduling', 'gateways', 'generated'],
    ...['errors', 'context', 'permissions', 'config', 'paths', 'helpers', 'i18n', 'log', 'signatures', 'turns']
  ],
  scheduling: ['scheduling'],
  gateways: ['gateways', 'config', 'log'],
  helpers: ['helpers', 'generated'],
  database: ['database', 'generated', 'config', 'log', 'stop', 'turns'],
  middleware: [
    ...['middleware', 'forms', 'services', 'database', 'helpers'],
    ...['assets', 'config', 'context', 'errors', 'i18n', 'log', 'paths', 'permissions', 'views']
  ]
}

const ours = (file: string) => importsOf(file).filter(name => name.startsWith('src/') || name.startsWith('prisma/'))
const packages = (file: string) =>
  importsOf(file).filter(name => !name.startsWith('src/') && !name.startsWith('prisma/'))
const inRoom = (room: string) => sources().filter(file => file.startsWith(`src/${room}/`))

describe('the arrows between folders', () => {
  it.each(Object.keys(mayUse))('hold for %s', room => {
    const wrong = inRoom(room).flatMap(file =>
      ours(file)
        .filter(used => !mayUse[room]?.includes(roomOf(used)))
        .map(used => `${file} → ${used}`)
    )
    expect(wrong).toEqual([])
  })

  it('know every folder', () => {
    const folders = new Set(
      sources()
        .filter(file => file.split('/').length > 2)
        .map(roomOf)
    )
    expect([...folders].filter(folder => !(folder in mayUse) && folder !== 'locales')).toEqual([])
  })

  it('let no controller use another; what two share stands beside them and has no route', () => {
    const routed = new Set(
      inRoom('routes')
        .flatMap(ours)
        .filter(used => roomOf(used) === 'controllers')
    )
    const wrong = inRoom('controllers').flatMap(file =>
      ours(file)
        .filter(used => routed.has(used))
        .map(used => `${file} → ${used}`)
    )
    expect(wrong).toEqual([])
  })

  it('keep scheduling and forms pure', () => {
    expect(
      inRoom('scheduling')
        .flatMap(packages)
        .filter(name => name !== 'temporal-polyfill')
    ).toEqual([])
    expect(
      inRoom('forms')
        .flatMap(packages)
        .filter(name => name !== 'zod')
    ).toEqual([])
  })

  it('keep HTTP out of the back of house', () => {
    const web = /^(express|passport|ejs|csurf|helmet|node:http)/
    expect(
      [...inRoom('services'), ...inRoom('database')].filter(file => packages(file).some(name => web.test(name)))
    ).toEqual([])
  })

  it('go at most three folders deep', () => {
    expect(sources().filter(file => file.split('/').length > 5)).toEqual([])
  })
})
