/** The product itself as tests start it: the built server on a free port with a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChildOutput, collectOutput, endWithThisProcess, stopChild, waitUntilReady } from './child'
import { freePort } from './free-port'

const root = fileURLToPath(new URL('../..', import.meta.url))
const serverProgram = join(root, 'dist/server/main.mjs')

/** The bundled `esc`. */
export const escProgram = join(root, 'dist/cli/esc.cjs')

/** The first person of every installation that tests start. */
export interface Administrator {
  email: string
  password: string
  organization: string
  /** A personal access token. */
  token: string
}

export interface OpenEsc {
  /** Origin, without a trailing slash. */
  url: string
  port: number
  dataFolder: string
  administrator: Administrator
  child: ChildProcess
  /** Everything the server printed. */
  output: ChildOutput
  /** Calls the API as the administrator unless another token, or none (`null`), is given. */
  api(path: string, init?: RequestInit & { token?: string | null }): Promise<Response>
  /** The one-time code that it printed for the first visitor. */
  setupCode(): string
  /** Ends it as Ctrl-C would, and keeps the data folder. */
  stop(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

export interface OpenEscOptions {
  /** A folder to reuse; a fresh one under the temporary folder unless given. */
  dataFolder?: string
  port?: number
  /** Variables for the server, added last; undefined removes one. */
  env?: Record<string, string | undefined>
  /** The first set-up: by variables, or left to the first visitor's browser. */
  setup?: 'headless' | 'browser'
}

const administrator: Administrator = {
  email: 'ada@example.com',
  password: 'correct horse battery staple',
  organization: 'acme',
  token: `pul-${randomBytes(20).toString('hex')}`,
}

/** @throws Error when the server is not built or does not become ready, with what it printed */
export async function startOpenEsc(options: OpenEscOptions = {}): Promise<OpenEsc> {
  if (!existsSync(serverProgram)) throw new Error(`${serverProgram} is missing: run npm run build`)
  const dataFolder = options.dataFolder ?? createDataFolder()
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [serverProgram], {
    cwd: root,
    env: environment({ url, port, dataFolder }, options),
  })
  const output = collectOutput(child)
  endWithThisProcess(child)
  const ready = async () => ((await fetch(`${url}/readyz`)).ok ? true : undefined)
  try {
    await waitUntilReady(child, output, { probe: ready, seconds: 120 })
  } catch (error) {
    await stopChild(child, { signal: 'SIGKILL' })
    throw error
  }
  return {
    url,
    port,
    dataFolder,
    administrator,
    child,
    output,
    api: (path, { token = administrator.token, headers, ...init } = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: {
          ...(token === null ? {} : { authorization: `token ${token}` }),
          ...Object.fromEntries(new Headers(headers)),
        },
      }),
    setupCode: () => printedCode(output.text),
    stop: () => stopChild(child, { graceSeconds: 20 }),
    kill: () => stopChild(child, { signal: 'SIGKILL' }),
  }
}

function printedCode(text: string): string {
  const [code] = /\b(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}\b/.exec(text) ?? []
  if (code === undefined) throw new Error(`The server printed no set-up code:\n${text}`)
  return code
}

/** Removed when the test process ends. */
export function createDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openesc-data-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function environment(
  { url, port, dataFolder }: { url: string; port: number; dataFolder: string },
  { env, setup = 'headless' }: OpenEscOptions,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(AWS_|OPENESC_|DATABASE_URL|https?_proxy|no_proxy|all_proxy|NODE_OPTIONS|VITEST|npm_)/i.test(name),
  )
  const first = {
    OPENESC_ADMIN_EMAIL: administrator.email,
    OPENESC_ADMIN_PASSWORD: administrator.password,
    OPENESC_ORG: administrator.organization,
    OPENESC_ADMIN_TOKEN: administrator.token,
  }
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    OPENESC_URL: url,
    OPENESC_DATA_DIR: dataFolder,
    // The peers of the tests are on loopback.
    OPENESC_ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
    ...(setup === 'headless' ? first : {}),
    ...env,
  }
}
