/** `fn::rotate::mysql`: passwords of MySQL and MariaDB users. */
import { type Connection, createConnection } from 'mysql2/promise'
import * as z from 'zod'
import { GuardedSocket } from '@/lib/outgoing'
import { connectSecurely } from '../database/connect'
import { explainDatabaseError } from '../database/explain'
import { defineDatabaseRotator } from '../database/rotator'
import type { Credential, DatabaseInputs } from '../database/schema'
import { nativeHash } from './native-hash'

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
        await alterUser(connection, { username, password })
      } finally {
        connection.destroy()
      }
    } catch (error) {
      const secrets = [database.managingUser.password, password, nativeHash(password)]
      throw explainDatabaseError('mysql', advice, { error, secrets })
    }
  },
})

/**
 * MySQL writes `<secret>` for the password into its logs. MariaDB logs the statement as it is, so it gets what it would
 * make of the password; where it insists on judging passwords itself, it must be told.
 */
async function alterUser(connection: Connection, { username, password }: Credential): Promise<void> {
  const plain = { sql: 'ALTER USER ? IDENTIFIED BY ?', values: [username, password], timeout }
  if (!(await isMariadb(connection))) {
    await connection.query(plain)
    return
  }
  const values = [username, nativeHash(password)]
  await connection
    .query({ sql: 'ALTER USER ? IDENTIFIED BY PASSWORD ?', values, timeout })
    .catch((error: unknown) => {
      if (!judgesPasswords(error)) throw error
      return connection.query(plain)
    })
}

const versionRows = z.array(z.object({ version: z.string() }))

async function isMariadb(connection: Connection): Promise<boolean> {
  const [rows] = await connection.query({ sql: 'SELECT VERSION() AS version', timeout })
  return /mariadb/i.test(versionRows.safeParse(rows).data?.[0]?.version ?? '')
}

/** `strict_password_validation` with a plugin that validates. */
function judgesPasswords(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ER_OPTION_PREVENTS_STATEMENT'
}

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
