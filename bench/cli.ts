/**
 * What the command line costs: `esc run -- true` over the floor, a bare node that makes one request and starts `true`,
 * beside `dotenvx run -- true`, which reads a file and asks nobody. Rounds alternate, so that load hits all alike.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { escProgram, type OpenEsc, startOpenEsc } from '../tests/peers/openesc'
import { report, sample, summarize } from './measure'

const rounds = 20
const root = fileURLToPath(new URL('..', import.meta.url))
const dotenvx = join(root, 'node_modules', '@dotenvx', 'dotenvx', 'src', 'cli', 'dotenvx.js')
const run = promisify(execFile)

const floorProgram = `
  require('node:http').get(process.argv[1] + '/healthz', (answer) => {
    answer.resume().on('end', () => require('node:child_process').spawnSync('true'))
  })`

export default async function cli(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'esc-bench-'))
  const server = await startOpenEsc()
  try {
    await compare(server, directory)
  } finally {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function compare({ url, administrator }: OpenEsc, directory: string): Promise<void> {
  const env = {
    ...process.env,
    PULUMI_HOME: join(directory, 'home'),
    PULUMI_BACKEND_URL: url,
    PULUMI_ACCESS_TOKEN: administrator.token,
  }
  const node = (...words: string[]) => run(process.execPath, words, { cwd: directory, env })
  const name = `${administrator.organization}/bench/cli`
  await node(escProgram, 'env', 'init', name)
  await node(escProgram, 'env', 'set', name, 'environmentVariables.NAME', 'value')
  writeFileSync(join(directory, '.env'), 'NAME=value\n')
  const floor = await interleaved({
    'node -e 0': () => node('-e', '0'),
    'esc version': () => node(escProgram, 'version'),
    'floor: node, one request, true': () => node('-e', floorProgram, url),
    'esc run ENV -- true': () => node(escProgram, 'run', name, '--', 'true'),
    ...(existsSync(dotenvx) && {
      'dotenvx run -- true': () => node(dotenvx, 'run', '--quiet', '--', 'true'),
    }),
  })
  report(
    'esc run over the floor',
    (floor.get('esc run ENV -- true') ?? 0) - (floor.get('floor: node, one request, true') ?? 0),
  )
  if (!existsSync(dotenvx))
    console.log('dotenvx: skipped, it is not installed (npm i --no-save @dotenvx/dotenvx)')
}

/** The median of each program, measured in turns. */
async function interleaved(programs: Record<string, () => Promise<unknown>>): Promise<Map<string, number>> {
  const samples = new Map(Object.keys(programs).map((title): [string, number[]] => [title, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [title, program] of Object.entries(programs)) {
      const [elapsed = 0] = await sample(program, { rounds: 1, warmUp: 0 })
      if (round > 0) samples.get(title)?.push(elapsed)
    }
  }
  const medians = new Map([...samples].map(([title, list]) => [title, summarize(list).p50]))
  const floor = medians.get('floor: node, one request, true') ?? Number.NaN
  for (const [title, median] of medians) report(`${title}, p50`, median, { floor })
  return medians
}
