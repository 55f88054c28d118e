import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config'
import { instrumented } from './sources'

const root = fileURLToPath(new URL('../..', import.meta.url))
const byTests = process.env.MUTANTS_WANTED !== undefined

const mutants = defineConfig({
  root,
  plugins: [
    {
      name: 'mutants',
      enforce: 'pre',
      transform: (source: string, id: string) => instrumented(root, id.split('?')[0] ?? id, source),
    },
  ],
  test: {
    setupFiles: ['tests/mutation/truths.ts'],
    ...(byTests && { runner: 'tests/mutation/runner.ts' }),
    // One file after the other: what one has noticed the next need not try.
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
  },
})

const config = mergeConfig(base, mutants)

// The tests that are there, and the one that goes through the mutants.
config.test.include.push('tests/mutation/by-matrix.ts')

export default config
