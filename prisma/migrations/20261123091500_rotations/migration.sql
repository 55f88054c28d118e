-- CreateEnum
CREATE TYPE "RotationStatus" AS ENUM ('in_progress', 'succeeded', 'failed');

-- CreateTable
CREATE TABLE "RotationEvent" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "environmentId" TEXT NOT NULL,
    "status" "RotationStatus" NOT NULL DEFAULT 'in_progress',
    "preRevision" INTEGER NOT NULL,
    "postRevision" INTEGER,
    "createdById" TEXT,
    "createdByLogin" TEXT NOT NULL DEFAULT '',
    "scheduleId" TEXT,
    "errorMessage" TEXT,
    "results" JSONB NOT NULL DEFAULT '[]',
    "leaseUntil" TIMESTAMPTZ(6) NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completedAt" TIMESTAMPTZ(6),

    CONSTRAINT "RotationEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RotationStep" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "environmentId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "rotator" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "orphanedAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "RotationStep_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RotationEvent_environmentId_createdAt_idx" ON "RotationEvent"("environmentId", "createdAt");

-- CreateIndex
CREATE INDEX "RotationStep_environmentId_path_idx" ON "RotationStep"("environmentId", "path");

-- CreateIndex
CREATE INDEX "RotationStep_organizationId_idx" ON "RotationStep"("organizationId");

-- AddForeignKey
ALTER TABLE "RotationEvent" ADD CONSTRAINT "RotationEvent_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RotationStep" ADD CONSTRAINT "RotationStep_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One rotation of an environment at a time, and one step of each of its calls.
CREATE UNIQUE INDEX "RotationEvent_under_way" ON "RotationEvent" ("environmentId") WHERE "status" = 'in_progress';
CREATE UNIQUE INDEX "RotationStep_living" ON "RotationStep" ("environmentId", "path") WHERE "orphanedAt" IS NULL;
