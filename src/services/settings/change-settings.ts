import { isDeepStrictEqual } from 'node:util'
import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { Forbidden, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { readSettings, type Settings, settingsSchema } from './settings.ts'
import { waysToPay } from './ways-to-pay.ts'

/** What each setting is until somebody changes it. */
export const defaults: Settings = settingsSchema.parse({})

const keys = Object.keys(defaults) as (keyof Settings)[]

/**
 * Puts these settings in force, in every process; the others stay as they stand just then. Returns all of them. Only
 * what differs from the default is kept, so that a default that changes with a new version reaches whoever never chose.
 * Throws Forbidden, and a Refusal of a hold that would outlast its own limit, or of payment methods of which none can be
 * paid with somewhere.
 */
export async function changeSettings(ctx: Ctx, changes: Partial<Settings>) {
  if (!may(ctx.actor, 'settings.manage')) throw new Forbidden()
  return transaction(async tx => {
    const before = await readSettings(tx)
    const wanted = { ...before, ...changes }
    const { holdMinutes, holdMinutesAtMost } = wanted
    if (holdMinutes > holdMinutesAtMost)
      throw refuse('holdMinutesAtMost', 'admin:errors.holdAtMost', { minutes: holdMinutes })
    if (changes.paymentMethods) await refuseNoWayToPay(tx, changes.paymentMethods)

    const told = changesOf({ ...before }, { ...wanted })
    await tx.setting.deleteMany({ where: { key: { in: keys } } })
    await keep(tx, wanted)
    if (told) await record(tx, ctx, 'settings.changed', { type: 'settings', id: null, data: { ...told } })
    return wanted
  })
}

async function refuseNoWayToPay(tx: Tx, wanted: Settings['paymentMethods']) {
  if (wanted.includes('PAY_AT_CLINIC')) return
  const { gateway, currencies, methods } = await waysToPay(tx)
  if (!gateway) throw refuse('paymentMethods', 'payments:setting.noGateway')

  const chosen = methods.filter(({ method }) => wanted.includes(method))
  const without = currencies.filter(currency => !chosen.some(each => each.currencies.includes(currency)))
  if (without.length) throw refuse('paymentMethods', 'payments:setting.noneTaken', { currencies: without.join(', ') })
}

async function keep(tx: Tx, wanted: Settings) {
  const own = keys.filter(key => !isDeepStrictEqual(wanted[key], defaults[key]))
  await tx.setting.createMany({ data: own.map(key => ({ key, value: wanted[key] })) })
}
