-- CreateTable
CREATE TABLE "PeriodicJob" (
    "name" TEXT NOT NULL,
    "availableAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claim" TEXT,
    "claimedUntil" TIMESTAMPTZ(6),

    CONSTRAINT "PeriodicJob_pkey" PRIMARY KEY ("name")
);
