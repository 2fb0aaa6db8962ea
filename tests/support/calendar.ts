/** A calendar file with these events, each as its lines. */
export const calendar = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test',
    ...events.flatMap((lines, at) => event(lines, at)),
    'END:VCALENDAR'
  ]
    .join('\r\n')
    .concat('\r\n')

const event = (lines: string[], at: number) => [
  'BEGIN:VEVENT',
  ...(lines.some(line => line.startsWith('UID')) ? [] : [`UID:${at}@test`]),
  'DTSTAMP:20260101T000000Z',
  ...lines,
  'END:VEVENT'
]

/** `2026-12-25` as a calendar file has it. */
export const basic = (day: string) => day.replaceAll('-', '')
