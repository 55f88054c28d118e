import type * as z from 'zod'
import { type Json, type JsonObject, stringifyJson } from '@/lib/language'
import { ProviderFailure } from './failure'

/**
 * Inputs that already fit the schema, as the types of a provider. What the schema cannot say (one of two, a sum) is
 * refused here.
 *
 * @throws ProviderFailure `InvalidInputs`, naming the place and the rule, never the value
 */
export function parseInputs<T extends z.ZodType>(provider: string, type: T, inputs: JsonObject): z.output<T> {
  const parsed = type.safeParse(plain(inputs))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.') || 'inputs'
  throw invalidInputs(
    provider,
    `${place}: ${issue?.message ?? 'not accepted'}`,
    'Correct the inputs of this call.',
  )
}

export function invalidInputs(provider: string, answer: string, advice: string): ProviderFailure {
  return new ProviderFailure({ provider, code: 'InvalidInputs', answer, advice })
}

/** Numbers that kept their source text become JavaScript numbers, which is what the types speak of. */
function plain(value: Json): unknown {
  return JSON.parse(stringifyJson(value))
}
