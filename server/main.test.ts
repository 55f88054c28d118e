import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '@/tests/peers/free-port'
import { type OpenEsc, startOpenEsc } from '@/tests/peers/openesc'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = join(root, 'dist/server/main.mjs')
const isBuilt = existsSync(program) && existsSync(join(root, '.next/BUILD_ID'))

let folder = ''
let server: OpenEsc | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openesc-main-'))
})
afterEach(async () => {
  await server?.stop()
  server = undefined
  rmSync(folder, { recursive: true, force: true })
})

/** The server as it starts and ends by itself. */
function run(env: Record<string, string>, { signalAt }: { signalAt?: RegExp } = {}) {
  return new Promise<{ code: number | null; printed: string }>((resolve) => {
    const child = spawn(process.execPath, [program], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', ...env },
    })
    let printed = ''
    const collect = (data: Buffer) => {
      printed += data
      // Once: the second signal ends it at once, by intention.
      if (!child.killed && signalAt?.test(printed)) child.kill('SIGTERM')
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('close', (code) => resolve({ code, printed: printed.trim() }))
  })
}

describe.skipIf(!isBuilt)(`the process${isBuilt ? '' : ' (not built: npm run build)'}`, () => {
  it('ends with one line when its port, folder or configuration is not usable', async () => {
    server = await startOpenEsc({ dataFolder: join(folder, 'one') })
    const other = { OPENESC_DATA_DIR: join(folder, 'two'), PORT: String(server.port) }
    expect(await run(other)).toEqual({
      code: 1,
      printed: `Port ${server.port} on 127.0.0.1 is in use. Set PORT to another one.`,
    })
    expect(readdirSync(folder)).toEqual(['one'])

    const same = await run({ OPENESC_DATA_DIR: server.dataFolder, PORT: String(await freePort()) })
    expect(same.printed).toMatch(/^Another OpenESC process uses the data folder .*\.$/)
    expect(same.code).toBe(1)

    const invalid = await run({ ...other, OPENESC_URL: 'nonsense' })
    expect(invalid.printed).toMatch(/^OPENESC_URL: must be .*$/)
    expect(invalid.code).toBe(1)
  }, 120_000)

  it('ends cleanly although a browser keeps its connection open', async () => {
    server = await startOpenEsc({ dataFolder: join(folder, 'one') })
    const agent = new Agent({ keepAlive: true })
    const [response] = await once(get(`${server.url}/healthz`, { agent }), 'response')
    response.resume()
    const ended = once(server.child, 'close')
    server.child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(readdirSync(join(server.dataFolder, 'lock'))).toEqual([])
    agent.destroy()
  }, 120_000)

  it('ends cleanly when the signal comes as soon as it is ready', async () => {
    const env = { OPENESC_DATA_DIR: join(folder, 'one'), PORT: String(await freePort()) }
    expect((await run(env, { signalAt: /is ready at/ })).code).toBe(0)
    expect(readdirSync(join(folder, 'one', 'lock'))).toEqual([])
  }, 120_000)
})
