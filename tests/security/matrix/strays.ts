/**
 * Rows that hang on our environment and belong to the other organization, as no product code makes them: a botched
 * restore could. Every query says whose rows it wants, so nobody of ours may see or touch them.
 */
import { z } from 'zod'
import { database } from '@/lib/db'
import type { Furnished } from './furnished'

/** Stands in every stray where people could see it. */
export const marker = 'stray'

export interface Strays {
  /** What a request of ours would call them by. */
  names: Partial<Furnished>
  openSession: string
  /** Of everything that belongs to the other organization: it changes when anything of it does. */
  fingerprint(): Promise<string>
  /** How many rows of our organization were made from strays. */
  copies(): Promise<number>
}

const columns = [
  'name',
  'description',
  'path',
  'value',
  'targetName',
  'definition',
  'principalId',
  'payload',
  'result',
  'message',
  'etag',
  'editorLogin',
]

/** Tables whose rows hang on an environment, if only by way of another row. */
const hanging = `
  SELECT o.table_name FROM information_schema.columns o
  WHERE o.table_schema = 'public' AND o.column_name = 'organizationId' AND o.table_name NOT LIKE 'Audit%'
    AND (o.table_name IN ('WebhookDelivery', 'RotationExecution', 'ChangeRequestRevision') OR EXISTS (
      SELECT FROM information_schema.columns e
      WHERE e.table_schema = 'public' AND e.table_name = o.table_name AND e.column_name = 'environmentId'))`

const functions = `
  CREATE SCHEMA strays;
  CREATE TABLE strays.made ("table" text, id text);
  CREATE FUNCTION strays.plant(ours text, theirs text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE t text; over jsonb; made jsonb;
    BEGIN
      PERFORM set_config('session_replication_role', 'replica', true);
      FOR t IN ${hanging} LOOP
        SELECT jsonb_object_agg(c.column_name, CASE c.column_name WHEN 'organizationId' THEN to_jsonb(theirs)
            WHEN 'id' THEN to_jsonb(gen_random_uuid()::text) WHEN 'number' THEN '99' ELSE '"${marker}"' END)
          INTO over FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name = t
          AND (c.column_name IN ('organizationId', 'id', 'number') OR
            (c.data_type = 'text' AND c.column_name IN (${columns.map((name) => `'${name}'`).join()})));
        EXECUTE format('INSERT INTO public.%1$I SELECT (jsonb_populate_record(NULL::public.%1$I, to_jsonb(r) || $1)).*
          FROM (SELECT * FROM public.%1$I WHERE "organizationId" = $2 LIMIT 1) r RETURNING to_jsonb(%1$I)', t)
          INTO made USING over, ours;
        INSERT INTO strays.made SELECT t, made ->> 'id' WHERE made IS NOT NULL;
      END LOOP;
    END $$;
  CREATE FUNCTION strays.of(theirs text) RETURNS text LANGUAGE plpgsql AS $$
    DECLARE t text; part text; whole text := '';
    BEGIN
      FOR t IN SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'organizationId' ORDER BY 1 LOOP
        EXECUTE format('SELECT md5(string_agg(x, '''' ORDER BY x)) FROM (
          SELECT r::text AS x FROM public.%I r WHERE "organizationId" = $1) rows', t) INTO part USING theirs;
        whole := whole || coalesce(part, '-');
      END LOOP;
      SELECT md5(string_agg(m::text, '' ORDER BY m::text)) INTO part FROM public."TeamMember" m
        JOIN public."Team" t ON t.id = m."teamId" WHERE t."organizationId" = theirs;
      RETURN md5(whole || coalesce(part, '-'));
    END $$;
  CREATE FUNCTION strays.copied(ours text) RETURNS int LANGUAGE plpgsql AS $$
    DECLARE t text; part int; whole int := 0;
    BEGIN
      FOR t IN ${hanging} LOOP
        EXECUTE format('SELECT count(*) FROM public.%I r WHERE "organizationId" = $1 AND r::text LIKE ''%%${marker}%%''', t)
          INTO part USING ours;
        whole := whole + part;
      END LOOP;
      RETURN whole;
    END $$`

const madeShape = z.array(z.object({ table: z.string(), id: z.string().nullable() }))
const textShape = z.tuple([z.object({ value: z.string() })])
const countShape = z.tuple([z.object({ value: z.number() })])

export async function plantStrays({ ours, theirs }: { ours: string; theirs: string }): Promise<Strays> {
  for (const statement of functions.split(/;\n {2}(?=CREATE)/)) await database().$executeRawUnsafe(statement)
  await database().$executeRaw`SELECT strays.plant(${ours}, ${theirs})`
  const made = madeShape.parse(await database().$queryRaw`SELECT * FROM strays.made`)
  const idOf = (table: string) => made.find((one) => one.table === table)?.id ?? marker
  return {
    names: {
      tag: marker,
      revisionTag: marker,
      hook: marker,
      version: '99',
      earlier: '99',
      schedule: idOf('RotationSchedule'),
      leftover: idOf('RotationStep'),
      draft: idOf('ChangeRequest'),
      delivery: idOf('WebhookDelivery'),
    },
    openSession: idOf('OpenSession'),
    async fingerprint() {
      return textShape.parse(await database().$queryRaw`SELECT strays.of(${theirs}) AS value`)[0].value
    },
    async copies() {
      return countShape.parse(await database().$queryRaw`SELECT strays.copied(${ours}) AS value`)[0].value
    },
  }
}
