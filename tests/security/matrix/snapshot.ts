/** Puts the database back as it was, table by table, and says which tables had changed. */
import { z } from 'zod'
import { database } from '@/lib/db'

export interface Snapshot {
  /** Undoes everything since it was taken. @returns the tables that had changed, in their order */
  restore(): Promise<string[]>
}

const functions = `
  DROP SCHEMA IF EXISTS snapshot CASCADE;
  CREATE SCHEMA snapshot;
  CREATE TABLE snapshot.state (mark bigint);
  CREATE FUNCTION snapshot.tables() RETURNS SETOF name LANGUAGE sql AS
    $$ SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1 $$;
  CREATE FUNCTION snapshot.restore() RETURNS SETOF text LANGUAGE plpgsql AS $$
    DECLARE t name; changed boolean; mark bigint := (SELECT s.mark FROM snapshot.state s);
    BEGIN
      -- Neither foreign keys nor the trigger that keeps the audit log append-only.
      PERFORM set_config('session_replication_role', 'replica', true);
      FOR t IN SELECT snapshot.tables() LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%1$I WHERE xmin::text::bigint > $1)
          OR (SELECT count(*) FROM public.%1$I) <> (SELECT count(*) FROM snapshot.%1$I)', t) INTO changed USING mark;
        CONTINUE WHEN NOT changed;
        EXECUTE format('DELETE FROM public.%1$I', t);
        EXECUTE format('INSERT INTO public.%1$I SELECT * FROM snapshot.%1$I', t);
        RETURN NEXT t;
      END LOOP;
      UPDATE snapshot.state SET mark = pg_current_xact_id()::text::bigint;
    END $$;
  DO $$ DECLARE t name; BEGIN
    FOR t IN SELECT snapshot.tables() LOOP
      EXECUTE format('CREATE TABLE snapshot.%1$I AS TABLE public.%1$I', t);
    END LOOP;
    INSERT INTO snapshot.state VALUES (pg_current_xact_id()::text::bigint);
  END $$;`

const restored = z.array(z.object({ name: z.string() }))
const counter = z.tuple([z.object({ next: z.string() })])

/**
 * Only for the embedded database, of which the tests are the one user.
 *
 * @param schema where it is kept; a later one takes its place
 */
export async function takeSnapshot(schema = 'snapshot'): Promise<Snapshot> {
  const sql = functions.replaceAll(/\bsnapshot\b/g, schema)
  for (const statement of statementsOf(sql)) await database().$executeRawUnsafe(statement)
  let seen = await nextTransaction()
  return {
    async restore() {
      if ((await nextTransaction()) === seen) return []
      const rows = await database().$queryRawUnsafe(`SELECT ${schema}.restore() AS "name"`)
      seen = await nextTransaction()
      return restored.parse(rows).map(({ name }) => name)
    },
  }
}

/** Rises with every transaction that writes, so that equal numbers mean that nothing was written. */
async function nextTransaction(): Promise<string> {
  const rows = await database().$queryRaw`SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS "next"`
  return counter.parse(rows)[0].next
}

function statementsOf(sql: string): string[] {
  return sql.split(/;\n {2}(?=CREATE|DO)/)
}
