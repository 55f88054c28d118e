-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "identityTokens" BOOLEAN NOT NULL DEFAULT false;
