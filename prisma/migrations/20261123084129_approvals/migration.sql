-- CreateEnum
CREATE TYPE "ChangeAction" AS ENUM ('update', 'open');

-- CreateEnum
CREATE TYPE "ChangeRequestEventKind" AS ENUM ('revision_added', 'status_changed', 'approved_by_user', 'unapproved_by_user', 'commented', 'description_updated');

-- AlterTable
ALTER TABLE "Environment" ADD COLUMN     "openGated" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "updateGated" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "changeRequestId" TEXT;

-- AlterTable
ALTER TABLE "ChangeRequest" ADD COLUMN     "accessExpiresAt" TIMESTAMPTZ(6),
ADD COLUMN     "action" "ChangeAction" NOT NULL DEFAULT 'update',
ADD COLUMN     "firstOpenedAt" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "ChangeRequestRevision" ADD COLUMN     "accessDurationSeconds" INTEGER,
ADD COLUMN     "grantExpirationSeconds" INTEGER;

-- CreateTable
CREATE TABLE "ChangeGate" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "environmentId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "actions" "ChangeAction"[],
    "approvalsRequired" INTEGER NOT NULL,
    "allowSelfApproval" BOOLEAN NOT NULL DEFAULT false,
    "reapproveOnChange" BOOLEAN NOT NULL DEFAULT true,
    "approvers" JSONB NOT NULL,
    "bypassers" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "modifiedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChangeGate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChangeApproval" (
    "organizationId" TEXT NOT NULL,
    "changeRequestId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChangeApproval_pkey" PRIMARY KEY ("changeRequestId","personId")
);

-- CreateTable
CREATE TABLE "ChangeRequestEvent" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "changeRequestId" TEXT NOT NULL,
    "kind" "ChangeRequestEventKind" NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "byLogin" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "revision" INTEGER,
    "status" "ChangeRequestStatus",
    "comment" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ChangeRequestEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ChangeGate_environmentId_idx" ON "ChangeGate"("environmentId");

-- CreateIndex
CREATE INDEX "ChangeRequestEvent_changeRequestId_at_idx" ON "ChangeRequestEvent"("changeRequestId", "at");

-- CreateIndex
CREATE INDEX "ChangeRequest_organizationId_createdById_idx" ON "ChangeRequest"("organizationId", "createdById");

-- AddForeignKey
ALTER TABLE "ChangeGate" ADD CONSTRAINT "ChangeGate_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChangeApproval" ADD CONSTRAINT "ChangeApproval_changeRequestId_fkey" FOREIGN KEY ("changeRequestId") REFERENCES "ChangeRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChangeRequestEvent" ADD CONSTRAINT "ChangeRequestEvent_changeRequestId_fkey" FOREIGN KEY ("changeRequestId") REFERENCES "ChangeRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
