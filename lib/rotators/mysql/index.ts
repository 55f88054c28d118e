/** `fn::rotate::mysql`: passwords of MySQL and MariaDB users. */
import { type Connection, createConnection } from 'mysql2/promise'
import { GuardedSocket } from '@/lib/outgoing'
import { connectSecurely } from '../database/connect'
import { explainDatabaseError } from '../database/explain'
import { defineDatabaseRotator } from '../database/rotator'
import type { DatabaseInputs } from '../database/schema'

/** Milliseconds for one statement. */
const timeout = 20_000

export const mysql = defineDatabaseRotator({
  name: 'mysql',
  description: 'Passwords of two MySQL or MariaDB users that take turns',
  async setPassword(database, { username, password }, { signal }) {
    try {
      const connection = await connectSecurely(database.tls, (tls) => connect(database, tls, signal))
      try {
        // The client quotes with backslashes, which some modes of the server would take for letters (S08).
        await connection.query({ sql: "SET SESSION sql_mode = ''", timeout })
        const values = [username, password]
        await connection.query({ sql: 'ALTER USER ? IDENTIFIED BY ?', values, timeout })
      } finally {
        connection.destroy()
      }
    } catch (error) {
      const secrets = [database.managingUser.password, password]
      throw explainDatabaseError('mysql', advice, { error, secrets })
    }
  },
})

/** The messages of these name users, hosts and databases, never a password. */
const advice: Record<string, string> = {
  ER_ACCESS_DENIED_ERROR: 'Check managingUser: the server does not let it in with its password from here.',
  ER_DBACCESS_DENIED_ERROR: 'Give managingUser access to database.',
  ER_SPECIFIC_ACCESS_DENIED_ERROR: 'Give managingUser CREATE USER on *.*.',
  ER_BAD_DB_ERROR: 'Check database.',
  ER_CANNOT_USER: 'Create the users that rotateUsers names, for any host.',
  ER_CON_COUNT_ERROR: 'The server has no connection left. Rotate again later.',
}

async function connect(
  { host, port, database, managingUser }: DatabaseInputs['database'],
  tls: { rejectUnauthorized: boolean } | undefined,
  signal: AbortSignal,
): Promise<Connection> {
  return createConnection({
    host,
    port,
    database,
    user: managingUser.username,
    password: managingUser.password,
    ...(tls && { ssl: { ...tls, verifyIdentity: tls.rejectUnauthorized } }),
    connectTimeout: 10_000,
    stream: () => new GuardedSocket({ signal }).connect(port, host),
  })
}
