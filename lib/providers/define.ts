/**
 * One shape for every provider: inputs and outputs declared once with zod. From that one declaration come the schema
 * that the editor completes and checks with, the parsing of the inputs, and the marking of secret outputs.
 */
import type * as z from 'zod'
import type { JsonObject, Opened, Provider, ProviderContext } from '@/lib/language'
import { type Marked, markSecrets } from './mark'
import { parseInputs } from './parse-inputs'
import { languageSchema } from './schema'

export interface ProviderDefinition<Inputs extends z.ZodType, Outputs extends z.ZodType> {
  /** Kebab-case, as written after `fn::open::`. */
  name: string
  /** One sentence for completion, hover and the reference. */
  description: string
  inputs: Inputs
  /** Parts that must be masked carry `.meta({ secret: true })`; what only the answer can tell is marked in it. */
  outputs: Outputs
  /** @throws ProviderFailure */
  open(
    inputs: z.output<Inputs>,
    context: ProviderContext,
  ): Promise<{ output: Marked<z.output<Outputs>>; expiresAt?: string | undefined }>
}

/** Makes a provider that the evaluator can check against and open. */
export function defineProvider<Inputs extends z.ZodType, Outputs extends z.ZodType>(
  definition: ProviderDefinition<Inputs, Outputs>,
): Provider {
  const schema = {
    description: definition.description,
    inputs: languageSchema(definition.inputs),
    outputs: languageSchema(definition.outputs),
  }
  return {
    name: definition.name,
    schema: () => schema,
    open: async (inputs: JsonObject, context: ProviderContext): Promise<Opened> => {
      const opened = await definition.open(parseInputs(definition.name, definition.inputs, inputs), context)
      return {
        output: markSecrets(opened.output, schema.outputs),
        ...(opened.expiresAt && { expiresAt: new Date(opened.expiresAt) }),
      }
    },
  }
}
