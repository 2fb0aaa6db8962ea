import { refuse } from '../../errors.ts'

const LEAST = 8

interface Owner {
  email: string
  name: string
}

/**
 * Throws a Refusal of `field` when the password is short, among the 49,000 most used, or the owner's own name or
 * e-mail address. Nothing is asked about kinds of characters (NIST SP 800-63B, 3.1.1.2).
 */
export async function refuseWeak(password: string, { email, name }: Owner, field = 'password') {
  if ([...password].length < LEAST) throw refuse(field, 'errors:password.tooShort', { minimum: LEAST })

  const own = [email, email.split('@')[0] ?? '', name, 'docket'].map(plain)
  if (own.includes(plain(password))) throw refuse(field, 'errors:password.own')

  const common = await commonPasswords()
  if (common.has(password) || common.has(password.toLowerCase())) throw refuse(field, 'errors:password.common')
  if (new Set(password).size === 1) throw refuse(field, 'errors:password.common')
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

let common: Promise<Set<string>> | undefined

/** Unpacked when first needed. */
const commonPasswords = () => (common ??= unpack())

async function unpack() {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
