import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  checkDefinition,
  type Definition,
  type Evaluation,
  type EvaluationOptions,
  type Loader,
  openDefinition,
  parseDefinition,
  propertiesToJson,
  rotateDefinition,
} from '@/lib/language'
import { compareUtf8 } from '@/lib/language/text/order'
import { expectDiagnostics, expectSame } from './compare'
import { asRecord, type JsonRecord, parse } from './json'
import { ROT128, TEST_PROVIDERS } from './test-providers'

/** `overrides.json` of a case. */
export interface Overrides {
  readonly showSecrets?: boolean
  readonly rootEnvironment?: string
  readonly rotate?: boolean
  readonly rotatePaths?: readonly string[]
}

/** Loads `<name>.yaml` beside the case, with the texts of a missing file that the data expects. */
export function folderLoader(folder: string): Loader {
  return {
    load: (name) => {
      const path = join(folder, `${name}.yaml`)
      if (!existsSync(path)) {
        const message = `open testdata/eval/${basename(folder)}/${name}.yaml: no such file or directory`
        return { refusal: { code: 'not-found', message } }
      }
      return { name, definition: readFileSync(path, 'utf8'), decrypter: ROT128 }
    },
  }
}

export function readOverrides(folder: string): Overrides {
  const file = join(folder, 'overrides.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** What the data's README says every case is evaluated with. */
export function optionsFor(
  folder: string,
  definition: Definition,
): EvaluationOptions & { readonly definition: Definition } {
  return {
    name: definition.environment,
    definition,
    loader: folderLoader(folder),
    decrypter: ROT128,
    providers: TEST_PROVIDERS,
    context: { pulumi: { user: { id: 'USER_123' } } },
  }
}

/** `eval/<case>`: load, check, open and, where asked for, rotate. */
export async function runEvalCase(folder: string): Promise<void> {
  const expected = asRecord(parse(readFileSync(join(folder, 'expected.json'), 'utf8')))
  const overridesFile = join(folder, 'overrides.json')
  const overrides: Overrides = existsSync(overridesFile)
    ? JSON.parse(readFileSync(overridesFile, 'utf8'))
    : {}
  const name = overrides.rootEnvironment ?? basename(folder)
  const { definition, diagnostics } = parseDefinition(readFileSync(join(folder, 'env.yaml')), {
    environment: name,
  })
  expectDiagnostics('loadDiags', diagnostics, expected.loadDiags)
  if (definition === undefined) {
    expectSame('result', {}, { ...expected, loadDiags: undefined })
    return
  }
  const options = optionsFor(folder, definition)
  const check = await checkDefinition({ ...options, showSecrets: overrides.showSecrets ?? false })
  compare(check, expected, { environment: 'check', diagnostics: 'checkDiags', redacted: 'checkJson' })
  const open = await openDefinition(options)
  const openNames = { environment: 'eval', diagnostics: 'evalDiags', redacted: 'evalJsonRedacted' }
  compare(open, expected, { ...openNames, revealed: 'evalJSONRevealed' })
  if (overrides.rotate) await compareRotation(options, { expected, paths: overrides.rotatePaths })
}

async function compareRotation(
  options: EvaluationOptions,
  { expected, paths }: { readonly expected: JsonRecord; readonly paths: readonly string[] | undefined },
): Promise<void> {
  const rotation = await rotateDefinition({ ...options, ...(paths && { paths }) })
  compare(rotation, expected, { environment: 'rotate', diagnostics: 'rotateDiags', redacted: 'rotateJson' })
  const patches = rotation.rotations
    .flatMap(({ patch }) => (patch === undefined ? [] : [patch]))
    .map(({ path, replacement }) => ({ DocPath: path, Replacement: replacement }))
    .sort((a, b) => compareUtf8(a.DocPath, b.DocPath))
  expectSame('rotatePatches', patches.length === 0 ? undefined : patches, expected.rotatePatches)
}

interface MemberNames {
  readonly environment: string
  readonly diagnostics: string
  readonly redacted: string
  readonly revealed?: string
}

function compare(evaluation: Evaluation, expected: JsonRecord, names: MemberNames): void {
  const { environment, diagnostics } = evaluation
  expectDiagnostics(names.diagnostics, diagnostics, expected[names.diagnostics])
  expectSame(names.environment, environment, expected[names.environment])
  const json = (secrets: 'show' | 'redact') =>
    environment && propertiesToJson(environment.properties, { secrets })
  expectSame(names.redacted, json('redact'), expected[names.redacted])
  if (names.revealed !== undefined) expectSame(names.revealed, json('show'), expected[names.revealed])
}
