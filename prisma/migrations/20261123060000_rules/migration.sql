-- What the data model cannot say. Plain SQL for PostgreSQL 15 and later, embedded or not.

ALTER TABLE "Installation" ADD CONSTRAINT "Installation_one_row" CHECK ("id" = 1);

-- Key columns hold the canonical form, so comparing them is comparing names without regard to case.
ALTER TABLE "Person" ADD CONSTRAINT "Person_keys_canonical"
  CHECK ("loginKey" = lower("loginKey") AND "emailKey" = lower("emailKey"));
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_key_canonical" CHECK ("nameKey" = lower("nameKey"));
ALTER TABLE "Environment" ADD CONSTRAINT "Environment_keys_canonical"
  CHECK ("projectKey" = lower("projectKey") AND "nameKey" = lower("nameKey"));

-- A name is free again once its environment is deleted.
CREATE UNIQUE INDEX "Environment_living_name" ON "Environment" ("organizationId", "projectKey", "nameKey")
  WHERE "deletedAt" IS NULL;

ALTER TABLE "Environment" ADD CONSTRAINT "Environment_latestRevision_positive" CHECK ("latestRevision" >= 1);
ALTER TABLE "Revision" ADD CONSTRAINT "Revision_number_positive" CHECK ("number" >= 1);

-- Exactly one data key of an organization seals; the others only open.
CREATE UNIQUE INDEX "OrganizationKey_current" ON "OrganizationKey" ("organizationId") WHERE "retiredAt" IS NULL;

-- A token belongs to exactly what its kind says.
ALTER TABLE "AccessToken" ADD CONSTRAINT "AccessToken_owner" CHECK (
  CASE "kind"
    WHEN 'personal' THEN "personId" IS NOT NULL AND "teamId" IS NULL
    WHEN 'team' THEN "personId" IS NULL AND "teamId" IS NOT NULL AND "organizationId" IS NOT NULL
    WHEN 'organization' THEN "personId" IS NULL AND "teamId" IS NULL AND "organizationId" IS NOT NULL
  END
);

-- The audit log only grows.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_sequence_positive" CHECK ("sequence" >= 1);
