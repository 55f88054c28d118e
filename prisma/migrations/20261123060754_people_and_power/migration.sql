-- CreateEnum
CREATE TYPE "TeamMemberRole" AS ENUM ('member', 'admin');

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "maxTokenLifetimeDays" INTEGER;

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "roleId" TEXT;

-- AlterTable
ALTER TABLE "AccessToken" ADD COLUMN     "issuerId" TEXT,
ADD COLUMN     "organizationRole" "MemberRole",
ADD COLUMN     "roleId" TEXT;

-- CreateTable
CREATE TABLE "Team" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "displayName" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TeamMember" (
    "teamId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "role" "TeamMemberRole" NOT NULL DEFAULT 'member',
    "issuer" TEXT,

    CONSTRAINT "TeamMember_pkey" PRIMARY KEY ("teamId","personId")
);

-- CreateTable
CREATE TABLE "TeamGroup" (
    "teamId" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "group" TEXT NOT NULL,

    CONSTRAINT "TeamGroup_pkey" PRIMARY KEY ("teamId","issuer","group")
);

-- CreateTable
CREATE TABLE "TeamRole" (
    "teamId" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,

    CONSTRAINT "TeamRole_pkey" PRIMARY KEY ("teamId","roleId")
);

-- CreateTable
CREATE TABLE "Role" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "organizationScopes" TEXT[],
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "modifiedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleRule" (
    "id" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "where" JSONB NOT NULL,
    "level" "EnvironmentLevel",
    "permissionSetId" TEXT,
    "maxOpenDurationSeconds" INTEGER,

    CONSTRAINT "RoleRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PermissionSet" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PermissionSet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "email" TEXT NOT NULL DEFAULT '',
    "emailKey" TEXT NOT NULL DEFAULT '',
    "role" "MemberRole" NOT NULL DEFAULT 'member',
    "roleId" TEXT,
    "teamIds" TEXT[],
    "hash" BYTEA NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(6) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(6),
    "acceptedById" TEXT,
    "canceledAt" TIMESTAMPTZ(6),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OidcIssuer" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "maxExpirationSeconds" INTEGER NOT NULL DEFAULT 90000,
    "thumbprints" TEXT[],
    "jwks" JSONB,
    "policies" JSONB NOT NULL,
    "policiesVersion" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "modifiedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(6),

    CONSTRAINT "OidcIssuer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Team_organizationId_nameKey_key" ON "Team"("organizationId", "nameKey");

-- CreateIndex
CREATE INDEX "TeamMember_personId_idx" ON "TeamMember"("personId");

-- CreateIndex
CREATE INDEX "TeamGroup_issuer_group_idx" ON "TeamGroup"("issuer", "group");

-- CreateIndex
CREATE INDEX "TeamRole_roleId_idx" ON "TeamRole"("roleId");

-- CreateIndex
CREATE UNIQUE INDEX "Role_organizationId_nameKey_key" ON "Role"("organizationId", "nameKey");

-- CreateIndex
CREATE INDEX "RoleRule_permissionSetId_idx" ON "RoleRule"("permissionSetId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleRule_roleId_position_key" ON "RoleRule"("roleId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "PermissionSet_organizationId_nameKey_key" ON "PermissionSet"("organizationId", "nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_hash_key" ON "Invitation"("hash");

-- CreateIndex
CREATE INDEX "Invitation_organizationId_idx" ON "Invitation"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "OidcIssuer_organizationId_nameKey_key" ON "OidcIssuer"("organizationId", "nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "OidcIssuer_organizationId_url_key" ON "OidcIssuer"("organizationId", "url");

-- CreateIndex
CREATE INDEX "AccessToken_teamId_idx" ON "AccessToken"("teamId");

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Team" ADD CONSTRAINT "Team_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamGroup" ADD CONSTRAINT "TeamGroup_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamRole" ADD CONSTRAINT "TeamRole_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamRole" ADD CONSTRAINT "TeamRole_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleRule" ADD CONSTRAINT "RoleRule_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleRule" ADD CONSTRAINT "RoleRule_permissionSetId_fkey" FOREIGN KEY ("permissionSetId") REFERENCES "PermissionSet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PermissionSet" ADD CONSTRAINT "PermissionSet_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OidcIssuer" ADD CONSTRAINT "OidcIssuer_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessToken" ADD CONSTRAINT "AccessToken_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessToken" ADD CONSTRAINT "AccessToken_issuerId_fkey" FOREIGN KEY ("issuerId") REFERENCES "OidcIssuer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the data model cannot say.

ALTER TABLE "Team" ADD CONSTRAINT "Team_key_canonical" CHECK ("nameKey" = lower("nameKey"));
ALTER TABLE "Role" ADD CONSTRAINT "Role_key_canonical" CHECK ("nameKey" = lower("nameKey"));
ALTER TABLE "PermissionSet" ADD CONSTRAINT "PermissionSet_key_canonical" CHECK ("nameKey" = lower("nameKey"));
ALTER TABLE "OidcIssuer" ADD CONSTRAINT "OidcIssuer_key_canonical" CHECK ("nameKey" = lower("nameKey"));
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_key_canonical" CHECK ("emailKey" = lower("emailKey"));

ALTER TABLE "Organization" ADD CONSTRAINT "Organization_maxTokenLifetimeDays_range"
  CHECK ("maxTokenLifetimeDays" BETWEEN 1 AND 3650);

-- A person has exactly one role: a custom one takes the place of `member`.
ALTER TABLE "Member" ADD CONSTRAINT "Member_one_role" CHECK ("roleId" IS NULL OR "role" = 'member');
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_one_role" CHECK ("roleId" IS NULL OR "role" = 'member');

-- A rule gives a level or a permission set, never both and never neither.
ALTER TABLE "RoleRule" ADD CONSTRAINT "RoleRule_one_gift" CHECK (("level" IS NULL) <> ("permissionSetId" IS NULL));

-- An organization token has exactly one role, other tokens none of their own.
ALTER TABLE "AccessToken" ADD CONSTRAINT "AccessToken_one_role" CHECK (
  CASE "kind"
    WHEN 'organization' THEN ("organizationRole" IS NULL) <> ("roleId" IS NULL)
    ELSE "organizationRole" IS NULL AND "roleId" IS NULL
  END
);

-- Names of team and organization tokens are given once and for ever, so that an audit entry names one token.
CREATE UNIQUE INDEX "AccessToken_shared_name" ON "AccessToken" ("organizationId", lower("name"))
  WHERE "kind" <> 'personal' AND "issuerId" IS NULL;

-- An invitation ends in one way.
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_one_end" CHECK ("acceptedAt" IS NULL OR "canceledAt" IS NULL);
