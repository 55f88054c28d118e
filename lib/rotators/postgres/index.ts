/** `fn::rotate::postgres`: passwords of PostgreSQL users. */
import pg from 'pg'
import { GuardedSocket } from '@/lib/outgoing'
import { connectSecurely } from '../database/connect'
import { defineDatabaseRotator } from '../database/rotator'
import type { DatabaseInputs } from '../database/schema'
import { explainPostgresError } from './explain'

export const postgres = defineDatabaseRotator({
  name: 'postgres',
  description: 'Passwords of two PostgreSQL users that take turns',
  async setPassword(database, { username, password }, { signal }) {
    try {
      const client = await connectSecurely(database.tls, (tls) => connect(database, tls, signal))
      try {
        // No parameters in ALTER USER: the identifier and the literal are quoted as PostgreSQL wants them (S08).
        await client.query(
          `ALTER USER ${pg.escapeIdentifier(username)} WITH PASSWORD ${pg.escapeLiteral(password)}`,
        )
      } finally {
        await client.end().catch(() => undefined)
      }
    } catch (error) {
      throw explainPostgresError(error)
    }
  },
})

async function connect(
  { host, port, database, managingUser }: DatabaseInputs['database'],
  tls: { rejectUnauthorized: boolean } | undefined,
  signal: AbortSignal,
): Promise<pg.Client> {
  // Everything is given, so that nothing is taken from PG* variables or a password file of the server (P10).
  const client = new pg.Client({
    host,
    port,
    database,
    user: managingUser.username,
    password: managingUser.password,
    ssl: tls ?? false,
    options: '',
    application_name: 'openesc',
    connectionTimeoutMillis: 10_000,
    query_timeout: 20_000,
    stream: () => new GuardedSocket({ signal }),
  })
  // A connection that breaks later shows in the query that waits for it.
  client.on('error', () => undefined)
  await client.connect()
  return client
}
