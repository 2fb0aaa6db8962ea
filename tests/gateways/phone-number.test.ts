import { describe, expect, it } from 'vitest'
import { inGsm, partsOf } from '../../src/gateways/gsm-alphabet.ts'
import { e164 } from '../../src/gateways/phone-number.ts'

describe('a number as people type it', () => {
  it.each([
    ['07700 900 461', 'GB', '+447700900461'],
    ['0117-496-0388', 'GB', '+441174960388'],
    ['+44 (0)7700 900461', 'IN', '+447700900461'],
    ['0044 7700 900461', 'GB', '+447700900461'],
    ['07700900461 (daughter)', 'GB', '+447700900461'],
    ['07700 900461 / 07700 900462', 'GB', '+447700900461'],
    ['98765 43210', 'IN', '+919876543210'],
    ['(11) 91555-0133', 'BR', '+5511915550133'],
    ['0412 345 678', 'AU', '+61412345678'],
    ['(212) 555-0156', 'US', '+12125550156'],
    ['+91 98765 43210', 'GB', '+919876543210']
  ])('%s in %s is %s', (typed, country, number) => {
    expect(e164(typed, country)).toBe(number)
  })

  it.each([
    ['', 'GB'],
    ['none', 'GB'],
    ['999', 'GB'],
    ['0770', 'GB'],
    ['ring after 7', 'GB'],
    ['12345678901234567890', 'GB'],
    ['07700 900461', 'XX']
  ])('%j in %s is none', (typed, country) => {
    expect(e164(typed, country)).toBeNull()
  })
})

describe('the words of a text', () => {
  it.each([
    ['Clínica Jardim São Paulo, amanhã', 'Clinica Jardim Sao Paulo, amanha'],
    ['it’s “fine” – really…', 'it\'s "fine" - really...'],
    ['Müller, Ñuñoa, è già', 'Müller, Ñuñoa, è già'],
    ['14\u202f30', '14 30']
  ])('lose what would make it longer: %s', (said, short) => {
    expect([inGsm(said), partsOf(said.repeat(4)) >= partsOf(inGsm(said).repeat(4))]).toEqual([short, true])
  })

  it('stay as they are in another script', () => {
    expect(inGsm('डेक्कन – Pune')).toBe('डेक्कन – Pune')
  })

  it('are counted as they are charged', () => {
    const lengths = [
      ['a', 160],
      ['a', 161],
      ['a', 306],
      ['a', 307],
      ['€', 80],
      ['€', 81],
      ['í', 70],
      ['í', 71]
    ] as const
    expect(lengths.map(([letter, many]) => partsOf(letter.repeat(many)))).toEqual([1, 2, 2, 3, 1, 2, 1, 2])
  })
})
