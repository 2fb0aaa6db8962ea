import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { paymentGateway } from '../../gateways/payments.ts'
import { PaymentMethod } from '../../generated/enums.ts'

/**
 * What patients could choose to pay with: the gateway in force, null when money is only taken at the clinic, and for
 * each method the currencies of clinics in use in which it can be paid, as ISO 4217.
 */
export async function waysToPay(tx: Tx = db) {
  const clinics = await tx.clinic.findMany({
    where: { deactivatedAt: null },
    select: { currency: true },
    distinct: ['currency'],
    orderBy: { currency: 'asc' }
  })
  const currencies = clinics.map(({ currency }) => currency)
  const gateway = paymentGateway()
  const takes = (method: PaymentMethod, currency: string) =>
    method === 'PAY_AT_CLINIC' || Boolean(gateway?.methodsFor(currency).includes(method))
  return {
    gateway: gateway?.name ?? null,
    currencies,
    methods: Object.values(PaymentMethod).map(method => ({
      method,
      currencies: currencies.filter(currency => takes(method, currency))
    }))
  }
}
