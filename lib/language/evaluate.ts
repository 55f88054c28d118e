import type { Definition } from './ast/definition'
import { BUILTINS } from './builtins'
import { parseDefinition } from './definition'
import { LimitError } from './eval/budget'
import { reservedContextKey } from './eval/context'
import type { Evaluation, RotationEvaluation } from './eval/evaluation'
import { exportEnvironment, hasContent } from './eval/export-environment'
import type { CheckOptions, EvaluationOptions, RotateOptions } from './eval/options'
import { type RootResult, Round } from './eval/round'
import { type Mode, Run } from './eval/run'
import { type Finding, gather } from './eval/sink'
import { DEFAULT_LIMITS } from './limits'
import type { Diagnostic } from './syntax/diagnostic'
import { joinDocumentPath, parsePropertyPath } from './syntax/path'

/** Evaluates without calling any provider; what only a provider knows is unknown (spec §16). */
export async function checkDefinition(options: CheckOptions): Promise<Evaluation> {
  return evaluate(options, { mode: 'check', showSecrets: options.showSecrets ?? false })
}

/** Evaluates for real: decrypts and opens providers. */
export async function openDefinition(options: EvaluationOptions): Promise<Evaluation> {
  return evaluate(options, { mode: 'open' })
}

/** Like {@link openDefinition}, and rotates the selected `fn::rotate` calls of the root (spec §17). */
export async function rotateDefinition(options: RotateOptions): Promise<RotationEvaluation> {
  return evaluate(options, { mode: 'rotate', ...(options.paths && { paths: options.paths }) })
}

interface Variant {
  readonly mode: Mode
  readonly showSecrets?: boolean
  readonly paths?: readonly string[]
}

async function evaluate(options: EvaluationOptions, variant: Variant): Promise<RotationEvaluation> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const reserved = reservedContextKey(options.context ?? {})
  if (reserved !== undefined) throw new TypeError(`reserved context key: "${reserved}"`)
  const parse = (text: string, environment: string) => parseDefinition(text, { environment, limits })
  const { definition, diagnostics } = readDefinition(options, parse)
  if (definition === undefined || !hasContent(definition)) return nothing(diagnostics)
  const run = new Run({
    mode: variant.mode,
    options,
    showSecrets: variant.showSecrets ?? false,
    rotationPaths: variant.paths && new Set(variant.paths.map(rotationPath)),
    builtins: BUILTINS,
    limits,
    parse,
  })
  return runRounds(run, definition, diagnostics)
}

type Parse = (text: string, environment: string) => ReturnType<typeof parseDefinition>

/** Findings of a definition that was parsed by the caller are the caller's. */
function readDefinition({ definition, name }: EvaluationOptions, parse: Parse): ReturnType<Parse> {
  if (typeof definition === 'string') return parse(definition, name)
  if (definition.environment === name) return { definition, diagnostics: [] }
  return { definition: parse(definition.text, name).definition, diagnostics: [] }
}

function nothing(diagnostics: readonly Diagnostic[]): RotationEvaluation {
  return { environment: undefined, diagnostics, calls: [], environments: [], rotations: [] }
}

/**
 * The document path that a selection stands for, however its keys are quoted: the reference never matches a first key
 * that needs quoting (spec §16). One that cannot be parsed selects nothing.
 */
export function rotationPath(text: string): string {
  const parsed = parsePropertyPath(text)
  return parsed.ok ? joinDocumentPath('values', parsed.path) : ''
}

async function runRounds(
  run: Run,
  definition: Definition,
  diagnostics: readonly Diagnostic[],
): Promise<RotationEvaluation> {
  const stopWatching = watchEnd(run)
  try {
    for (;;) {
      const round = new Round(run)
      const result = round.evaluateRoot(definition)
      if (round.isFinal && result !== undefined) return finish(round, result, diagnostics)
      await run.effects.wait(round.blockers)
    }
  } catch (error) {
    const limit = limitOf(error)
    if (limit === undefined) throw error
    return nothing([...diagnostics, { severity: 'error', code: limit.code, summary: limit.message }])
  } finally {
    stopWatching()
    run.effects.abort({ message: 'the evaluation has ended', cause: 'aborted' })
  }
}

/** The limit that an error stands for. Values nested too deeply show as an overflow of the stack. */
function limitOf(error: unknown): LimitError | undefined {
  if (error instanceof LimitError) return error
  if (!(error instanceof RangeError)) return undefined
  if (error.message.includes('string length')) return new LimitError('limit.output', 'a text is too long')
  return new LimitError('limit.depth', 'values are nested too deeply')
}

/** Ends what is under way when the caller cancels or the time is over. */
function watchEnd(run: Run): () => void {
  const { signal } = run.options
  const cancel = (): void => run.effects.abort({ message: 'the evaluation was cancelled', cause: 'aborted' })
  if (signal?.aborted) cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  const { milliseconds } = run.limits
  const timer = setTimeout(() => {
    run.effects.abort({ message: `no result within ${milliseconds} ms`, cause: 'limit.time' })
  }, milliseconds)
  return () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

function finish(round: Round, result: RootResult, diagnostics: readonly Diagnostic[]): RotationEvaluation {
  const environment = exportEnvironment(result, round)
  const gathered = gather(round.findings)
  return {
    environment,
    diagnostics: [...diagnostics, ...gathered.diagnostics],
    calls: gathered.calls,
    rotations: gathered.rotations,
    environments: participants(round),
  }
}

function participants(round: Round): RotationEvaluation['environments'] {
  const { name, revision } = round.run.options
  const names = new Set<string>()
  const visit = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      if (finding.kind !== 'environment') continue
      names.add(finding.name)
      visit(finding.findings)
    }
  }
  visit(round.findings)
  const imported = [...names].map((imported) => {
    const loaded = round.run.loadedEnvironment(imported)
    return {
      name: imported,
      ...(loaded?.revision !== undefined && { revision: loaded.revision }),
      ...(loaded?.identity !== undefined && { identity: loaded.identity }),
    }
  })
  return [{ name, ...(revision !== undefined && { revision }) }, ...imported]
}
