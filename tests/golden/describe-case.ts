import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  checkDefinition,
  type Diagnostic,
  type Evaluation,
  openDefinition,
  parseDefinition,
  projectEnvironment,
  propertiesToJson,
  type Range,
  rotateDefinition,
  stringifyJson,
  valueToJson,
} from '@/lib/language'
import { optionsFor, readOverrides } from '../conformance/eval-case'
import { canonical, parse } from '../conformance/json'

/** What loading, checking, opening and rotating a case folder gives, in a form that people can read. */
export async function describeCase(folder: string): Promise<string> {
  const overrides = readOverrides(folder)
  const {
    rootEnvironment: name = basename(folder),
    showSecrets = false,
    rotate,
    rotatePaths: paths,
  } = overrides
  const parsed = parseDefinition(readFileSync(join(folder, 'env.yaml')), { environment: name })
  const load = parsed.diagnostics.map(describeDiagnostic)
  const { definition } = parsed
  if (definition === undefined) return print({ load })
  const options = optionsFor(folder, definition)
  const check = await checkDefinition({ ...options, showSecrets })
  const open = await openDefinition(options)
  const rotation = rotate && (await rotateDefinition({ ...options, ...(paths && { paths }) }))
  return print({
    load,
    check: { ...describeEvaluation(check), schema: check.environment?.schema },
    open: { ...describeEvaluation(open), ...describeProjection(open) },
    ...(rotation && {
      rotate: {
        ...describeEvaluation(rotation),
        rotations: rotation.rotations.map(({ path, status, patch }) => ({
          path,
          status,
          ...(patch && {
            patch: { path: patch.path, state: valueToJson(patch.replacement, { secrets: 'show' }) },
          }),
        })),
      },
    }),
  })
}

function print(result: object): string {
  return `${canonical(parse(stringifyJson(result)))}\n`
}

function describeDiagnostic({ severity, code, summary, path, range }: Diagnostic): string {
  return `${place(range)} ${severity} ${code} at ${path || '-'}: ${summary}`
}

function place(range: Range | undefined): string {
  if (range === undefined) return '-'
  const { environment, begin, end } = range
  return `${environment}:${begin.line}:${begin.column}-${end.line}:${end.column}`
}

function describeEvaluation({ diagnostics, environment, calls }: Evaluation): object {
  const redacted = propertiesToJson(environment?.properties, { secrets: 'redact' })
  const shown = propertiesToJson(environment?.properties, { secrets: 'show' })
  const hasSecrets = stringifyJson(redacted) !== stringifyJson(shown)
  return {
    diagnostics: diagnostics.map(describeDiagnostic),
    values: redacted,
    ...(hasSecrets && { revealed: shown }),
    ...(calls.length > 0 && {
      calls: calls.map(({ kind, provider, path, status }) => `${kind} ${provider} ${path} ${status}`),
    }),
  }
}

function describeProjection({ environment }: Evaluation): object {
  const { environmentVariables, files } = projectEnvironment(environment?.properties)
  return environmentVariables.length + files.length === 0
    ? {}
    : { projection: { environmentVariables, files } }
}
