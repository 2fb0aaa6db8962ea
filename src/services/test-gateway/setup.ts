import { createHash } from 'node:crypto'
import { config } from '../../config.ts'
import { Forbidden, NotFound } from '../../errors.ts'
import { isSame, keyFrom } from '../../gateways/payments/signature.ts'

/** How the test gateway is set up. Throws NotFound where there is none, as in production. */
export function setup() {
  if (!config.testGateway) throw new NotFound()
  return config.testGateway
}

/** Throws Forbidden unless a merchant's request has the merchant's key: `Authorization: Bearer …`. */
export function checkKey(authorization = '') {
  const [, key = ''] = /^Bearer ([0-9a-f]{64})$/.exec(authorization) ?? []
  if (!isSame(key, keyFrom(setup().secret))) throw new Forbidden()
}

/**
 * Whether a merchant is told at this address: only on this machine and at this very app, or whoever knows the key could
 * have us call anything in the network we are in.
 */
export function isCalledBack(callbackUrl: string) {
  const { hostname, host } = new URL(callbackUrl)
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) || host === new URL(setup().url).host
}

/** Whether chance lets a checkout succeed: `percent` of a hundred do, and each always the same. */
export const isLucky = (checkoutId: string, percent: number) =>
  createHash('sha256').update(checkoutId).digest().readUInt32BE() % 100 < percent
