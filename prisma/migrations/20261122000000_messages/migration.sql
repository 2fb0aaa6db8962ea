-- CreateEnum
CREATE TYPE "MailRequestKind" AS ENUM ('RESET', 'CONFIRM', 'CHANGE');

-- AlterEnum
ALTER TYPE "InvitationPurpose" ADD VALUE 'CONFIRM';
ALTER TYPE "InvitationPurpose" ADD VALUE 'CHANGE';

-- DropIndex
DROP INDEX "notifications_recipient_id_created_at_idx";

-- DropIndex
DROP INDEX "notifications_status_send_after_idx";

-- AlterTable
ALTER TABLE "invitations" ADD COLUMN     "email" CITEXT;

-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "address" CITEXT,
ADD COLUMN     "clinic_id" UUID,
ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "copy_of_id" UUID,
ADD COLUMN     "last_attempt_at" TIMESTAMPTZ(3),
ADD COLUMN     "patient_id" UUID,
ADD COLUMN     "seen_to_at" TIMESTAMPTZ(3),
ADD COLUMN     "seen_to_by_id" UUID,
ALTER COLUMN "recipient_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "email_confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "wants_agenda" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "wants_news" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "wants_reminders" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "wants_texts" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "mail_requests" (
    "id" BIGSERIAL NOT NULL,
    "kind" "MailRequestKind" NOT NULL,
    "email" CITEXT NOT NULL,
    "user_id" UUID,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_feeds" (
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_feeds_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "job_runs" (
    "name" TEXT NOT NULL,
    "ran_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_runs_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feeds_token_hash_key" ON "calendar_feeds"("token_hash");

-- CreateIndex
CREATE INDEX "notifications_awaited" ON "notifications"("channel", "send_after") WHERE ((status = 'PLANNED'::"NotificationStatus") AND (kind <> ALL (ARRAY['appointment.reminder'::text, 'doctor.agenda'::text])));

-- CreateIndex
CREATE INDEX "notifications_due" ON "notifications"("channel", "send_after") WHERE (status = 'PLANNED');

-- CreateIndex
CREATE INDEX "notifications_recipient_id_created_at_id_idx" ON "notifications"("recipient_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "notifications_patient_id_idx" ON "notifications"("patient_id");

-- CreateIndex
CREATE INDEX "notifications_unread" ON "notifications"("recipient_id") WHERE ((channel = 'IN_APP'::"NotificationChannel") AND (read_at IS NULL));

-- CreateIndex
CREATE INDEX "notifications_clinic_id_created_at_id_idx" ON "notifications"("clinic_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "notifications_created_at_id_idx" ON "notifications"("created_at", "id");

-- CreateIndex
CREATE INDEX "notifications_unreached" ON "notifications"("clinic_id", "created_at") WHERE ((status = 'FAILED'::"NotificationStatus") AND (seen_to_at IS NULL) AND (closed_at IS NULL));

-- CreateIndex
CREATE INDEX "notifications_retried" ON "notifications"("channel", "last_attempt_at") WHERE ((status = 'PLANNED'::"NotificationStatus") AND (last_error IS NOT NULL));

-- CreateIndex
CREATE INDEX "notifications_sent_at" ON "notifications"("channel", "sent_at") WHERE (sent_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "notifications_copy_of_id_idx" ON "notifications"("copy_of_id");

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_seen_to_by_id_fkey" FOREIGN KEY ("seen_to_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_copy_of_id_fkey" FOREIGN KEY ("copy_of_id") REFERENCES "notifications"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language can't say ---------------------------------------------------------------------------

-- A message goes to somebody: an account, or a patient who has none.
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_to_one"
  CHECK (("recipient_id" IS NULL) <> ("patient_id" IS NULL));
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_sent" CHECK (("status" = 'SENT') = ("sent_at" IS NOT NULL));
-- What is shown on a page is there when it is written.
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_in_app"
  CHECK ("channel" <> 'IN_APP' OR ("status" = 'SENT' AND "recipient_id" IS NOT NULL));
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_read" CHECK ("read_at" IS NULL OR "channel" = 'IN_APP');
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_failed" CHECK ("status" <> 'FAILED' OR "last_error" IS NOT NULL);
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_seen_to"
  CHECK (("seen_to_at" IS NULL) = ("seen_to_by_id" IS NULL) AND ("seen_to_at" IS NULL OR "status" = 'FAILED'));
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_closed" CHECK ("closed_at" IS NULL OR "status" = 'FAILED');
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_copy" CHECK ("copy_of_id" <> "id");
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_change" CHECK (("purpose"::text = 'CHANGE') = ("email" IS NOT NULL));
ALTER TABLE "mail_requests" ADD CONSTRAINT "mail_requests_change" CHECK (("kind" = 'CHANGE') = ("user_id" IS NOT NULL));

-- Keys name whoever a message goes to: what was sent before is not sent again.
UPDATE "notifications" SET "dedupe_key" = "dedupe_key" || ':' || "recipient_id" WHERE "kind" LIKE 'payment.%';
UPDATE "notifications" n SET "clinic_id" = a."clinic_id" FROM "appointments" a WHERE a."id" = n."appointment_id";

-- Whoever has been using an account for a while is not asked to prove the address.
UPDATE "users" SET "email_confirmed_at" = "created_at" WHERE "password_hash" IS NOT NULL;

-- A message that was delivered stays delivered, and what it was does not change. Nothing is lost: no row goes.
CREATE FUNCTION "keep_notification"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."id", NEW."kind", NEW."channel", NEW."dedupe_key", NEW."copy_of_id", NEW."created_at")
      IS DISTINCT FROM (OLD."id", OLD."kind", OLD."channel", OLD."dedupe_key", OLD."copy_of_id", OLD."created_at")
    OR (OLD."status" = 'SENT' AND (NEW."status", NEW."sent_at") IS DISTINCT FROM (OLD."status", OLD."sent_at"))
  THEN
    RAISE EXCEPTION 'a message stays what it was' USING ERRCODE = '23001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "notifications_kept" BEFORE UPDATE ON "notifications" FOR EACH ROW EXECUTE FUNCTION "keep_notification"();

-- That something waits to be sent, could not be delivered or was seen to, or somebody has a new notice, is told when the
-- transaction is through.
CREATE FUNCTION "tell_notification"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('docket_events', CASE WHEN NEW."channel" = 'IN_APP'
    THEN json_build_object('event', 'notice.changed', 'clinicId', NULL, 'subjectId', NEW."recipient_id")
    WHEN NEW."status" = 'FAILED'
    THEN json_build_object('event', 'message.changed', 'clinicId', NEW."clinic_id", 'subjectId', NEW."id")
    ELSE json_build_object('event', 'message.planned', 'clinicId', NULL, 'subjectId', NULL) END::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER "notifications_added_told" AFTER INSERT ON "notifications" FOR EACH ROW
  WHEN (NEW."channel" = 'IN_APP' OR NEW."send_after" <= NEW."created_at") EXECUTE FUNCTION "tell_notification"();
CREATE TRIGGER "notifications_changed_told" AFTER UPDATE ON "notifications" FOR EACH ROW
  WHEN (OLD."read_at" IS DISTINCT FROM NEW."read_at" OR (OLD."status" <> NEW."status" AND NEW."status" IN ('PLANNED', 'FAILED')) OR OLD."seen_to_at" IS DISTINCT FROM NEW."seen_to_at")
  EXECUTE FUNCTION "tell_notification"();
CREATE FUNCTION "tell_mail_request"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('docket_events',
    json_build_object('event', 'message.planned', 'clinicId', NULL, 'subjectId', NULL)::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER "mail_requests_told" AFTER INSERT ON "mail_requests" FOR EACH ROW EXECUTE FUNCTION "tell_mail_request"();

-- Whose times something is about is told along: pages with the times of one doctor need not ask after every other.
CREATE OR REPLACE FUNCTION "tell_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('docket_events', json_build_object(
    'event', NEW."event", 'clinicId', NEW."clinic_id", 'subjectId', NEW."subject_id",
    'doctorIds', (SELECT coalesce(json_agg(DISTINCT d."id"), '[]') FROM (
      SELECT a."doctor_id"::text FROM "appointments" a WHERE a."id" = NEW."appointment_id"
      UNION ALL SELECT NEW."data"->>'fromDoctorId'
      UNION ALL SELECT s."doctor_id"::text FROM "time_slots" s
        WHERE s."id" = CASE WHEN NEW."subject_type" = 'timeslot' THEN NEW."subject_id"::uuid END
      UNION ALL SELECT NEW."subject_id" WHERE NEW."subject_type" = 'doctor') d("id") WHERE d."id" IS NOT NULL))::text);
  RETURN NULL;
END
$$;
