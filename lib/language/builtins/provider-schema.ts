import type { CallInEvaluation } from '../eval/builtin'
import type { Evaluator } from '../eval/evaluator'
import type { Schema } from '../schema/schema'

/** The name of the provider; absent when the call does not say it. */
export function providerName({ form }: CallInEvaluation): string | undefined {
  const { provider } = form.call.parts
  return provider?.kind === 'string' ? provider.value : undefined
}

/** Compiles a schema that a provider declares; whatever is wrong with it accepts everything (spec §12.4). */
export function compileFor(
  { expr }: CallInEvaluation,
  declared: Schema | undefined,
  context: { readonly role: 'input schema' | 'state schema' | 'schema'; readonly evaluator: Evaluator },
): Schema {
  if (declared === undefined) return true
  const compiled = context.evaluator.run.compile(declared)
  if (compiled.ok) return compiled.schema
  const summary = `internal error: invalid ${context.role} (${compiled.message})`
  context.evaluator.error(expr, summary, 'internal')
  return true
}
