import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import {
  checkDefinition,
  type Diagnostic,
  type Evaluation,
  openDefinition,
  parseDefinition,
  rotateDefinition,
  stringifyJson,
} from '@/lib/language'
import { wireDiagnostic } from './compare'
import { type Overrides, optionsFor, readOverrides } from './eval-case'

/**
 * `npm run evaluate -- DIR`: one line of JSON per case folder below a folder (or the folder itself): what loading,
 * checking, opening and, where asked for, rotating gave. So any other evaluator can be compared with this one.
 */
const [target] = process.argv.slice(2)
if (target === undefined) {
  process.stderr.write('usage: npm run evaluate -- DIR\n')
  process.exit(2)
}
for (const folder of caseFolders(resolve(target))) {
  process.stdout.write(`${stringifyJson(await evaluateFolder(folder))}\n`)
}

function caseFolders(root: string): string[] {
  if (existsSync(join(root, 'env.yaml'))) return [root]
  return readdirSync(root)
    .sort()
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isDirectory())
    .flatMap(caseFolders)
}

async function evaluateFolder(folder: string): Promise<object> {
  const overrides = readOverrides(folder)
  const name = overrides.rootEnvironment ?? basename(folder)
  const source = readFileSync(join(folder, 'env.yaml'))
  const { definition, diagnostics } = parseDefinition(source, { environment: name })
  const load = { diagnostics: wire(diagnostics) }
  if (definition === undefined) return { case: basename(folder), load }
  const options = optionsFor(folder, definition)
  const check = await checkDefinition({ ...options, showSecrets: overrides.showSecrets ?? false })
  const open = await openDefinition(options)
  return {
    case: basename(folder),
    load,
    check: summary(check),
    open: summary(open),
    ...(overrides.rotate && { rotate: await rotation(options, overrides) }),
  }
}

async function rotation(options: ReturnType<typeof optionsFor>, { rotatePaths }: Overrides): Promise<object> {
  const result = await rotateDefinition({ ...options, ...(rotatePaths && { paths: rotatePaths }) })
  return { ...summary(result), rotations: result.rotations }
}

function summary({ environment, diagnostics }: Evaluation): object {
  return { diagnostics: wire(diagnostics), ...environment }
}

function wire(diagnostics: readonly Diagnostic[]): object[] {
  return diagnostics.map(wireDiagnostic)
}
