interface Done {
  actorId?: string | null | undefined
  actorRole: string
}

const MOST = 254

/** Where somebody does things from, always the same, in ranges that are kept for examples (RFC 5737). */
export function addressOf({ actorId, actorRole }: Done) {
  if (!actorId) return null
  const network = actorRole === 'PATIENT' ? '203.0.113' : '198.51.100'
  return `${network}.${1 + (Number.parseInt(actorId.slice(-4), 16) % MOST)}`
}
