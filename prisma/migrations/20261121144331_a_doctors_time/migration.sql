-- CreateEnum
CREATE TYPE "Suspension" AS ENUM ('TIME_OFF', 'CLOSURE', 'HOURS');

-- AlterTable
ALTER TABLE "time_slots" ADD COLUMN     "suspended_by" "Suspension",
ADD COLUMN     "working_hours_id" UUID;

-- CreateIndex
CREATE INDEX "time_slots_working_hours_id_idx" ON "time_slots"("working_hours_id");

-- CreateIndex
CREATE INDEX "time_slots_suspended" ON "time_slots"("starts_at") WHERE (suspended_by IS NOT NULL);

-- AddForeignKey
ALTER TABLE "time_slots" ADD CONSTRAINT "time_slots_working_hours_id_fkey" FOREIGN KEY ("working_hours_id") REFERENCES "working_hours"("id") ON DELETE SET NULL ON UPDATE CASCADE;
