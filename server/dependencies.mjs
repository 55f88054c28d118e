/** Installs what package-lock.json asks for and node_modules does not have. Needs nothing installed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages
}

/** Compares with npm's own note of what it installed; file times say nothing after a clone. */
function areCurrent(root, { development }) {
  const note = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(note)) return false
  const wanted = Object.entries(packagesOf(join(root, 'package-lock.json')))
  const installed = packagesOf(note)
  return wanted.every(([path, { version, optional, dev, peer }]) => {
    const found = installed[path]
    if (path === '') return true
    return found ? found.version === version : Boolean(optional || peer || (dev && !development))
  })
}

/**
 * @param {string} root
 * @param {{development?: boolean}} needs tests need the development dependencies too, a server does not
 * @throws Error when npm fails
 */
export async function installDependencies(root, { development = false } = {}) {
  if (areCurrent(root, { development })) return
  console.log('Installing dependencies (once; a few minutes at most).')
  // Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms, which a registry need not have.
  await run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: root })
}
