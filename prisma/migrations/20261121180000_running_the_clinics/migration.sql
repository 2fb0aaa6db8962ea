-- CreateEnum
CREATE TYPE "InvitationPurpose" AS ENUM ('JOIN', 'RESET');

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "address" INET;

-- AlterTable
ALTER TABLE "invitations" ADD COLUMN     "purpose" "InvitationPurpose" NOT NULL DEFAULT 'JOIN';

-- AlterTable
ALTER TABLE "patients" ADD COLUMN     "clinic_id" UUID,
ADD COLUMN     "phone" TEXT,
ALTER COLUMN "account_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "specializations" ADD COLUMN     "deactivated_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "symptoms" ADD COLUMN     "deactivated_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "time_slots" ADD COLUMN     "extra_reason" TEXT,
ADD COLUMN     "is_extra" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "erasure_reason" TEXT;

-- CreateTable
CREATE TABLE "doctor_photos" (
    "doctor_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "doctor_photos_pkey" PRIMARY KEY ("doctor_id")
);

-- CreateTable
CREATE TABLE "hour_numbers" (
    "clinic_id" UUID NOT NULL,
    "doctor_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "hour" INTEGER NOT NULL,
    "offered_minutes" INTEGER NOT NULL DEFAULT 0,
    "visit_minutes" INTEGER NOT NULL DEFAULT 0,
    "booked" INTEGER NOT NULL DEFAULT 0,
    "completed" INTEGER NOT NULL DEFAULT 0,
    "cancelled" INTEGER NOT NULL DEFAULT 0,
    "cancelled_late" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "lead_minutes" BIGINT NOT NULL DEFAULT 0,
    "fee_minor" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "hour_numbers_pkey" PRIMARY KEY ("clinic_id","day","doctor_id","hour")
);

-- CreateTable
CREATE TABLE "day_numbers" (
    "clinic_id" UUID NOT NULL,
    "doctor_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "offered_minutes" INTEGER NOT NULL,
    "visit_minutes" INTEGER NOT NULL,
    "booked" INTEGER NOT NULL,
    "completed" INTEGER NOT NULL,
    "cancelled" INTEGER NOT NULL,
    "cancelled_late" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "missed" INTEGER NOT NULL,
    "lead_minutes" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,

    CONSTRAINT "day_numbers_pkey" PRIMARY KEY ("clinic_id","day","doctor_id")
);

-- CreateTable
CREATE TABLE "clinic_hour_numbers" (
    "clinic_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "hour" INTEGER NOT NULL,
    "offered_minutes" INTEGER NOT NULL,
    "visit_minutes" INTEGER NOT NULL,
    "booked" INTEGER NOT NULL,

    CONSTRAINT "clinic_hour_numbers_pkey" PRIMARY KEY ("clinic_id","day","hour")
);

-- CreateTable
CREATE TABLE "stale_hours" (
    "id" BIGSERIAL NOT NULL,
    "clinic_id" UUID NOT NULL,
    "doctor_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stale_hours_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "hour_numbers_day_idx" ON "hour_numbers"("day");

-- CreateIndex
CREATE INDEX "hour_numbers_doctor_id_day_idx" ON "hour_numbers"("doctor_id", "day");

-- CreateIndex
CREATE INDEX "day_numbers_day_idx" ON "day_numbers"("day");

-- CreateIndex
CREATE INDEX "day_numbers_doctor_id_day_idx" ON "day_numbers"("doctor_id", "day");

-- CreateIndex
CREATE INDEX "clinic_hour_numbers_day_idx" ON "clinic_hour_numbers"("day");

-- CreateIndex
CREATE INDEX "appointments_starts_at_id_idx" ON "appointments"("starts_at", "id");

-- CreateIndex
CREATE INDEX "appointments_to_confirm" ON "appointments"("clinic_id", "starts_at") WHERE (status = 'BOOKED');

-- CreateIndex
CREATE INDEX "appointments_created_at_id_idx" ON "appointments"("created_at", "id");

-- CreateIndex
CREATE INDEX "appointments_room_id_starts_at_idx" ON "appointments"("room_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointments_clinic_id_patient_id_status_idx" ON "appointments"("clinic_id", "patient_id", "status");

-- CreateIndex
CREATE INDEX "appointments_reference_search" ON "appointments" USING GIN ("reference" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "audit_events_clinic_id_id_idx" ON "audit_events"("clinic_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_event_id_idx" ON "audit_events"("event", "id");

-- CreateIndex
CREATE INDEX "audit_events_request_id_idx" ON "audit_events" USING HASH ("request_id");

-- CreateIndex
CREATE INDEX "patients_clinic_id_idx" ON "patients"("clinic_id");

-- CreateIndex
CREATE INDEX "patients_created_at_id_idx" ON "patients"("created_at", "id");

-- CreateIndex
CREATE INDEX "patients_name_id_idx" ON "patients"("name", "id");

-- CreateIndex
CREATE INDEX "patients_name_search" ON "patients" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "patients_date_of_birth_idx" ON "patients"("date_of_birth");

-- CreateIndex
CREATE INDEX "users_created_at_id_idx" ON "users"("created_at", "id");

-- CreateIndex
CREATE INDEX "users_name_id_idx" ON "users"("name", "id");

-- CreateIndex
CREATE INDEX "users_name_search" ON "users" USING GIN ("name" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "patients" ADD CONSTRAINT "patients_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "doctor_photos" ADD CONSTRAINT "doctor_photos_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hour_numbers" ADD CONSTRAINT "hour_numbers_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hour_numbers" ADD CONSTRAINT "hour_numbers_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "day_numbers" ADD CONSTRAINT "day_numbers_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "day_numbers" ADD CONSTRAINT "day_numbers_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinic_hour_numbers" ADD CONSTRAINT "clinic_hour_numbers_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language can't say ---------------------------------------------------------------------------

-- Law 2, with what is squeezed in on purpose: the times of a doctor never overlap, and neither do the extra ones.
ALTER TABLE "time_slots" DROP CONSTRAINT "time_slots_doctor_overlap";
ALTER TABLE "time_slots" ADD CONSTRAINT "time_slots_doctor_overlap"
  EXCLUDE USING gist ("doctor_id" WITH =, tstzrange("starts_at", "ends_at") WITH &&)
  WHERE ("withdrawn_at" IS NULL AND NOT "is_extra");
ALTER TABLE "time_slots" ADD CONSTRAINT "time_slots_extra_overlap"
  EXCLUDE USING gist ("doctor_id" WITH =, tstzrange("starts_at", "ends_at") WITH &&)
  WHERE ("withdrawn_at" IS NULL AND "is_extra");
-- An extra time lies on top of others at its own clinic only: nobody is at two.
ALTER TABLE "time_slots" ADD CONSTRAINT "time_slots_two_clinics"
  EXCLUDE USING gist ("doctor_id" WITH =, "clinic_id" WITH <>, tstzrange("starts_at", "ends_at") WITH &&)
  WHERE ("withdrawn_at" IS NULL);
ALTER TABLE "time_slots" ADD CONSTRAINT "time_slots_extra_has_reason"
  CHECK ("is_extra" = ("extra_reason" IS NOT NULL));

-- A patient can be reached: through an account, or by a phone number.
ALTER TABLE "patients" ADD CONSTRAINT "patients_reachable"
  CHECK ("account_id" IS NOT NULL OR ("phone" IS NOT NULL AND "clinic_id" IS NOT NULL) OR "archived_at" IS NOT NULL);
CREATE INDEX "patients_phone_search" ON "patients" USING gin (regexp_replace("phone", '\D', '', 'g') gin_trgm_ops);
CREATE INDEX "users_phone_search" ON "users" USING gin (regexp_replace("phone", '\D', '', 'g') gin_trgm_ops);
CREATE INDEX "users_email_search" ON "users" USING gin (("email"::text) gin_trgm_ops);

ALTER TABLE "hour_numbers" ADD CONSTRAINT "hour_numbers_hour" CHECK ("hour" BETWEEN 0 AND 23);

-- What happened is told at once to every process that listens. Identifiers only: what a listener may know of it, it asks.
CREATE FUNCTION "tell_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('docket_events', json_build_object(
    'event', NEW."event", 'clinicId', NEW."clinic_id", 'subjectId', NEW."subject_id")::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER "audit_events_told" AFTER INSERT ON "audit_events" FOR EACH ROW EXECUTE FUNCTION "tell_event"();

-- So is that a session was ended, by the hash under which it is known outside; not that its time had run out.
CREATE FUNCTION "tell_session"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('docket_events', json_build_object(
    'event', 'session.gone', 'clinicId', NULL, 'subjectId', encode(sha256(convert_to(OLD."sid", 'UTF8')), 'hex'))::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER "sessions_told" AFTER DELETE ON "sessions"
  FOR EACH ROW WHEN (OLD."expire" > now()) EXECUTE FUNCTION "tell_session"();

-- Numbers of a day are made anew when anything in it changed.
CREATE FUNCTION "note_stale_hours"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO "stale_hours" ("clinic_id", "doctor_id", "starts_at")
    SELECT DISTINCT "clinic_id", "doctor_id", "starts_at" FROM "before";
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO "stale_hours" ("clinic_id", "doctor_id", "starts_at")
    SELECT DISTINCT "clinic_id", "doctor_id", "starts_at" FROM "after";
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "appointments_added_stale" AFTER INSERT ON "appointments"
  REFERENCING NEW TABLE AS "after" FOR EACH STATEMENT EXECUTE FUNCTION "note_stale_hours"();
CREATE TRIGGER "appointments_changed_stale" AFTER UPDATE ON "appointments"
  REFERENCING OLD TABLE AS "before" NEW TABLE AS "after" FOR EACH STATEMENT EXECUTE FUNCTION "note_stale_hours"();
CREATE TRIGGER "time_slots_added_stale" AFTER INSERT ON "time_slots"
  REFERENCING NEW TABLE AS "after" FOR EACH STATEMENT EXECUTE FUNCTION "note_stale_hours"();
CREATE TRIGGER "time_slots_changed_stale" AFTER UPDATE ON "time_slots"
  REFERENCING OLD TABLE AS "before" NEW TABLE AS "after" FOR EACH STATEMENT EXECUTE FUNCTION "note_stale_hours"();
CREATE TRIGGER "time_slots_removed_stale" AFTER DELETE ON "time_slots"
  REFERENCING OLD TABLE AS "before" FOR EACH STATEMENT EXECUTE FUNCTION "note_stale_hours"();

-- A clinic that moves to another zone has other days, and one that counts in another currency other fees. Its old days
-- lie at most two beside the new ones.
CREATE FUNCTION "note_stale_clinic"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "stale_hours" ("clinic_id", "doctor_id", "starts_at")
  SELECT DISTINCT NEW."id", "doctor_id", ("day" + "beside" + time '12:00') AT TIME ZONE NEW."time_zone"
  FROM (SELECT DISTINCT "doctor_id", ("starts_at" AT TIME ZONE NEW."time_zone")::date AS "day"
        FROM "time_slots" WHERE "clinic_id" = NEW."id") AS "days", generate_series(-2, 2) AS "beside";
  RETURN NULL;
END
$$;
CREATE TRIGGER "clinics_moved_stale" AFTER UPDATE OF "time_zone", "currency" ON "clinics" FOR EACH ROW
  WHEN (OLD."time_zone" IS DISTINCT FROM NEW."time_zone" OR OLD."currency" IS DISTINCT FROM NEW."currency")
  EXECUTE FUNCTION "note_stale_clinic"();

-- Nothing was counted before: each day of a doctor at a clinic once.
INSERT INTO "stale_hours" ("clinic_id", "doctor_id", "starts_at")
SELECT s."clinic_id", s."doctor_id", min(s."starts_at") FROM "time_slots" s JOIN "clinics" c ON c."id" = s."clinic_id"
GROUP BY s."clinic_id", s."doctor_id", (s."starts_at" AT TIME ZONE c."time_zone")::date;
