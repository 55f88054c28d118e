/**
 * `npm run mutate [-- part of an id]`: switches off every authorization call and every tenant condition, one at a time,
 * and demands that a test fails for each. First the matrix goes through them in one process; then what it did not notice
 * is put to the tests that come by it (`runner.ts`). Survivors are listed, and none may remain beside those of
 * `equivalent.ts`.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '@/lib/project-root'
import { equivalenceOf, staleEquivalents } from './equivalent'
import { allMutants } from './sources'

const root = projectRoot()
const folder = join(root, 'test-results')
const matrixReport = join(folder, 'mutants-unnoticed.json')
const wantedList = join(folder, 'mutants-wanted.txt')
const noticedList = join(folder, 'mutants-noticed.txt')
const only = process.argv[2] ?? ''

/** Parts of paths. */
const suite = [
  'tests/security/',
  'tests/approvals',
  'tests/rotation',
  'lib/access',
  'lib/organizations',
  'lib/environments',
  'lib/approvals',
  'lib/rotation',
  'lib/webhooks',
  'tests/api',
]
const excluded = [
  // Need a built server.
  'console',
  'id-tokens',
  'server-actions',
  'single-sign-on',
  'timing',
  'official-sdk',
  // Has had its turn.
  'matrix',
  // What these do outside the database is not undone between two runs of a test.
  'killed',
  'databases',
  'services',
  'concurrency',
]

/** @returns whether every test passed */
function vitest(args: readonly string[], env: Record<string, string>): Promise<boolean> {
  const excludes = excluded.flatMap((name) => ['--exclude', `**/${name}.test.ts`])
  const child = spawn(
    join(root, 'node_modules/.bin/vitest'),
    ['run', '--config', 'tests/mutation/vitest.config.ts', ...excludes, ...args],
    { cwd: root, env: { ...process.env, OPENESC_TEST_DATABASES: 'embedded', ...env }, stdio: 'inherit' },
  )
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)))
}

async function unnoticedByMatrix(): Promise<string[]> {
  const env = { MUTATION_REPORT: matrixReport, MUTATION_ONLY: only }
  if (!(await vitest(['tests/mutation/by-matrix.ts'], env))) {
    throw new Error('The matrix does not hold without a mutant.')
  }
  return z.array(z.string()).parse(JSON.parse(readFileSync(matrixReport, 'utf8')))
}

async function survivorsAmong(unnoticed: readonly string[]): Promise<string[]> {
  if (unnoticed.length === 0) return []
  writeFileSync(wantedList, unnoticed.join('\n'))
  writeFileSync(noticedList, '')
  if (!(await vitest(suite, { MUTANTS_WANTED: wantedList, MUTANTS_NOTICED: noticedList }))) {
    throw new Error('The tests fail without a mutant.')
  }
  const noticed = new Set(readFileSync(noticedList, 'utf8').split('\n'))
  return unnoticed.filter((id) => !noticed.has(id))
}

const stale = staleEquivalents(allMutants(root).map(({ id }) => id))
if (stale.length > 0) throw new Error(`No mutant is called:\n${stale.join('\n')}`)

mkdirSync(folder, { recursive: true })
for (const report of [matrixReport, wantedList, noticedList]) if (existsSync(report)) rmSync(report)
const unnoticed = await unnoticedByMatrix()
const explained = unnoticed.filter((id) => equivalenceOf(id) !== undefined)
const survivors = await survivorsAmong(unnoticed.filter((id) => equivalenceOf(id) === undefined))
for (const id of explained) process.stdout.write(`equivalent  ${id}: ${equivalenceOf(id)}\n`)
for (const id of survivors) process.stdout.write(`survives    ${id}\n`)
process.stdout.write(
  `${survivors.length} survive${survivors.length === 1 ? 's' : ''}, ${explained.length} equivalent\n`,
)
process.exitCode = survivors.length > 0 ? 1 : 0
