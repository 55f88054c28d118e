/** `fn::rotate::postgres`: passwords of PostgreSQL users. */
import pg from 'pg'
import { GuardedSocket } from '@/lib/outgoing'
import { connectSecurely } from '../database/connect'
import { explainDatabaseError } from '../database/explain'
import { defineDatabaseRotator } from '../database/rotator'
import type { Credential, DatabaseInputs } from '../database/schema'
import { md5Verifier, scramVerifier } from './verifier'

export const postgres = defineDatabaseRotator({
  name: 'postgres',
  description: 'Passwords of two PostgreSQL users that take turns',
  async setPassword(database, { username, password }, { signal }) {
    const secrets = [database.managingUser.password, password]
    try {
      const client = await connectSecurely(database.tls, (tls) => connect(database, tls, signal))
      try {
        // No parameters in ALTER USER: the identifier and the literal are quoted as PostgreSQL wants them (S08).
        const verifier = await verifierFor(client, { username, password })
        secrets.push(verifier)
        await client.query(
          `ALTER USER ${pg.escapeIdentifier(username)} WITH PASSWORD ${pg.escapeLiteral(verifier)}`,
        )
      } finally {
        await client.end().catch(() => undefined)
      }
    } catch (error) {
      throw explainDatabaseError('postgres', advice, { error, secrets })
    }
  },
})

/** As the server would make it from the password: which method it is set to decides who can sign in. */
async function verifierFor(client: pg.Client, { username, password }: Credential): Promise<string> {
  const { rows } = await client.query<{ method: string | null }>(
    "SELECT current_setting('password_encryption', true) AS method",
  )
  const older = /^(md5|on)$/i.test(rows[0]?.method ?? '')
  return older ? md5Verifier(username, password) : scramVerifier(password)
}

/** By SQLSTATE. The messages of these name users and databases, never a password. */
const advice: Record<string, string> = {
  '28P01': 'Check managingUser: the server does not accept its password.',
  '28000': 'The server does not let managingUser in from here: check pg_hba.conf.',
  '3D000': 'Check database.',
  '42501': 'Give managingUser CREATEROLE, and GRANT the user to it WITH ADMIN OPTION.',
  '42704': 'Create the users that rotateUsers names.',
  '53300': 'The server has no connection left. Rotate again later.',
}

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
