-- CreateEnum
CREATE TYPE "DeskMethod" AS ENUM ('CASH', 'CARD', 'UPI', 'NET_BANKING', 'WALLET', 'OTHER');

-- CreateEnum
CREATE TYPE "PaymentFailure" AS ENUM ('DECLINED', 'ABANDONED', 'UNAVAILABLE', 'REPLACED', 'CALLED_OFF', 'WAIVED');

-- CreateEnum
CREATE TYPE "RefundCause" AS ENUM ('CANCELLED', 'REJECTED', 'STAFF', 'TIME_GONE', 'PAID_TWICE', 'WRONG_AMOUNT', 'AT_GATEWAY');

-- CreateEnum
CREATE TYPE "TestCheckoutState" AS ENUM ('OPEN', 'PAID', 'DECLINED', 'CLOSED');

-- AlterTable
ALTER TABLE "day_numbers" ADD COLUMN     "received_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refunded_minor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "hour_numbers" ADD COLUMN     "received_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "refunded_minor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "payments" ADD COLUMN     "checkout_url" TEXT,
ADD COLUMN     "clinic_id" UUID,
ADD COLUMN     "collected_by_id" UUID,
ADD COLUMN     "failed_looks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "failure" "PaymentFailure",
ADD COLUMN     "idempotency_key" TEXT,
ADD COLUMN     "is_current" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "next_look_at" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "paid_with" "DeskMethod",
ADD COLUMN     "received_minor" INTEGER,
ADD COLUMN     "reference" TEXT,
ADD COLUMN     "refund_cause" "RefundCause",
ADD COLUMN     "refund_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "refund_reference" TEXT,
ADD COLUMN     "refunded_by_id" UUID,
ADD COLUMN     "transaction_id" TEXT;

-- Names for what has none yet: twelve letters and digits that can't be mistaken for others.
CREATE FUNCTION "reference_from"(uuid) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(upper(translate(left(md5($1::text), 12), '01', 'xz')), '(....)(....)(....)', '\1-\2-\3')
$$;
-- Of what was noted before there were gateways nothing says how it went on.
UPDATE "payments" SET "status" = 'PENDING', "method" = 'PAY_AT_CLINIC', "gateway" = NULL, "gateway_reference" = NULL,
  "paid_at" = NULL, "refunded_at" = NULL;
DELETE FROM "payments" p USING "payments" q WHERE p."appointment_id" = q."appointment_id" AND p."id" < q."id";
UPDATE "payments" p SET "reference" = "reference_from"(p."id"), "clinic_id" = a."clinic_id" FROM "appointments" a
WHERE a."id" = p."appointment_id";
UPDATE "payments" p SET "status" = 'FAILED', "failure" = 'WAIVED' FROM "appointments" a
WHERE a."id" = p."appointment_id" AND NOT (a."status" IN ('BOOKED', 'CONFIRMED', 'CHECKED_IN') AND a."ends_at" > now());
ALTER TABLE "payments" ALTER COLUMN "reference" SET NOT NULL, ALTER COLUMN "clinic_id" SET NOT NULL;

-- CreateTable
CREATE TABLE "test_checkouts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "idempotency_key" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "return_url" TEXT NOT NULL,
    "left_url" TEXT NOT NULL,
    "callback_url" TEXT NOT NULL,
    "state" "TestCheckoutState" NOT NULL DEFAULT 'OPEN',
    "transaction_id" TEXT,
    "refunded_minor" INTEGER NOT NULL DEFAULT 0,
    "refund_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "test_checkouts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_callbacks" (
    "id" BIGSERIAL NOT NULL,
    "checkout_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "test_callbacks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "test_checkouts_idempotency_key_key" ON "test_checkouts"("idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "test_checkouts_transaction_id_key" ON "test_checkouts"("transaction_id");

-- CreateIndex
CREATE UNIQUE INDEX "test_checkouts_refund_key_key" ON "test_checkouts"("refund_key");

-- CreateIndex
CREATE INDEX "test_callbacks_checkout_id_idx" ON "test_callbacks"("checkout_id");

-- CreateIndex
CREATE INDEX "test_callbacks_due" ON "test_callbacks"("due_at") WHERE (delivered_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "payments_reference_key" ON "payments"("reference");

-- CreateIndex
CREATE INDEX "payments_created_at_id_idx" ON "payments"("created_at", "id");

-- CreateIndex
CREATE INDEX "payments_clinic_id_created_at_id_idx" ON "payments"("clinic_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "payments_clinic_id_paid_at_idx" ON "payments"("clinic_id", "paid_at");

-- CreateIndex
CREATE INDEX "payments_clinic_id_refunded_at_idx" ON "payments"("clinic_id", "refunded_at");

-- CreateIndex
CREATE INDEX "payments_transaction_id_idx" ON "payments"("transaction_id");

-- CreateIndex
CREATE INDEX "payments_status_failure_refund_due_at_idx" ON "payments"("status", "failure", "refund_due_at");

-- CreateIndex
CREATE INDEX "payments_to_look_at" ON "payments"("next_look_at") WHERE (next_look_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "payments_current" ON "payments"("appointment_id") WHERE (is_current);

-- CreateIndex
CREATE UNIQUE INDEX "payments_paid_once" ON "payments"("appointment_id") WHERE ((status = 'SUCCESS'::"PaymentStatus") AND (refund_due_at IS NULL));

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_collected_by_id_fkey" FOREIGN KEY ("collected_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_refunded_by_id_fkey" FOREIGN KEY ("refunded_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_callbacks" ADD CONSTRAINT "test_callbacks_checkout_id_fkey" FOREIGN KEY ("checkout_id") REFERENCES "test_checkouts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language can't say ---------------------------------------------------------------------------

-- Money is there or it isn't, and what went back was there.
ALTER TABLE "payments" ADD CONSTRAINT "payments_paid"
  CHECK (("status" IN ('SUCCESS', 'REFUNDED')) = ("paid_at" IS NOT NULL) AND ("paid_at" IS NULL) = ("received_minor" IS NULL));
ALTER TABLE "payments" ADD CONSTRAINT "payments_received" CHECK ("received_minor" > 0);
ALTER TABLE "payments" ADD CONSTRAINT "payments_failed" CHECK (("status" = 'FAILED') = ("failure" IS NOT NULL));
ALTER TABLE "payments" ADD CONSTRAINT "payments_refunded"
  CHECK (("status" = 'REFUNDED') = ("refunded_at" IS NOT NULL) AND ("refunded_at" IS NULL OR "refund_due_at" IS NOT NULL));
ALTER TABLE "payments" ADD CONSTRAINT "payments_refund_due"
  CHECK (("refund_due_at" IS NULL) = ("refund_cause" IS NULL) AND ("refund_due_at" IS NULL OR "paid_at" IS NOT NULL));
ALTER TABLE "payments" ADD CONSTRAINT "payments_at_clinic"
  CHECK (("method" = 'PAY_AT_CLINIC') = ("gateway" IS NULL) AND ("paid_with" IS NULL OR "gateway" IS NULL));
-- What keeps its time is paid in full. A wrong amount goes back.
ALTER TABLE "payments" ADD CONSTRAINT "payments_in_full"
  CHECK ("received_minor" IS NULL OR "received_minor" = "amount_minor" OR "refund_due_at" IS NOT NULL);

-- What a payment was for and how much never changes, money from a gateway doesn't unhappen, and what went back is over,
-- unless a bank turned it down: then it is there again, and still owed.
CREATE FUNCTION "keep_payment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'payments are kept' USING ERRCODE = '23001';
  END IF;
  IF (NEW."id", NEW."reference", NEW."appointment_id", NEW."method", NEW."amount_minor", NEW."currency", NEW."created_at")
      IS DISTINCT FROM
      (OLD."id", OLD."reference", OLD."appointment_id", OLD."method", OLD."amount_minor", OLD."currency", OLD."created_at")
    OR NEW."gateway" IS DISTINCT FROM OLD."gateway"
    OR (OLD."gateway_reference" IS NOT NULL AND NEW."gateway_reference" IS DISTINCT FROM OLD."gateway_reference")
    OR (OLD."gateway" IS NOT NULL AND OLD."paid_at" IS NOT NULL AND
      (NEW."paid_at", NEW."received_minor", NEW."transaction_id", NEW."clinic_id") IS DISTINCT FROM
      (OLD."paid_at", OLD."received_minor", OLD."transaction_id", OLD."clinic_id"))
    OR (OLD."refund_due_at" IS NOT NULL AND NEW."refund_due_at" IS DISTINCT FROM OLD."refund_due_at")
    OR (OLD."status" = 'REFUNDED' AND NEW."status" <> 'REFUNDED'
      AND NOT (NEW."status" = 'SUCCESS' AND NEW."refunded_at" IS NULL AND NEW."gateway" IS NOT NULL))
  THEN
    RAISE EXCEPTION 'a payment stays what it was' USING ERRCODE = '23001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "payments_kept" BEFORE UPDATE OR DELETE ON "payments" FOR EACH ROW EXECUTE FUNCTION "keep_payment"();

-- The test gateway gives back what it took, and no more.
ALTER TABLE "test_checkouts" ADD CONSTRAINT "test_checkouts_books" CHECK (
  "amount_minor" > 0 AND "refunded_minor" BETWEEN 0 AND "amount_minor" AND ("state" = 'PAID') = ("transaction_id" IS NOT NULL)
  AND ("refunded_minor" = 0 OR "state" = 'PAID') AND ("refunded_minor" = 0) = ("refund_key" IS NULL));

-- Whoever is still to come pays at the clinic; what was over before is no debt.
INSERT INTO "payments" ("reference", "appointment_id", "clinic_id", "method", "amount_minor", "currency", "created_at")
SELECT "reference_from"(a."id"), a."id", a."clinic_id", 'PAY_AT_CLINIC', a."fee_minor", a."currency", a."created_at"
FROM "appointments" a
WHERE a."status" IN ('BOOKED', 'CONFIRMED', 'CHECKED_IN') AND a."ends_at" > now() AND a."fee_minor" > 0
  AND NOT EXISTS (SELECT FROM "payments" p WHERE p."appointment_id" = a."id");
DROP FUNCTION "reference_from"(uuid);

-- What is paid and what goes back changes the numbers of the visit's hour.
CREATE FUNCTION "note_stale_payment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "stale_hours" ("clinic_id", "doctor_id", "starts_at")
  SELECT "clinic_id", "doctor_id", "starts_at" FROM "appointments" WHERE "id" = NEW."appointment_id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "payments_paid_stale" AFTER UPDATE ON "payments" FOR EACH ROW
  WHEN (OLD."status" IS DISTINCT FROM NEW."status") EXECUTE FUNCTION "note_stale_payment"();
CREATE TRIGGER "payments_added_paid_stale" AFTER INSERT ON "payments" FOR EACH ROW
  WHEN (NEW."status" IN ('SUCCESS', 'REFUNDED')) EXECUTE FUNCTION "note_stale_payment"();
