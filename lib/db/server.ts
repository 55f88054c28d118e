/** A PostgreSQL server, shared by any number of processes. */
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { StartupError } from '@/lib/startup-error'
import type { Direct, SqlSession, Statement, StatementResult, Store } from './store'

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

/** Statements differ by their text alone, so there are few; if not, the rest is not prepared. */
const mostPrepared = 200

type NameOf = (text: string) => string | undefined

/**
 * Names make the driver prepare: planning some of our statements takes longer than running them, and each connection
 * then plans them once. A pooler in front must know prepared statements (PgBouncer since 1.21 does).
 */
function statementNames(): NameOf {
  const names = new Map<string, string>()
  return (text) => {
    const name = names.get(text) ?? (names.size < mostPrepared ? `openesc-${names.size}` : undefined)
    if (name !== undefined) names.set(text, name)
    return name
  }
}

async function runPrepared(
  session: pg.Pool | pg.PoolClient,
  nameOf: NameOf,
  { text, values }: Statement,
): Promise<StatementResult> {
  const name = nameOf(text)
  const { rows, rowCount } = await session.query({ text, values, ...(name !== undefined && { name }) })
  return { rows, count: rowCount ?? 0 }
}

function directOf(pool: pg.Pool, nameOf: NameOf): Direct {
  return {
    run: (statement) => runPrepared(pool, nameOf, statement),
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await work((statement) => runPrepared(client, nameOf, statement))
        const { command } = await client.query('COMMIT')
        // A statement failed and `work` went on as if nothing were.
        if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
        client.release()
        return result
      } catch (error) {
        await rollBack(client)
        throw error
      }
    },
  }
}

/** A connection that does not even roll back is thrown away. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  const failed = await client.query('ROLLBACK').then(
    () => false,
    () => true,
  )
  client.release(failed)
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
  const nameOf = statementNames()
  return {
    kind: 'server',
    // Without a name the driver takes an empty one, and prepares nothing.
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) ?? '' }),
    exclusively: (run) => exclusively(pool, run),
    direct: directOf(pool, nameOf),
    close: () => pool.end(),
  }
}
