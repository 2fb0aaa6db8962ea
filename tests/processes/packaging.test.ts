import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { settingNames } from '../../src/config.ts'
import { root } from './support.ts'

interface Service {
  image: string
  build?: string
  command?: string[]
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  volumes?: string[]
  healthcheck?: object
}

const text = (name: string) => readFileSync(join(root, name), 'utf8')
const { scripts } = JSON.parse(text('package.json'))
const compose = text('docker-compose.yml')
const { services, volumes }: { services: Record<string, Service>; volumes: object } = parse(compose, { merge: true })
const dockerfile = text('Dockerfile')
const explained = [...text('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(match => match[1] ?? '')
const used = [...compose.matchAll(/\$\{([A-Z_]+)/g)].map(match => match[1] ?? '')

describe('.env.example', () => {
  it('explains every setting, and nothing else but what docker-compose.yml needs', () => {
    const others = used.filter(name => !settingNames.includes(name))
    expect(explained.toSorted()).toEqual([...settingNames, ...new Set(others)].toSorted())
  })

  it('contains no secret', () => {
    expect(text('.env.example')).toMatch(/^SESSION_SECRET=$/m)
    expect(text('.env.example')).toMatch(/^POSTGRES_PASSWORD=$/m)
  })
})

describe('docker-compose.yml', () => {
  it('has the app, its worker, the migration, PostgreSQL and a mail catcher', () => {
    expect(Object.keys(services)).toEqual(['app', 'worker', 'migrate', 'database', 'mail'])
  })

  it('waits only for services there are, and for health only where it is checked', () => {
    const waits = Object.values(services).flatMap(service => Object.entries(service.depends_on ?? {}))
    for (const [name, { condition }] of waits)
      expect(services[name]?.healthcheck).toEqual(
        condition === 'service_healthy' ? expect.anything() : { disable: true }
      )
    expect(services.app?.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } })
    expect(services.worker?.depends_on).toEqual(services.app?.depends_on)
  })

  it('mounts volumes there are', () => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes.map(volume => volume.split(':')[0]))
    expect(mounted).toEqual(Object.keys(volumes))
  })

  it('sets only settings there are, and asks for each secret by name', () => {
    expect(settingNames).toEqual(expect.arrayContaining(Object.keys(services.app?.environment ?? {})))
    for (const secret of ['SESSION_SECRET', 'POSTGRES_PASSWORD'])
      expect(compose.match(new RegExp(`\\$\\{${secret}(?!:\\?Set ${secret} in .env\\})`))).toBeNull()
  })

  it('sends mails to its mail catcher', () => {
    expect(services.worker?.environment?.SMTP_URL).toContain(':-smtp://mail:1025}')
  })

  it('passes on where patients pay, to the app and its worker alike', () => {
    const names = ['PAYMENT_GATEWAY', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']
    expect(used).toEqual(expect.arrayContaining(names))
    for (const service of [services.app, services.worker])
      expect(Object.keys(service?.environment ?? {})).toEqual(expect.arrayContaining(names))
  })
})

describe('Dockerfile', () => {
  it('copies, runs and starts only what there is', () => {
    const ours = Object.values(services).flatMap(({ build, command }) => (build && command ? command.join(' ') : []))
    const commands = [...ours, dockerfile].join('\n').replaceAll('", "', ' ').replaceAll(', ', ' ')
    const names = [...commands.matchAll(/npm run ([\w:]+)/g)].map(match => match[1] ?? '')
    const files = [...commands.matchAll(/[\w./-]+\.(?:ts|json)\b/g)].map(match => match[0])
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(names))
    expect(files.length).toBeGreaterThan(4)
    expect(files.filter(file => !existsSync(join(root, file)))).toEqual([])
    expect(commands).toContain(scripts.start)
    expect(commands).toContain(scripts.worker)
  })

  it('leaves root before anything starts, and puts only what is needed into the image', () => {
    expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.indexOf('HEALTHCHECK'))
    const wanted = text('.dockerignore').trimEnd().split('\n')
    expect(wanted[0]).toBe('*')
    expect(wanted.slice(1).filter(line => line.startsWith('!') && !existsSync(join(root, line.slice(1))))).toEqual([])
  })
})
