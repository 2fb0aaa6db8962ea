import { z } from 'zod'

/** Zones that Node still lists by a former name; pages show, and the database keeps, the one in use. */
const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk'
}

const listed = Intl.supportedValuesOf('timeZone')
/** A zone by the name in use. */
export const inUse = (zone: string) => renamed[zone] ?? zone

/** Every IANA zone, by the name in use. */
export const timeZones = [...new Set([...listed.map(inUse), 'UTC'])].sort()

const known = new Set([...listed, ...timeZones])

/** A zone by its name, a former one too. */
export const zoneName = z
  .string({ error: 'errors:timeZone.missing' })
  .trim()
  .refine(zone => known.has(zone), 'errors:timeZone.missing')
  .transform(inUse)
