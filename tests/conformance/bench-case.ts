import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDefinition } from '@/lib/language'
import { expectSame } from './compare'
import { folderLoader } from './eval-case'
import { Num } from './json'
import { ROT128, TEST_PROVIDERS } from './test-providers'

/** `bench/`: evaluates without diagnostics, and loads every import once. */
export async function runBenchCase(folder: string): Promise<void> {
  const loads: string[] = []
  const files = folderLoader(folder)
  const { diagnostics, environments } = await openDefinition({
    name: 'bench',
    definition: readFileSync(join(folder, 'env.yaml'), 'utf8'),
    providers: TEST_PROVIDERS,
    decrypter: ROT128,
    loader: {
      load: (name, request) => {
        loads.push(name)
        return files.load(name, request)
      },
    },
  })
  expectSame('diagnostics', diagnostics, [])
  expectSame('loads', loads.length, new Num(String(environments.length - 1)))
  expectSame('distinct loads', new Set(loads).size, new Num(String(loads.length)))
}
