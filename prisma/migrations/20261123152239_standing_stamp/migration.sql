-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "standingStamp" UUID NOT NULL DEFAULT gen_random_uuid();

-- Whoever remembers where somebody stands in an organization may go on using it while the stamp is the same
-- (lib/access/known-standings.ts). So everything that a standing is read from renews the stamp, in the transaction that
-- changes it and whoever writes it. A random stamp never comes back, whatever becomes of the database.

-- A version of the row that this transaction made has a stamp that nobody else has seen.
CREATE FUNCTION "renew_standing_in"(organizations text[]) RETURNS void LANGUAGE sql AS $$
  UPDATE "Organization" SET "standingStamp" = gen_random_uuid()
  WHERE "id" = ANY (organizations) AND xmin <> pg_current_xact_id()::xid
$$;

CREATE FUNCTION "renew_own_standing"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."standingStamp" := gen_random_uuid();
  RETURN NEW;
END
$$;
CREATE TRIGGER "Organization_renews_standing" BEFORE UPDATE ON "Organization"
  FOR EACH ROW EXECUTE FUNCTION "renew_own_standing"();

CREATE FUNCTION "renew_standing"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "renew_standing_in"(ARRAY[OLD."organizationId", NEW."organizationId"]);
  RETURN NULL;
END
$$;
DO $$
DECLARE
  owned text;
BEGIN
  FOREACH owned IN ARRAY ARRAY['Member', 'Team', 'Role', 'PermissionSet', 'EnvironmentGrant', 'EnvironmentTag',
    'ChangeRequest', 'ChangeRequestRevision']
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION "renew_standing"()', owned || '_renews_standing', owned);
  END LOOP;
END
$$;

-- The newest revision and its time are read fresh each time, and change with every save.
CREATE TRIGGER "Environment_renews_standing" AFTER UPDATE ON "Environment" FOR EACH ROW
  WHEN ((to_jsonb(OLD) - ARRAY['latestRevision', 'modifiedAt'])
    IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['latestRevision', 'modifiedAt']))
  EXECUTE FUNCTION "renew_standing"();
CREATE TRIGGER "AccessToken_renews_standing" AFTER UPDATE ON "AccessToken" FOR EACH ROW
  WHEN ((to_jsonb(OLD) - 'lastUsedAt') IS DISTINCT FROM (to_jsonb(NEW) - 'lastUsedAt'))
  EXECUTE FUNCTION "renew_standing"();

CREATE FUNCTION "renew_standing_by_team"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "renew_standing_in"(ARRAY(
    SELECT "organizationId" FROM "Team" WHERE "id" IN (OLD."teamId", NEW."teamId")));
  RETURN NULL;
END
$$;
CREATE TRIGGER "TeamMember_renews_standing" AFTER INSERT OR UPDATE OR DELETE ON "TeamMember"
  FOR EACH ROW EXECUTE FUNCTION "renew_standing_by_team"();
CREATE TRIGGER "TeamRole_renews_standing" AFTER INSERT OR UPDATE OR DELETE ON "TeamRole"
  FOR EACH ROW EXECUTE FUNCTION "renew_standing_by_team"();

CREATE FUNCTION "renew_standing_by_role"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "renew_standing_in"(ARRAY(
    SELECT "organizationId" FROM "Role" WHERE "id" IN (OLD."roleId", NEW."roleId")));
  RETURN NULL;
END
$$;
CREATE TRIGGER "RoleRule_renews_standing" AFTER INSERT OR UPDATE OR DELETE ON "RoleRule"
  FOR EACH ROW EXECUTE FUNCTION "renew_standing_by_role"();

CREATE FUNCTION "renew_standing_by_person"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "renew_standing_in"(ARRAY(SELECT "organizationId" FROM "Member" WHERE "personId" = NEW."id"));
  RETURN NULL;
END
$$;
CREATE TRIGGER "Person_renews_standing" AFTER UPDATE OF "disabledAt" ON "Person"
  FOR EACH ROW EXECUTE FUNCTION "renew_standing_by_person"();
