/** A throw-away PostgreSQL server for tests: own port, own folder, gone afterwards. */
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { collectOutput, endWithThisProcess, stopChild, waitUntilReady } from './child'
import { freePort } from './free-port'

/** Where the server's programs are, or why they are not. */
export type PostgresPrograms = { kind: 'found'; bin: string } | { kind: 'absent'; reason: string }

/** Looked for once. Tests skip with the reason when it is absent. */
export const postgresPrograms: PostgresPrograms = findPrograms()

function findPrograms(): PostgresPrograms {
  const directories = [
    process.env.OPENESC_TEST_POSTGRES_BIN,
    ...debianDirectories(),
    ...configuredDirectory(),
  ]
  const bin = directories.find(
    (directory) => directory !== undefined && existsSync(join(directory, 'initdb')),
  )
  if (bin !== undefined) return { kind: 'found', bin }
  return { kind: 'absent', reason: 'PostgreSQL server programs not found (apt-get install postgresql)' }
}

function debianDirectories(): string[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  const newestFirst = readdirSync(root).sort((a, b) => Number(b) - Number(a))
  return newestFirst.map((version) => join(root, version, 'bin'))
}

function configuredDirectory(): string[] {
  try {
    return [execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim()]
  } catch {
    return []
  }
}

export interface Postgres {
  port: number
  /** The superuser's connection to the database `postgres`. */
  url: string
  /** Creates an empty database and answers its URL. */
  createDatabase(name?: string): Promise<string>
  /** What the server has logged so far. */
  log(): string
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
}

const password = 'throw-away'

/** Starts a server. Connections need the password in the URLs (SCRAM), so that rotating one proves something. */
export async function startPostgres(): Promise<Postgres> {
  if (postgresPrograms.kind === 'absent') throw new Error(postgresPrograms.reason)
  const { bin } = postgresPrograms
  const root = mkdtempSync(join(tmpdir(), 'openesc-postgres-'))
  const identity = unprivileged()
  const port = await freePort()
  initialise(bin, root, identity)
  const child = spawn(join(bin, 'postgres'), settings(root, port), { ...identity, cwd: root })
  const output = collectOutput(child)
  endWithThisProcess(child)
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
  await waitUntilReady(child, output, { probe: () => query(url, 'select 1'), seconds: 20 })
  let databases = 0
  return {
    port,
    url,
    createDatabase: async (name = `test_${++databases}`) => {
      await query(url, `create database ${pg.escapeIdentifier(name)}`)
      return url.replace(/postgres$/, name)
    },
    log: () => output.text,
    stop: async () => {
      await stopChild(child, { signal: 'SIGQUIT' })
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root: then it runs as the package's user, or as nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such user; the next one.
    }
  }
  throw new Error('PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody')
}

function initialise(bin: string, root: string, identity: { uid: number; gid: number } | undefined): void {
  const passwordFile = join(root, 'password')
  const data = join(root, 'data')
  writeFileSync(passwordFile, password)
  mkdirSync(data)
  if (identity) for (const path of [root, passwordFile, data]) chownSync(path, identity.uid, identity.gid)
  const options = [
    '-D',
    data,
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--no-locale',
    '--auth=scram-sha-256',
    '--no-sync',
  ]
  execFileSync(join(bin, 'initdb'), [...options, `--pwfile=${passwordFile}`], {
    ...identity,
    cwd: root,
    stdio: 'pipe',
  })
}

function settings(root: string, port: number): string[] {
  const values = { listen_addresses: '127.0.0.1', port, unix_socket_directories: root, fsync: 'off' }
  return [
    '-D',
    join(root, 'data'),
    ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return await client.query(sql)
  } finally {
    await client.end().catch(() => undefined)
  }
}
