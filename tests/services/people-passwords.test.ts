import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/errors.ts'
import { hashPassword, isOutdated, verifyPassword } from '../../src/services/people/password-hash.ts'
import { refuseWeak } from '../../src/services/people/password-rules.ts'

const ada = { email: 'ada.obi@example.com', name: 'Ada Obi' }

describe('a password', () => {
  it.each([
    ['seven77', 'tooShort'],
    ['password1', 'common'],
    ['PASSWORD1', 'common'],
    ['zzzzzzzzzzzzzzz', 'common'],
    ['Ada.Obi@example.com', 'own'],
    ['ada-obi!!', 'own']
  ])('%s is refused', async (password, why) => {
    await expect(refuseWeak(password, ada)).rejects.toMatchObject({ problems: [{ key: `errors:password.${why}` }] })
  })

  it.each(['docket-demo-2026', 'copper lantern tuesday', 'пароль из слов', '🦉🦉🦉 owls at eight'])(
    '%s is taken',
    async password => {
      await expect(refuseWeak(password, ada)).resolves.toBeUndefined()
    }
  )

  it('is kept as an argon2id hash of today’s cost', async () => {
    const hash = await hashPassword('copper lantern tuesday')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(isOutdated(hash)).toBe(false)
    expect(isOutdated(hash.replace('t=2', 't=1'))).toBe(true)
    expect(await verifyPassword(hash, 'copper lantern tuesday')).toBe(true)
    expect(await verifyPassword(hash, 'copper lantern Tuesday')).toBe(false)
  })

  it('of more than 1,024 bytes is refused before it costs anything', async () => {
    await expect(hashPassword('é'.repeat(513))).rejects.toBeInstanceOf(Refusal)
    await expect(hashPassword('é'.repeat(512))).resolves.toBeTypeOf('string')
  })
})
