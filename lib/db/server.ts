/** A PostgreSQL server, shared by any number of processes. */
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { StartupError } from '@/lib/startup-error'
import type { SqlSession, Store } from './store'

/** The key of our advisory lock, chosen once: "OESC" in ASCII. */
const advisoryLock = 0x4f455343

/** Prisma's adapter reads and writes timestamps as if the session spoke UTC. */
const sessionOptions = '-c timezone=UTC'

function unreachable(error: unknown): StartupError {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
  return new StartupError('database_unreachable', `The database of DATABASE_URL does not answer${code}.`)
}

function sessionOf(client: pg.PoolClient): SqlSession {
  return {
    async script(sql) {
      await client.query(sql)
    },
    async rows(sql, parameters = []) {
      const { rows } = await client.query<Record<string, unknown>>(sql, parameters)
      return rows
    },
  }
}

/** The lock belongs to the connection, so a process that dies lets go of it. */
async function exclusively<T>(pool: pg.Pool, run: (session: SqlSession) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock])
    return await run(sessionOf(client))
  } finally {
    client.release(true)
  }
}

export interface ServerOptions {
  /** Connections this process may hold. */
  connections?: number
}

/** @throws StartupError `database_unreachable` */
export async function openServer(
  databaseUrl: string,
  { connections = 10 }: ServerOptions = {},
): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    options: sessionOptions,
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {})
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await pool.end()
    throw unreachable(error)
  }
  return {
    kind: 'server',
    adapter: new PrismaPg(pool),
    exclusively: (run) => exclusively(pool, run),
    close: () => pool.end(),
  }
}
