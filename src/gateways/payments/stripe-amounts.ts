// Stripe counts in units of its own (https://docs.stripe.com/currencies, with its special cases): they are ours in most
// currencies, and what is written without decimals elsewhere it may well count in hundredths.

const words = (text: string) => new Set(text.split(' '))

/** What can be paid in. */
const taken = words(
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY ' +
    'COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK ' +
    'JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR ' +
    'MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS ' +
    'SRD STD SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW'
)
const withoutDecimals = words('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF')
/** The last of them must be 0. */
const withThreeDecimals = words('BHD JOD KWD OMR TND')

/**
 * The least that Stripe documents it takes, as it counts. Of what is converted it asks the same worth in the currency of
 * the account, which isn't known here.
 */
const least: Record<string, number> = {
  ...{ AED: 200, AUD: 50, BGN: 100, BRL: 50, CAD: 50, CHF: 50, CZK: 1500, DKK: 250, EUR: 50, GBP: 30, HKD: 400 },
  ...{ HUF: 17_500, INR: 50, JPY: 50, MXN: 1000, MYR: 200, NOK: 300, NZD: 50, PLN: 200, RON: 200, SEK: 300, SGD: 50 },
  ...{ THB: 1000, USD: 50 }
}

/** Whether Stripe takes a currency (ISO 4217) at all. */
export const isTaken = (currency: string) => taken.has(currency)

/** Our minor units as Stripe counts them; null when it can't take exactly that, since nothing else may be charged. */
export function toStripe(amountMinor: number, currency: string) {
  const amount = (amountMinor * 10 ** decimalsAtStripe(currency)) / 10 ** decimals(currency)
  const step = withThreeDecimals.has(currency) ? 10 : 1
  return isTaken(currency) && Number.isInteger(amount) && amount % step === 0 ? amount : null
}

/** Whether exactly this much, in our minor units, can be paid. */
export function isPayable(amountMinor: number, currency: string) {
  const amount = toStripe(amountMinor, currency)
  return amount !== null && amount >= (least[currency] ?? 1)
}

/** What Stripe counted in our minor units. What is less than one of them, which nobody owed, is left out. */
export const fromStripe = (amount: number, currency: string) =>
  Math.floor((amount * 10 ** decimals(currency)) / 10 ** decimalsAtStripe(currency))

function decimalsAtStripe(currency: string) {
  if (withoutDecimals.has(currency)) return 0
  return withThreeDecimals.has(currency) ? 3 : 2
}

/** As everywhere here (`minorDigits` of helpers/money.ts): what `Intl` writes. */
const decimals = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
