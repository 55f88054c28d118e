/**
 * `npm run mutate [-- part of an id]`: switches off every authorization call and every tenant condition, one at a time,
 * and demands that a test fails for each. First the matrix goes through them in one process; then what it did not notice
 * is put to the tests that come by it. Survivors are listed, and none may remain beside those of `equivalent.ts`.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '@/lib/project-root'
import { equivalenceOf } from './equivalent'

const root = projectRoot()
const folder = join(root, 'test-results')
const matrixReport = join(folder, 'mutants-unnoticed.json')
const reachReport = join(folder, 'mutants-reached.jsonl')
const only = process.argv[2] ?? ''

/** What needs no built server; the matrix itself has had its turn. */
const suite = [
  'lib/access',
  'lib/organizations',
  'lib/environments',
  'lib/approvals',
  'lib/rotation',
  'lib/webhooks',
  'tests/security/[a-z]*.test.ts',
  'tests/api',
]
const excluded = ['console', 'server-actions', 'single-sign-on', 'timing', 'official-sdk', 'matrix']

/** @returns whether every test passed */
function vitest(
  args: readonly string[],
  env: Record<string, string>,
  output: 'shown' | 'hidden',
): Promise<boolean> {
  const excludes = excluded.flatMap((name) => ['--exclude', `**/${name}.test.ts`])
  const child = spawn(
    join(root, 'node_modules/.bin/vitest'),
    ['run', '--config', 'tests/mutation/vitest.config.ts', ...excludes, ...args],
    {
      cwd: root,
      env: { ...process.env, OPENESC_TEST_DATABASES: 'embedded', ...env },
      stdio: output === 'shown' ? 'inherit' : 'ignore',
    },
  )
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)))
}

const ids = z.array(z.string())
const reachedLine = z.object({ file: z.string(), mutants: ids })

async function unnoticedByMatrix(): Promise<string[]> {
  const env = { MUTATION_REPORT: matrixReport, MUTATION_ONLY: only }
  if (!(await vitest(['tests/mutation/by-matrix.ts'], env, 'shown'))) {
    throw new Error('The matrix does not hold without a mutant.')
  }
  return ids.parse(JSON.parse(readFileSync(matrixReport, 'utf8')))
}

/** Which files of tests come by which mutant. */
async function filesByMutant(): Promise<Map<string, string[]>> {
  if (!(await vitest(suite, { MUTANTS_REACHED: reachReport }, 'shown'))) {
    throw new Error('The tests fail without a mutant.')
  }
  const files = new Map<string, string[]>()
  for (const line of readFileSync(reachReport, 'utf8').trim().split('\n')) {
    const { file, mutants } = reachedLine.parse(JSON.parse(line))
    for (const id of mutants) files.set(id, [...(files.get(id) ?? []), file])
  }
  return files
}

async function isNoticed(id: string, files: readonly string[]): Promise<boolean> {
  for (const file of files) {
    if (!(await vitest([file, '--bail=1'], { MUTANT: id }, 'hidden'))) return true
  }
  return false
}

/** Two at a time: small machines have two cores. */
async function survivorsAmong(unnoticed: readonly string[]): Promise<string[]> {
  const files = await filesByMutant()
  const waiting = [...unnoticed]
  const survivors: string[] = []
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const noticed = await isNoticed(id, files.get(id) ?? [])
      if (!noticed) survivors.push(id)
      process.stdout.write(`${noticed ? 'noticed ' : 'survives'}  ${id}\n`)
    }
  }
  await Promise.all([work(), work()])
  return survivors
}

mkdirSync(folder, { recursive: true })
for (const report of [matrixReport, reachReport]) if (existsSync(report)) rmSync(report)
const unnoticed = await unnoticedByMatrix()
const [explained, open] = [
  unnoticed.filter((id) => equivalenceOf(id) !== undefined),
  unnoticed.filter((id) => equivalenceOf(id) === undefined),
]
const survivors = await survivorsAmong(open)
for (const id of explained) process.stdout.write(`equivalent  ${id}: ${equivalenceOf(id)}\n`)
process.stdout.write(
  `${survivors.length} survive${survivors.length === 1 ? 's' : ''}, ${explained.length} equivalent\n`,
)
process.exitCode = survivors.length > 0 ? 1 : 0
