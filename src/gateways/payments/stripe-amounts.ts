// Stripe counts in units of its own (https://docs.stripe.com/currencies, with its special cases): they are ISO 4217's in
// most currencies, and what the rest of the world writes without decimals it may well count in hundredths.

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

/** Whether Stripe takes a currency (ISO 4217) at all. */
export const isTaken = (currency: string) => taken.has(currency)

/** Our minor units as Stripe counts them; null when it can't take exactly that, since nothing else may be charged. */
export function toStripe(amountMinor: number, currency: string) {
  const amount = (amountMinor * 10 ** decimalsAtStripe(currency)) / 10 ** decimals(currency)
  const step = withThreeDecimals.has(currency) ? 10 : 1
  return isTaken(currency) && Number.isInteger(amount) && amount % step === 0 ? amount : null
}

/** What Stripe counted in our minor units. What is less than one of them, which nobody owed, is left out. */
export const fromStripe = (amount: number, currency: string) =>
  Math.floor((amount * 10 ** decimals(currency)) / 10 ** decimalsAtStripe(currency))

function decimalsAtStripe(currency: string) {
  if (withoutDecimals.has(currency)) return 0
  return withThreeDecimals.has(currency) ? 3 : 2
}

const decimals = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
