import { countHours } from '../../src/services/analytics/count-hours.ts'
import { runAll } from './scratch.ts'

const scale = Number(process.env.SCALE ?? 1)
export const size = {
  clinics: 50,
  doctors: 500,
  /** Accounts of patients; one in ten looks after a second person. */
  accounts: Math.ceil(180_000 * scale),
  /** Days of sixteen slots each, the last thirty of them to come. About 70 % are taken. */
  days: Math.ceil(180 * scale) + 30
}

const first = `(ARRAY['Ada','Ben','Chidi','Dora','Emeka','Farah','Grace','Hana','Ines','Jonas','Kofi','Lena','Mei','Noor','Omar','Priya','Quilla','Rosa','Samir','Tomas','Uma','Vera','Wanjiru','Xenia','Yusuf','Zoe'])`
const last = `(ARRAY['Obi','Osei','Kulkarni','Smith','Jones','Garcia','Müller','Rossi','Novak','Silva','Tanaka','Ivanova','Haddad','Okafor','Larsen','Dubois','Kowalski','Nguyen','Brown','Murphy','Vantongeren','Abebe','Lindqvist'])`
const name = (n: string) =>
  `${first}[1 + ${n} % 26] || ' ' || ${last}[1 + ${n} / 26 % 23] || CASE WHEN ${n} < 598 THEN '' ELSE '-' || ${last}[1 + ${n} / 598 % 23] END`

/**
 * A payment for each booking: three of five were paid from afar, and went back when the visit was called off; of the
 * others the desk took it for visits that took place.
 */
export const PAYMENTS = `INSERT INTO payments (reference, appointment_id, clinic_id, method, status, amount_minor, currency, gateway, gateway_reference, transaction_id,
    received_minor, paid_at, failure, paid_with, refund_due_at, refund_cause, refunded_at, created_at)
  SELECT 'P' || a.reference, a.id, a.clinic_id, CASE WHEN x.online THEN 'CARD' ELSE 'PAY_AT_CLINIC' END::"PaymentMethod",
    CASE WHEN x.online AND x.off THEN 'REFUNDED' WHEN x.paid THEN 'SUCCESS' WHEN x.off THEN 'FAILED' ELSE 'PENDING' END::"PaymentStatus",
    a.fee_minor, a.currency, CASE WHEN x.online THEN 'test' END, CASE WHEN x.online THEN a.id::text END, CASE WHEN x.online THEN a.id::text END,
    CASE WHEN x.paid THEN a.fee_minor END, CASE WHEN x.online THEN a.created_at WHEN x.paid THEN a.starts_at END,
    CASE WHEN x.off AND NOT x.online THEN 'CALLED_OFF'::"PaymentFailure" END, CASE WHEN x.paid AND NOT x.online THEN 'CASH'::"DeskMethod" END,
    CASE WHEN x.online AND x.off THEN coalesce(a.cancelled_at, a.created_at) END, CASE WHEN x.online AND x.off THEN 'CANCELLED'::"RefundCause" END,
    CASE WHEN x.online AND x.off THEN coalesce(a.cancelled_at, a.created_at) END, a.created_at
  FROM appointments a, LATERAL (SELECT abs(hashtext(a.id::text)) % 5 < 3 AS online, a.status IN ('CANCELLED', 'REJECTED') AS off,
    abs(hashtext(a.id::text)) % 5 < 3 OR a.status = 'COMPLETED' AS paid) x`

/**
 * Clinics for years: a million appointments, what was recorded of them, and all who had them. Triggers and foreign keys
 * are off while it is written, the laws are put back afterwards.
 */
const FILL = `
SET session_replication_role = replica;
SET synchronous_commit = off;
ALTER TABLE time_slots DROP CONSTRAINT time_slots_doctor_overlap, DROP CONSTRAINT time_slots_two_clinics;
ALTER TABLE appointments DROP CONSTRAINT appointments_room_overlap, DROP CONSTRAINT appointments_patient_overlap;
INSERT INTO specializations (name) SELECT 'Field ' || n FROM generate_series(1, 25) n;
INSERT INTO symptoms (name) SELECT 'Symptom ' || n FROM generate_series(1, 150) n;
INSERT INTO symptom_specializations SELECT y.id, s.id FROM symptoms y, specializations s WHERE random() < 0.1;
INSERT INTO clinics (name, address, city, country, phone, email, time_zone, currency)
  SELECT 'Clinic ' || n, n || ' Quay Street', (ARRAY['Bristol','Leeds','Mumbai','New York','Auckland'])[1 + n % 5], 'GB', '+44 117 496 0101',
    'c' || n || '@docket.example', (ARRAY['Europe/London','Europe/London','Asia/Kolkata','America/New_York','Pacific/Auckland'])[1 + n % 5], 'GBP'
  FROM generate_series(1, ${size.clinics}) n;
INSERT INTO rooms (clinic_id, name) SELECT id, 'Room ' || n FROM clinics, generate_series(1, 10) n;
INSERT INTO users (email, role, name, phone) SELECT 'd' || n || '@large.example', 'DOCTOR', 'Dr ' || ${name('n')}, '+44 117 496 ' || n FROM generate_series(1, ${size.doctors}) n;
INSERT INTO doctors (user_id, specialization_id, licence_number, fee_minor, languages)
  SELECT u.id, (SELECT id FROM specializations ORDER BY name OFFSET abs(hashtext(u.email::text)) % 25 LIMIT 1), u.email, 5000, '{English}' FROM users u;
INSERT INTO doctor_clinics (doctor_id, clinic_id)
  SELECT d.id, c.id FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM doctors) d
  JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM clinics) c ON c.at = d.at % ${size.clinics};
INSERT INTO working_hours (doctor_id, clinic_id, room_id, weekday, start_minutes, end_minutes, slot_minutes, valid_from)
  SELECT d.doctor_id, d.clinic_id, r.id, w, 540, 1020, 30, '2020-01-01'
  FROM (SELECT *, row_number() OVER (PARTITION BY clinic_id) AS at FROM doctor_clinics) d
  JOIN (SELECT *, row_number() OVER (PARTITION BY clinic_id) AS at FROM rooms) r ON r.clinic_id = d.clinic_id AND r.at = d.at, generate_series(1, 7) w;
INSERT INTO time_slots (doctor_id, clinic_id, room_id, working_hours_id, starts_at, ends_at, created_at)
  SELECT w.doctor_id, w.clinic_id, w.room_id, w.id, at, at + interval '30 minutes', at - interval '40 days'
  FROM generate_series(0, ${size.days - 1}) day, generate_series(0, 15) n, working_hours w JOIN clinics c ON c.id = w.clinic_id,
    LATERAL (SELECT (current_date + 31 - ${size.days} + day + interval '9 hours' + n * interval '30 minutes') AT TIME ZONE c.time_zone AS at)
  WHERE w.weekday = extract(isodow FROM current_date + 31 - ${size.days} + day);
INSERT INTO users (email, role, name, phone, created_at)
  SELECT 'p' || n || '@large.example', 'PATIENT', ${name('n')}, '+44 7700 ' || (100000 + n), now() - random() * interval '900 days' FROM generate_series(1, ${size.accounts}) n;
INSERT INTO patients (account_id, name, date_of_birth, created_at)
  SELECT id, name, '1940-01-01'::date + (random() * 28000)::int, created_at FROM users WHERE role = 'PATIENT';
INSERT INTO patients (account_id, name, relation, date_of_birth, created_at)
  SELECT id, 'Little ' || name, 'CHILD', '2012-01-01'::date + (random() * 4000)::int, created_at FROM users WHERE role = 'PATIENT' AND random() < 0.1;
INSERT INTO patients (clinic_id, name, phone, date_of_birth)
  SELECT c.id, ${name('n')}, '+44 117 ' || (1000000 + n), '1950-01-01'::date + n FROM generate_series(1, 200) n, clinics c;
CREATE TEMP TABLE who AS SELECT id, account_id, row_number() OVER (ORDER BY random()) - 1 AS at FROM patients WHERE account_id IS NOT NULL;
CREATE TEMP TABLE taken AS SELECT id, row_number() OVER (ORDER BY starts_at, id) AS at FROM time_slots
  WHERE random() < CASE WHEN starts_at < now() + interval '14 days' THEN 0.75 ELSE 0.4 END;
CREATE INDEX ON who (at);
ANALYZE who, taken;
INSERT INTO appointments (reference, patient_id, doctor_id, clinic_id, timeslot_id, room_id, starts_at, ends_at, status, fee_minor, currency, booked_by_id, created_at, checked_in_at, cancelled_at, cancellation_reason, reason)
  SELECT upper(substr(md5(t.at::text), 1, 4) || '-' || lpad(to_hex(t.at), 6, '0')), p.id, s.doctor_id, s.clinic_id, s.id, s.room_id, s.starts_at, s.ends_at,
    x.status::"AppointmentStatus", 5000, 'GBP', p.account_id, x.booked_at, CASE WHEN x.status = 'COMPLETED' THEN s.starts_at END,
    CASE WHEN x.status = 'CANCELLED' THEN x.booked_at + interval '1 hour' END, CASE WHEN x.status = 'CANCELLED' THEN 'Better now' END, 'Cough'
  FROM taken t JOIN time_slots s ON s.id = t.id JOIN who p ON p.at = t.at % (SELECT count(*) FROM who), LATERAL (SELECT s.starts_at - random() * interval '30 days' AS booked_at,
    CASE WHEN s.starts_at > now() THEN (ARRAY['BOOKED','CONFIRMED','BOOKED','CANCELLED'])[1 + t.at % 4]
      ELSE (ARRAY['COMPLETED','COMPLETED','COMPLETED','COMPLETED','COMPLETED','COMPLETED','COMPLETED','NO_SHOW','CANCELLED','REJECTED'])[1 + t.at % 10] END AS status) x;
${PAYMENTS};
UPDATE time_slots SET suspended_by = 'TIME_OFF' WHERE id IN (SELECT timeslot_id FROM appointments WHERE starts_at > now() AND status = 'BOOKED' ORDER BY id LIMIT 300);
INSERT INTO closures (clinic_id, starts_on, ends_on, reason) SELECT id, current_date + 31 + n, current_date + 31 + n, 'Holiday' FROM clinics, generate_series(0, 19) n;
INSERT INTO time_off (doctor_id, starts_at, ends_at, reason) SELECT id, now() + (40 + n) * interval '1 day', now() + (41 + n) * interval '1 day', 'Leave' FROM doctors, generate_series(0, 9) n;
INSERT INTO audit_events (at, event, actor_id, actor_role, subject_type, subject_id, appointment_id, clinic_id, request_id, address)
  SELECT created_at, 'appointment.booked', booked_by_id, 'PATIENT', 'appointment', id, id, clinic_id, gen_random_uuid()::text, '203.0.113.7' FROM appointments;
INSERT INTO audit_events (at, event, actor_role, subject_type, subject_id, appointment_id, clinic_id, request_id)
  SELECT starts_at, 'appointment.' || lower(status::text), 'DOCTOR', 'appointment', id, id, clinic_id, gen_random_uuid()::text FROM appointments WHERE starts_at < now() AND random() < 0.2;
INSERT INTO visit_notes (appointment_id, author_id, text) SELECT a.id, d.user_id, 'Seen.' FROM appointments a JOIN doctors d ON d.id = a.doctor_id WHERE a.status = 'COMPLETED' AND random() < 0.2;
INSERT INTO prescriptions (appointment_id, shared_at) SELECT id, starts_at FROM appointments WHERE status = 'COMPLETED' AND random() < 0.1;
INSERT INTO prescription_items (prescription_id, position, medicine, dose, instructions) SELECT id, 0, 'Salbutamol', 'Twice', 'For 7 days' FROM prescriptions;
INSERT INTO stale_hours (clinic_id, doctor_id, starts_at) SELECT clinic_id, doctor_id, min(starts_at) FROM time_slots GROUP BY 1, 2, date_trunc('day', starts_at);
ALTER TABLE time_slots ADD CONSTRAINT time_slots_doctor_overlap
  EXCLUDE USING gist (doctor_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (withdrawn_at IS NULL AND NOT is_extra);
ALTER TABLE time_slots ADD CONSTRAINT time_slots_two_clinics
  EXCLUDE USING gist (doctor_id WITH =, clinic_id WITH <>, tstzrange(starts_at, ends_at) WITH &&) WHERE (withdrawn_at IS NULL);
ALTER TABLE appointments ADD CONSTRAINT appointments_room_overlap
  EXCLUDE USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status IN ('HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED'));
ALTER TABLE appointments ADD CONSTRAINT appointments_patient_overlap
  EXCLUDE USING gist (patient_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status IN ('HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED'));
`

export async function fillLarge() {
  await runAll(FILL)
  await runAll('VACUUM ANALYZE;\n')
  await countHours()
  await runAll('VACUUM ANALYZE;\n')
}
