import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { createDataFolder, type OpenEsc, startOpenEsc } from './peers/openesc'

const rounds = 20
const environments = ['one', 'two', 'three']
const folder = mkdtempSync(join(tmpdir(), 'openesc-acknowledged-'))
const acknowledged = join(folder, 'acknowledged')
const dataFolder = createDataFolder()

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = (environment: string) => `/api/esc/environments/acme/durability/${environment}`

/** Saves revision after revision and notes each down once the server has acknowledged it, until the server is gone. */
async function write(server: OpenEsc, environment: string, round: number): Promise<void> {
  for (let n = 0; ; n++) {
    const definition = `values:\n  written: ${environment}-${round}-${n}\n`
    const response = await server
      .api(path(environment), { method: 'PATCH', body: definition })
      .catch(() => undefined)
    if (response === undefined) return
    const { status, headers } = response
    await response.body?.cancel()
    if (status !== 200) throw new Error(`saving answered ${status}`)
    appendFileSync(
      acknowledged,
      `${JSON.stringify([environment, headers.get('pulumi-esc-revision'), definition])}\n`,
    )
  }
}

function entries(): [environment: string, revision: string, definition: string][] {
  return readFileSync(acknowledged, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Waits until the file holds more acknowledgements than these. */
async function moreThan(count: number): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!existsSync(acknowledged) || entries().length <= count) {
    if (Date.now() > deadline) throw new Error('The server acknowledged too few revisions within a minute.')
    await sleep(20)
  }
}

async function missing(server: OpenEsc, expected: ReturnType<typeof entries>): Promise<string[]> {
  const lost: string[] = []
  for (const [environment, revision, definition] of expected) {
    const response = await server.api(`${path(environment)}/versions/${revision}`)
    if ((await response.text()) !== definition) lost.push(`${environment}@${revision}`)
  }
  return lost
}

describe('the embedded database', () => {
  it(`keeps every acknowledged revision through ${rounds} kills`, { timeout: 900_000 }, async () => {
    let server = await startOpenEsc({ dataFolder })
    for (const name of environments) {
      const body = JSON.stringify({ project: 'durability', name })
      expect((await server.api('/api/esc/environments/acme', { method: 'POST', body })).status).toBe(204)
    }
    let checked = 0
    for (let round = 0; round < rounds; round++) {
      const writing = environments.map((environment) => write(server, environment, round))
      await moreThan(checked + 5)
      await sleep(Math.random() * 300)
      await server.kill()
      await Promise.all(writing)
      server = await startOpenEsc({ dataFolder })
      expect(await missing(server, entries().slice(checked)), `after kill ${round + 1}`).toEqual([])
      checked = entries().length
    }
    expect(checked).toBeGreaterThan(rounds * 5)
    expect(await missing(server, entries()), 'at the end').toEqual([])
    await server.stop()
  })

  it('refuses a second process on its folder, and the first goes on', { timeout: 120_000 }, async () => {
    const shared = createDataFolder()
    const server = await startOpenEsc({ dataFolder: shared })
    await expect(startOpenEsc({ dataFolder: shared })).rejects.toThrow('uses the data folder')
    expect((await server.api('/readyz')).status).toBe(200)
    await server.stop()
  })
})
