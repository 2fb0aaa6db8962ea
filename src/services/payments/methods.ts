import { paymentGateway } from '../../gateways/payments.ts'
import type { PaymentMethod } from '../../generated/enums.ts'
import { settings } from '../settings/settings.ts'

const inOrder: PaymentMethod[] = ['UPI', 'CARD', 'NET_BANKING', 'WALLET', 'PAY_AT_CLINIC']

/** How patients can pay this much, in the minor unit of a currency: what the settings allow and the gateway takes. */
export async function methodsOnOffer(currency: string, amountMinor: number): Promise<PaymentMethod[]> {
  const { paymentMethods } = await settings()
  const taken: PaymentMethod[] = ['PAY_AT_CLINIC', ...(paymentGateway()?.methodsFor(currency, amountMinor) ?? [])]
  return inOrder.filter(method => paymentMethods.includes(method) && taken.includes(method))
}
