import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config'
import { instrumented } from './sources'

const root = fileURLToPath(new URL('../..', import.meta.url))

const mutants = defineConfig({
  root,
  plugins: [
    {
      name: 'mutants',
      enforce: 'pre',
      transform: (source: string, id: string) => instrumented(root, id.split('?')[0] ?? id, source),
    },
  ],
  test: { setupFiles: ['tests/mutation/setup.ts'], testTimeout: 1_800_000, hookTimeout: 120_000 },
})

const config = mergeConfig(base, mutants)

// The tests that are there, and the one that goes through the mutants.
config.test.include.push('tests/mutation/by-matrix.ts')

export default config
