/** A throw-away MariaDB server for tests: own port, own folder, gone afterwards. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, createConnection } from 'mysql2/promise'
import { collectOutput, endWithThisProcess, stopChild, waitUntilReady } from './child'
import { freePort } from './free-port'

const programs = { server: '/usr/sbin/mariadbd', install: '/usr/bin/mariadb-install-db' }

export type MariadbPrograms = { kind: 'found' } | { kind: 'absent'; reason: string }

/** Looked for once. Tests skip with the reason when it is absent. */
export const mariadbPrograms: MariadbPrograms = Object.values(programs).every(existsSync)
  ? { kind: 'found' }
  : { kind: 'absent', reason: 'MariaDB server programs not found (apt-get install mariadb-server)' }

export interface Mariadb {
  port: number
  /** Connects as a user, or as root without a password. */
  connect(user?: { user: string; password: string }): Promise<Connection>
  stop(): Promise<void>
}

export async function startMariadb(): Promise<Mariadb> {
  const root = mkdtempSync(join(tmpdir(), 'openesc-mariadb-'))
  const port = await freePort()
  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  const data = join(root, 'data')
  execFileSync(
    programs.install,
    [
      '--no-defaults',
      ...user,
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    { stdio: 'pipe' },
  )
  const settings = [`--datadir=${data}`, '--bind-address=127.0.0.1', `--port=${port}`, `--socket=${root}/s`]
  const child = spawn(programs.server, ['--no-defaults', ...user, ...settings], { stdio: 'pipe' })
  const output = collectOutput(child)
  endWithThisProcess(child)
  const connect: Mariadb['connect'] = (as = { user: 'root', password: '' }) =>
    createConnection({ host: '127.0.0.1', port, ...as })
  const probe = async () => {
    await (await connect()).end()
    return true
  }
  await waitUntilReady(child, output, { probe, seconds: 30 })
  return {
    port,
    connect,
    stop: async () => {
      await stopChild(child)
      rmSync(root, { recursive: true, force: true })
    },
  }
}
