import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { heading, root, run, tool } from './process.mjs'

/**
 * Installs, generates and builds whatever is missing or stale.
 * @throws Error naming the step that failed
 */
export async function prepare({ browser }) {
  heading('preparing')
  if (!dependenciesAreCurrent())
    await step('Installing dependencies', 'npm', ['ci', '--no-audit', '--no-fund'])
  await step('Generating the database client', tool('prisma'), ['generate'])
  if (browser) await step('Finding Chromium', tool('tsx'), ['tests/peers/chromium.ts'])
  await step('Building', process.execPath, ['server/build.mjs'])
}

async function step(title, program, args) {
  console.log(title)
  const code = await run(program, args)
  if (code !== 0) throw new Error(`${title} failed (exit code ${code})`)
}

/** Compares what the lock file names with what npm noted down when it installed; file times say nothing after a clone. */
function dependenciesAreCurrent() {
  const note = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(note)) return false
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const installed = packagesOf(note)
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional === true),
  )
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages
}
