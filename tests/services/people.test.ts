import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../src/context.ts'
import { Busy } from '../../src/errors.ts'
import { nextOf } from '../../src/forms/auth.ts'
import { codeOf, hashCode } from '../../src/services/people/invitation-code.ts'
import { landing } from '../../src/sign-in.ts'
import { turns } from '../../src/turns.ts'

const patient: Actor = { id: 'ada', role: 'PATIENT', name: 'Ada Obi', clinicIds: [], doctorId: null }

describe('taking turns', () => {
  it('lets four run, a hundred wait and turns the next away', async () => {
    const inTurn = turns(4, 100)
    let running = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++running)
      await pause(1)
      running--
    }
    const all = await Promise.allSettled(Array.from({ length: 110 }, () => inTurn(work)))
    const turnedAway = all.filter(each => each.status === 'rejected')

    expect(most).toBe(4)
    expect(turnedAway).toHaveLength(6)
    expect(turnedAway.every(({ reason }) => reason instanceof Busy)).toBe(true)
    await expect(inTurn(async () => 'free again')).resolves.toBe('free again')
  })

  it('goes on after work that failed', async () => {
    const inTurn = turns(1, 10)
    await expect(inTurn(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    await expect(inTurn(async () => 'fine')).resolves.toBe('fine')
  })
})

describe('an invitation code', () => {
  it('holds 140 bits that only this installation can work out, and survives being typed', () => {
    const [id, other] = [randomUUID(), randomUUID()]
    const code = codeOf(id)
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect([codeOf(id) === code, codeOf(other) === code]).toEqual([true, false])
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(hashCode(typed)).toBe(hashCode(code))
    expect(hashCode(code)).not.toContain(code)
  })
})

describe('the page after signing in', () => {
  it.each(['/', '/booking/doctors?q=skin', '/auth/account#phone'])('may be %s', next => {
    expect(nextOf(next)).toBe(next)
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/a\\b',
    '/\u0000',
    '',
    'booking',
    ['/a', '/b'],
    null,
    7,
    `/${'a'.repeat(2000)}`
  ])('is never %j', next => {
    expect(nextOf(next)).toBeUndefined()
  })

  it('is one’s own part of the product', () => {
    expect(landing(patient, '/booking/doctors')).toBe('/booking/doctors')
    expect(landing(patient, '/admin/users')).toBe('/booking/appointments')
    expect(landing({ ...patient, role: 'DOCTOR' }, '/doctor/schedule?date=2026-11-24')).toBe(
      '/doctor/schedule?date=2026-11-24'
    )
    expect(landing({ ...patient, role: 'ADMIN' }, '/doctor/schedule')).toBe('/admin')
    expect(landing({ ...patient, role: 'STAFF' }, undefined)).toBe('/admin')
  })
})
