/** `npm run conformance:cli [-- DIR]`: every scenario of a folder against a real server process; the last line counts. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildCli } from '@/cli/build.mjs'
import { compareStreams } from './compare'
import { withoutDifferences } from './differences'
import { hasScenarios, scenarioFolder } from './location'
import { normaliseActual, normaliseExpected } from './normalise'
import { type Backend, type Programs, runScript } from './sandbox'
import { readScenario, type Scenario } from './scenario'
import { type ScenarioServer, startServer } from './server-process'

async function runAll(folder: string, only: string | undefined): Promise<{ passed: number; failed: number }> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
  const count = { passed: 0, failed: 0 }
  const directory = mkdtempSync(join(tmpdir(), 'esc-programs-'))
  const server = await startServer()
  try {
    const programs = await buildPrograms(directory)
    for (const file of files.filter((name) => only === undefined || name.includes(only))) {
      const problem = await runOne(readScenario(join(folder, file)), server, programs)
      if (problem === undefined) count.passed++
      else {
        count.failed++
        process.stdout.write(`FAIL ${file}\n${problem}\n`)
      }
    }
  } finally {
    server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return count
}

async function buildPrograms(directory: string): Promise<Programs> {
  const esc = await buildCli({ directory })
  const embedded = await buildCli({
    directory,
    entry: join(import.meta.dirname, 'embedded.ts'),
    name: 'embedded.cjs',
  })
  return { esc, embedded }
}

function seedOf({ environments, script }: Scenario) {
  return { environments, gated: /\benv open-request\b/.test(script) }
}

async function runOne(
  scenario: Scenario,
  server: ScenarioServer,
  programs: Programs,
): Promise<string | undefined> {
  const seeded = await server.seed(seedOf(scenario)).catch((error: Error) => error)
  if (seeded instanceof Error) return `seeding: ${seeded.message}`
  const backend: Backend = {
    url: `http://127.0.0.1:${server.port}`,
    defaultUrl: `http://localhost:${server.port}`,
    token: server.token,
    names: seeded,
  }
  const result = await runScript(scenario, backend, programs)
  const verdict =
    (result.exitCode !== 0) === scenario.fails ? '' : `the script ended with ${result.exitCode}\n`
  const expected = withoutDifferences(normaliseExpected(scenario))
  const actual = withoutDifferences(normaliseActual(result, backend))
  const difference = verdict + compareStreams(expected, actual)
  return difference === '' ? undefined : difference
}

const [folder, only] = process.argv.slice(2)
if (folder === undefined && !hasScenarios()) {
  process.stdout.write(`no scenarios at ${scenarioFolder()}\n0 passed, 0 failed\n`)
  process.exitCode = 1
} else {
  const { passed, failed } = await runAll(folder ? resolve(folder) : scenarioFolder(), only)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
