import { readFileSync } from 'node:fs'
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { pack } from './pack.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Bundles `esc` into one file that runs without any installed package: `dist/cli/esc.cjs`.
 * CommonJS and not ESM, because Node starts it faster; what is behind `import()` is compiled when it is used.
 */
export async function buildCli({
  directory = join(root, 'dist', 'cli'),
  entry = join(root, 'cli', 'main.ts'),
  name = 'esc.cjs',
} = {}) {
  const { version, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const outfile = join(directory, name)
  const { outputFiles } = await build({
    entryPoints: { entry },
    outdir: directory,
    write: false,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    define: { __ESC_VERSION__: JSON.stringify(`v${version}`) },
    alias: { '@': root },
    logLevel: 'warning',
  })
  await mkdir(directory, { recursive: true })
  await writeFile(outfile, `#!/usr/bin/env node\n${await pack(outputFiles, 'entry.js')}`)
  await chmod(outfile, 0o755)
  await writePackage(directory, { name, version, license, engines })
  return outfile
}

/** Makes the folder a package of its own, without dependencies: `npm pack dist/cli`. */
async function writePackage(directory, { name, version, license, engines }) {
  const definition = {
    name: 'openesc-cli',
    version,
    description: 'esc: environments, secrets and configuration on the command line',
    license,
    engines,
    bin: { esc: name },
    files: [name],
  }
  await writeFile(join(directory, 'package.json'), `${JSON.stringify(definition, null, 2)}\n`)
  await copyFile(join(root, 'LICENSE'), join(directory, 'LICENSE'))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildCli()
