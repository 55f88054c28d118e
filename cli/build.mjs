import { readFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Bundles `esc` into one file that runs without any installed package: `dist/cli/esc.cjs`.
 * CommonJS and not ESM, because Node starts it faster; modules behind `import()` are only evaluated when used.
 */
export async function buildCli({
  directory = join(root, 'dist', 'cli'),
  entry = join(root, 'cli', 'main.ts'),
  name = 'esc.cjs',
} = {}) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const outfile = join(directory, name)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'eof',
    banner: { js: '#!/usr/bin/env node' },
    define: { __ESC_VERSION__: JSON.stringify(`v${version}`) },
    alias: { '@': root },
    logLevel: 'warning',
  })
  await chmod(outfile, 0o755)
  return outfile
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildCli()
