/**
 * Finds Chromium for the browser tests, or installs it. Run as a program it does so and prints the path.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * A browser that is there already: `CHROMIUM_PATH`, a usual place, or Playwright's own download.
 * @throws Error when `CHROMIUM_PATH` names nothing: a wrong wish is not silently replaced
 */
export function findChromium(): string | undefined {
  const wished = process.env.CHROMIUM_PATH
  if (wished !== undefined && !existsSync(wished))
    throw new Error(`CHROMIUM_PATH is ${wished}, which does not exist`)
  return [...(wished ? [wished] : []), ...usualPlaces, chromium.executablePath()].find((path) =>
    existsSync(path),
  )
}

/**
 * Finds Chromium or installs it: Debian's package as root, Playwright's download elsewhere.
 * @throws Error that says what to do when neither works
 */
export function ensureChromium(): string {
  const found = findChromium() ?? installed()
  if (found !== undefined) return found
  throw new Error(
    'No Chromium for the browser tests, and installing one failed. Install Chromium and set CHROMIUM_PATH to its program.',
  )
}

function installed(): string | undefined {
  const ways = hasApt() ? [installPackage, downloadWithPlaywright] : [downloadWithPlaywright]
  for (const way of ways) {
    try {
      way()
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    }
    const found = findChromium()
    if (found !== undefined) return found
  }
  return undefined
}

function hasApt(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

// Everything the installers say goes to standard error: standard output is the path alone.
const toStandardError: ['ignore', 2, 2] = ['ignore', 2, 2]

function installPackage(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-q'], { stdio: toStandardError, env })
  const options = ['install', '-y', '-q', '--no-install-recommends']
  execFileSync('apt-get', [...options, 'chromium', 'fonts-liberation'], { stdio: toStandardError, env })
}

function downloadWithPlaywright(): void {
  execFileSync('npx', ['playwright', 'install', 'chromium'], { stdio: toStandardError })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${ensureChromium()}\n`)
}
