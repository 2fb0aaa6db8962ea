import type { Request } from 'express'
import { countries } from '../../forms/countries.ts'
import { countryPresets } from '../../forms/country-presets.ts'
import type { Form } from '../../forms/form.ts'
import { timeZones } from '../../forms/time-zones.ts'

const HOUR = 60
const DAY = 24 * HOUR
const notices = [0, 15, 30, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY]

/** What the selects of a clinic's form offer; a notice that isn't among the usual ones stays a choice. */
export function clinicChoices({ t, ctx }: Request, { values }: Form) {
  const words = (minutes: number) => {
    if (minutes === 0) return t('admin:notice.none')
    if (minutes % DAY === 0) return t('admin:notice.days', { count: minutes / DAY })
    return minutes % HOUR
      ? t('admin:notice.minutes', { count: minutes })
      : t('admin:notice.hours', { count: minutes / HOUR })
  }
  const noticesWith = (present: unknown) => {
    const known = Number(present)
    const all = Number.isInteger(known) && known > 0 ? [...new Set([...notices, known])] : notices
    return all.sort((a, b) => a - b).map(minutes => ({ value: minutes, label: words(minutes) }))
  }
  return {
    presets: countryPresets,
    countries: named(ctx.locale, 'region', countries),
    currencies: named(ctx.locale, 'currency', Intl.supportedValuesOf('currency')).map(({ value, label }) => ({
      value,
      label: `${value} · ${label}`
    })),
    timeZones: timeZones.map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') })),
    minimumNotice: noticesWith(values.minimumNoticeMinutes),
    cancellationNotice: noticesWith(values.cancellationNoticeMinutes)
  }
}

function named(locale: string, type: 'region' | 'currency', codes: string[]) {
  const names = new Intl.DisplayNames([locale], { type })
  const options = codes.map(value => ({ value, label: names.of(value) ?? value }))
  return type === 'region' ? options.sort((a, b) => a.label.localeCompare(b.label, locale)) : options
}
