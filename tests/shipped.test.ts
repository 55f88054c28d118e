/**
 * What is shipped holds nothing that only tests need: the entry that seeds definitions unchecked, its clock, its
 * providers. Asked of the build itself, so `npm run build` comes first.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '@/lib/project-root'

const root = projectRoot()
const serverFolder = join(root, 'dist', 'server')
const consoleFolder = join(root, '.next')
const packageFolder = join(root, 'dist', 'cli')
const absence = [
  join(serverFolder, 'main.mjs'),
  join(consoleFolder, 'BUILD_ID'),
  join(packageFolder, 'esc.cjs'),
]
  .filter((file) => !existsSync(file))
  .map((file) => ` (absent: ${file.slice(root.length + 1)}, see npm run build)`)
  .join('')

/** Folders whose code only tests and measurements run. */
const onlyTests = ['tests', 'e2e', 'bench']

/** Words that stand in the test entry and in nothing that is shipped, as a bundler leaves them. */
const marks = [
  'letTimePass',
  'registerEchoProviders',
  'seedEnvironments',
  'ForeignReferrers',
  'temporaryDatabase',
]

const testEntry = join(root, 'tests', 'conformance-cli', 'server.ts')

function bundledText(file: string): string {
  return readFileSync(file, 'utf8')
}

describe.skipIf(absence !== '')(`the shipped build${absence}`, () => {
  it('would show the test entry if it were there', async () => {
    const { outputFiles } = await build({
      entryPoints: [testEntry],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      alias: { '@': root },
      write: false,
      logLevel: 'error',
    })
    const text = outputFiles.map((file) => file.text).join('')
    for (const mark of marks) expect(text).toContain(mark)
    expect(text).toContain('process.on("message"')
  })

  it.each(['main.mjs', 'admin.mjs'])('has no source of tests in the server: %s', (name) => {
    const map: unknown = JSON.parse(readFileSync(join(serverFolder, `${name}.map`), 'utf8'))
    const sources = sourcesOf(map).map((source) => resolve(serverFolder, source))
    expect(sources).toContain(join(root, 'lib', 'config.ts'))
    const foreign = sources.filter((source) =>
      onlyTests.some((folder) => source.startsWith(join(root, folder, '/'))),
    )
    expect(foreign).toEqual([])
  })

  it('takes no message from a parent process, and has none of the marks', () => {
    for (const name of readdirSync(serverFolder).filter((file) => file.endsWith('.mjs'))) {
      const text = bundledText(join(serverFolder, name))
      expect(text).not.toMatch(/process\.on(?:ce)?\("message"/)
      for (const mark of marks)
        expect({ name, mark, found: text.includes(mark) }).toMatchObject({ found: false })
    }
  })

  it('packs one command line without them', () => {
    const packed: unknown = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: packageFolder, stdio: 'pipe' }).toString(),
    )
    expect(packed).toMatchObject([
      { files: [{ path: 'LICENSE' }, { path: 'esc.cjs' }, { path: 'package.json' }] },
    ])
    const text = bundledText(join(packageFolder, 'esc.cjs'))
    for (const mark of [...marks, 'conformance']) expect(text).not.toContain(mark)
  })

  it('has none of them in what the console runs and sends', () => {
    const files = ['server', 'static']
      .flatMap((folder) => readdirSync(join(consoleFolder, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
      .map((entry) => join(entry.parentPath, entry.name))
    expect(files.length).toBeGreaterThan(10)
    const found = files.filter((file) => marks.some((mark) => bundledText(file).includes(mark)))
    expect(found.map((file) => file.slice(dirname(consoleFolder).length))).toEqual([])
  })
})

function sourcesOf(map: unknown): string[] {
  const sources = typeof map === 'object' && map !== null && 'sources' in map ? map.sources : []
  return Array.isArray(sources) ? sources.filter((source) => typeof source === 'string') : []
}
