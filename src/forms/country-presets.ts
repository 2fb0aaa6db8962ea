import { countries } from './countries.ts'
import { inUse } from './time-zones.ts'

/** The currency of each country, as far as it has one. */
const currencies = (
  'AED:AE AFN:AF ALL:AL AMD:AM AOA:AO ARS:AR AUD:AU,CC,CX,KI,NF,NR,TV AWG:AW AZN:AZ BAM:BA BBD:BB BDT:BD ' +
  'BHD:BH BIF:BI BMD:BM BND:BN BOB:BO BRL:BR BSD:BS BTN:BT BWP:BW BYN:BY BZD:BZ CAD:CA CDF:CD CHF:CH,LI CLP:CL ' +
  'CNY:CN COP:CO CRC:CR CUP:CU CVE:CV CZK:CZ DJF:DJ DKK:DK,FO,GL DOP:DO DZD:DZ EGP:EG ERN:ER ETB:ET ' +
  'EUR:AD,AT,AX,BE,BG,BL,CY,DE,EE,ES,FI,FR,GF,GP,GR,HR,IE,IT,LT,LU,LV,MC,ME,MF,MQ,MT,NL,PM,PT,RE,SI,SK,SM,VA,XK,YT ' +
  'FJD:FJ GBP:GB,GG,IM,JE GEL:GE GHS:GH GIP:GI GMD:GM GNF:GN GTQ:GT GYD:GY HKD:HK HNL:HN HTG:HT HUF:HU IDR:ID ' +
  'ILS:IL,PS INR:IN IQD:IQ IRR:IR ISK:IS JMD:JM JOD:JO JPY:JP KES:KE KGS:KG KHR:KH KMF:KM KRW:KR KWD:KW KYD:KY ' +
  'KZT:KZ LAK:LA LBP:LB LKR:LK LRD:LR LSL:LS LYD:LY MAD:EH,MA MDL:MD MGA:MG MKD:MK MMK:MM MNT:MN MOP:MO MRU:MR ' +
  'MUR:MU MVR:MV MWK:MW MXN:MX MYR:MY MZN:MZ NAD:NA NGN:NG NIO:NI NOK:BV,NO,SJ NPR:NP NZD:CK,NU,NZ,PN,TK ' +
  'OMR:OM PAB:PA PEN:PE PGK:PG PHP:PH PKR:PK PLN:PL PYG:PY QAR:QA RON:RO RSD:RS RUB:RU RWF:RW SAR:SA SBD:SB ' +
  'SCR:SC SDG:SD SEK:SE SGD:SG SHP:SH SOS:SO SRD:SR SSP:SS STN:ST SYP:SY SZL:SZ THB:TH TJS:TJ TMT:TM TND:TN ' +
  'TOP:TO TRY:TR TTD:TT TWD:TW TZS:TZ UAH:UA UGX:UG USD:AS,BQ,EC,FM,GU,IO,MH,MP,PR,PW,SV,TC,TL,UM,US,VG,VI ' +
  'UYU:UY UZS:UZ VES:VE VND:VN VUV:VU WST:WS XAF:CF,CG,CM,GA,GQ,TD XCD:AG,AI,DM,GD,KN,LC,MS,VC ' +
  'XOF:BF,BJ,CI,GW,ML,NE,SN,TG XPF:NC,PF,WF YER:YE ZAR:ZA ZMW:ZM'
).split(' ')

const currencyOf = new Map(
  currencies.flatMap(each => {
    const [currency, places] = each.split(':')
    return (places ?? '').split(',').map(place => [place, currency])
  })
)

/** Where nearly everybody lives by one of several clocks. */
const usualZone = new Map(
  (
    'AR:America/Argentina/Buenos_Aires CL:America/Santiago CN:Asia/Shanghai CY:Asia/Nicosia DE:Europe/Berlin ' +
    'EC:America/Guayaquil ES:Europe/Madrid MY:Asia/Kuala_Lumpur NZ:Pacific/Auckland PT:Europe/Lisbon ' +
    'UA:Europe/Kyiv UZ:Asia/Tashkent'
  )
    .split(' ')
    .map(each => each.split(':') as [string, string])
)

function zoneOf(country: string) {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?: () => string[] }
  const zones = (locale.getTimeZones?.() ?? []).map(inUse)
  return usualZone.get(country) ?? (zones.length === 1 ? zones[0] : undefined)
}

/** What most clinics of each country have: a clinic's form begins with it, and it can be changed. */
export const countryPresets = Object.fromEntries(
  countries.map(country => [country, { timeZone: zoneOf(country), currency: currencyOf.get(country) }])
)
