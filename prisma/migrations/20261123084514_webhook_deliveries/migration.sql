-- CreateEnum
CREATE TYPE "DeliveryStatus" AS ENUM ('pending', 'delivered', 'failed');

-- DropIndex
DROP INDEX "OutboxEvent_doneAt_availableAt_idx";

-- AlterTable
ALTER TABLE "OutboxEvent" DROP COLUMN "attempts",
DROP COLUMN "doneAt";

-- AlterTable
ALTER TABLE "Webhook" ADD COLUMN     "previousUntil" TIMESTAMPTZ(6),
ADD COLUMN     "sealedPrevious" BYTEA;

-- AlterTable
ALTER TABLE "WebhookDelivery" ADD COLUMN     "nextTryAt" TIMESTAMPTZ(6),
ADD COLUMN     "status" "DeliveryStatus" NOT NULL DEFAULT 'pending',
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0,
ALTER COLUMN "durationMs" SET DEFAULT 0,
ALTER COLUMN "requestHeaders" SET DEFAULT '',
ALTER COLUMN "responseCode" SET DEFAULT 0,
ALTER COLUMN "responseHeaders" SET DEFAULT '',
ALTER COLUMN "responseBody" SET DEFAULT '';

-- AlterTable
ALTER TABLE "RotationSchedule" ADD COLUMN     "createdByToken" TEXT;

-- CreateIndex
CREATE INDEX "OutboxEvent_availableAt_idx" ON "OutboxEvent"("availableAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_nextTryAt_idx" ON "WebhookDelivery"("nextTryAt");

-- Names of webhooks of a whole organization: a unique key does not see rows whose environment is null.
CREATE UNIQUE INDEX "Webhook_organization_name_key" ON "Webhook"("organizationId", "name") WHERE "environmentId" IS NULL;
