/** A directory in which a scenario's script runs: its files, its programs, and `esc` as the only other command. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePrograms } from './programs'
import type { Scenario } from './scenario'

export interface Backend {
  /** The address that stands for the scenarios' own service. */
  readonly url: string
  /** The same server by another name: it stands for the reference's default service. */
  readonly defaultUrl: string
  readonly token: string
  /** Names that the server made up while seeding, by those that the scenario assumes. */
  readonly names: Readonly<Record<string, string>>
}

export interface Programs {
  readonly esc: string
  /** `esc` inside another program. */
  readonly embedded: string
}

export interface ScriptResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Where temporary files were written. */
  readonly temporary: string
  /** Names that the server gave, by the names in the scenario. */
  readonly names: ReadonlyMap<string, string>
}

const timeoutMs = 120_000

export async function runScript(
  scenario: Scenario,
  backend: Backend,
  programs: Programs,
): Promise<ScriptResult> {
  const root = mkdtempSync(join(tmpdir(), 'esc-scenario-'))
  const directories = {
    work: join(root, 'work'),
    bin: join(root, 'bin'),
    temporary: join(root, 'tmp'),
    home: join(root, 'home'),
  }
  for (const directory of Object.values(directories)) mkdirSync(directory, { mode: 0o700 })
  try {
    for (const [name, text] of Object.entries(scenario.files))
      writeFileSync(join(directories.work, name), text)
    writeCredentials(directories.home, backend)
    writeNames(join(root, 'names'), backend.names)
    writePrograms(directories.bin, { scenario, backend, programs, root })
    const result = await runBash(scenario, { ...directories, backend })
    return { ...result, temporary: directories.temporary, names: readNames(join(root, 'names')) }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function writeCredentials(home: string, { url, defaultUrl, token }: Backend): void {
  const account = {
    accessToken: token,
    username: 'test-user',
    organizations: ['test-user'],
    lastValidatedAt: new Date().toISOString(),
  }
  const credentials = {
    current: url,
    accessTokens: { [url]: token, [defaultUrl]: token },
    accounts: { [url]: account, [defaultUrl]: account },
  }
  writeFileSync(join(home, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 })
}

interface Place {
  readonly work: string
  readonly bin: string
  readonly temporary: string
  readonly home: string
  readonly backend: Backend
}

function runBash(
  scenario: Scenario,
  place: Place,
): Promise<Pick<ScriptResult, 'exitCode' | 'stdout' | 'stderr'>> {
  const child = spawn('/bin/bash', ['-eu', '-c', scriptFor(scenario, place.backend)], {
    cwd: place.work,
    // the types of another package demand NODE_ENV; a script's environment is any set of names
    env: variables(scenario, place) as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...output, exitCode: code ?? 1 }))
  })
}

function variables(scenario: Scenario, { bin, temporary, home, backend }: Place): Record<string, string> {
  // the two scenarios about login begin without any account at some point
  const login: Record<string, string> = /^ *esc log(in|out)/m.test(scenario.script)
    ? { PULUMI_ACCESS_TOKEN: backend.token }
    : { PULUMI_CONSOLE_DOMAIN: 'app.fake.pulumi.com' }
  return {
    PATH: bin,
    TMPDIR: temporary,
    PULUMI_HOME: home,
    NO_COLOR: '1',
    TZ: 'UTC',
    ...login,
    ...scenario.variables,
  }
}

function writeNames(path: string, names: Backend['names']): void {
  const lines = Object.entries(names).map(([assumed, actual]) => `${assumed}\t${actual}\n`)
  if (lines.length > 0) writeFileSync(path, lines.join(''))
}

function readNames(path: string): Map<string, string> {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []
  return new Map(
    lines.map((line): [string, string] => {
      const [assumed = '', actual = ''] = line.split('\t')
      return [actual, assumed]
    }),
  )
}

/** The addresses of the original services become those of ours. */
function scriptFor({ script }: Scenario, { url, defaultUrl }: Backend): string {
  return script
    .replaceAll('https://api.fake.pulumi.com', url)
    .replaceAll('https://api.pulumi.com', defaultUrl)
}
