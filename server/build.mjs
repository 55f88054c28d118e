/**
 * `npm run build`: builds what is missing or older than its sources; `--force` builds everything. Part of `npm start`.
 * Plain Node until dependencies are there.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { alone } from './build-lock.mjs'
import { compressFolder } from './compress.mjs'
import { installDependencies } from './dependencies.mjs'
import { run } from './run.mjs'
import { hashOf, readStamps, writeStamp } from './stamps.mjs'

export const root = resolve(import.meta.dirname, '..')
const stampFile = join(root, 'dist', 'stamps.json')
const production = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
const always = ['package-lock.json', 'tsconfig.json', 'server/build.mjs', 'server/compress.mjs']

/** In order: later parts need the earlier ones. */
const parts = [
  {
    name: 'database client',
    sources: ['prisma/schema.prisma', 'prisma.config.ts'],
    output: 'lib/generated/prisma/client.ts',
    make: () => node('node_modules/prisma/build/index.js', ['generate']),
  },
  {
    name: 'command line',
    sources: ['cli', 'lib', 'package.json'],
    output: 'dist/cli/esc.cjs',
    make: async () => (await import('../cli/build.mjs')).buildCli(),
  },
  {
    name: 'server',
    sources: ['server', 'lib', 'prisma/schema.prisma'],
    output: 'dist/server/main.mjs',
    make: bundleServer,
  },
  {
    name: 'console',
    note: ' (the longest step)',
    sources: [
      'app',
      'components',
      'lib',
      'public',
      'prisma/schema.prisma',
      'proxy.ts',
      'next.config.js',
      'postcss.config.mjs',
    ],
    output: '.next/BUILD_ID',
    make: buildConsole,
  },
]

function node(program, args) {
  return run(process.execPath, [join(root, program), ...args], { cwd: root, env: production })
}

async function bundleServer() {
  const { build } = await import('esbuild')
  await build({
    entryPoints: [join(root, 'server', 'main.ts'), join(root, 'server', 'admin.ts')],
    outdir: join(root, 'dist', 'server'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    alias: { '@': root },
    logLevel: 'warning',
  })
}

async function buildConsole() {
  await node('node_modules/next/dist/bin/next', ['build'])
  await compressFolder(join(root, '.next', 'static'))
}

/** The parts to build now, with the hash of their sources. */
function staleParts(force) {
  const stamps = readStamps(stampFile)
  return parts.flatMap((part) => {
    const hash = hashOf(root, [...always, ...part.sources])
    const isCurrent = !force && stamps[part.name] === hash && existsSync(join(root, part.output))
    return isCurrent ? [] : [{ ...part, hash }]
  })
}

async function buildStale(force) {
  for (const { name, note = '', make, hash } of staleParts(force)) {
    const began = performance.now()
    process.stdout.write(`Building the ${name}${note} … `)
    // What an interrupted build leaves must not pass for the build before it.
    writeStamp(stampFile, name, 'unfinished')
    await make()
    writeStamp(stampFile, name, hash)
    process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1)} s\n`)
  }
  // esbuild works in a child process, which would stay with the server.
  await (await import('esbuild')).stop()
}

/**
 * Installs and builds whatever is missing or stale.
 *
 * @throws Error with the output of the step that failed
 */
export async function build({ force = false } = {}) {
  await installDependencies(root)
  if (staleParts(force).length > 0) await alone(join(root, 'dist', 'build.lock'), () => buildStale(force))
}

/**
 * Ends as a signal asks, but through `exit`, so that steps and locks are cleaned up.
 *
 * @returns takes that back
 */
export function exitOnSignals() {
  const interrupted = () => process.exit(130)
  const terminated = () => process.exit(143)
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', terminated)
  return () => {
    process.removeListener('SIGINT', interrupted)
    process.removeListener('SIGTERM', terminated)
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  exitOnSignals()
  await build({ force: process.argv.includes('--force') }).catch((error) => {
    console.error(error.message)
    process.exit(1)
  })
}
