/** What nobody could mean, by the kind of field. */
const noText: unknown[] = [
  42,
  1.5,
  true,
  {},
  { a: 1 },
  [[]],
  [{ a: ['b'] }],
  { toString: null },
  '\u0000',
  '\ud800',
  'x\udfff'
]
const values = {
  text: [...noText, ['x'], 'x'.repeat(5001), null],
  id: [...noText, ['x'], 'x', '1', '%00', '00000000-0000-0000-0000-00000000000g', '__proto__', null],
  day: [
    ...noText,
    ...['2026-02-30', '0000-00-00', '2026-13-01', '99999-01-01', '-000001-01-01', '2026-1-1', '٢٠٢٦-٠١-٠١'],
    { day: { toString: null }, month: 1, year: 2000 },
    { day: [1], month: {}, year: '2000' },
    null
  ],
  number: [1.5, -1, 1e21, true, {}, [], [1], '1e3', '0x10', 'NaN', '', ' ', '1'.repeat(400), '\u0000', '５', null],
  box: [42, {}, [], ['x'], 'x', 'true', 'off', null],
  items: [42, 'x', {}, [42], [null], [{}], [{ medicine: {} }], [{ a: 1 }], Array(11).fill({ medicine: 'x' }), null],
  choice: [...noText, ['x'], 'constructor', '__proto__', 'toString', 'x', null],
  list: [42, true, { a: 1 }, [[]], [{}], [null], ['\u0000'], ['\ud800'], ['x'.repeat(5000)], '\u0000', null],
  clock: [...noText, ['09:00'], '24:00', '9', '-1:00', '09:60', '99:99', null]
}

const fields: Record<string, string> = {
  id: 'doctorId timeslotId patientId clinicId roomId hold',
  day: 'dateOfBirth since date from to validFrom validUntil',
  number:
    'minutes slotMinutes otherMinutes bookingWindowDays minimumNoticeMinutes cancellationNoticeMinutes yearsOfExperience feeMinor',
  choice: 'role relation status paymentMethod country timeZone currency on kind',
  box: 'share isEmergency',
  items: 'items',
  list: 'clinicIds specializationIds rooms languages weekdays times',
  clock: 'startTime endTime breakStart breakEnd secondBreakStart secondBreakEnd'
}

export function nastyFor(field: string): unknown[] {
  const kind = Object.keys(fields).find(kind => fields[kind]?.split(' ').includes(field))
  return values[(kind ?? 'text') as keyof typeof values]
}
