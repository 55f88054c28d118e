/**
 * One shape for every provider: inputs and outputs declared once with zod. From that one declaration come the schema
 * that the editor completes and checks with, the parsing of the inputs, and the marking of secret outputs.
 */
import * as z from 'zod'
import type { ExternalValue, JsonObject, Opened, Provider, ProviderContext, Schema } from '@/lib/language'
import { secret } from '@/lib/language'
import { languageSchema } from './schema'

export interface ProviderDefinition<Inputs extends z.ZodType, Outputs extends z.ZodObject> {
  /** Kebab-case, as written after `fn::open::`. */
  name: string
  /** One sentence for completion, hover and the reference. */
  description: string
  inputs: Inputs
  /** Properties that must be masked carry `.meta({ secret: true })`. */
  outputs: Outputs
  /** @throws ProviderFailure */
  open(
    inputs: z.output<Inputs>,
    context: ProviderContext,
  ): Promise<{ output: z.output<Outputs>; expiresAt?: string }>
}

/** Makes a provider that the evaluator can check against and open. */
export function defineProvider<Inputs extends z.ZodType, Outputs extends z.ZodObject>(
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
    open: async (inputs, context) => openProvider(definition, schema.outputs, inputs, context),
  }
}

async function openProvider<Inputs extends z.ZodType, Outputs extends z.ZodObject>(
  definition: ProviderDefinition<Inputs, Outputs>,
  outputs: Schema,
  inputs: JsonObject,
  context: ProviderContext,
): Promise<Opened> {
  const opened = await definition.open(definition.inputs.parse(inputs), context)
  return {
    output: markSecrets(opened.output, outputs),
    ...(opened.expiresAt && { expiresAt: new Date(opened.expiresAt) }),
  }
}

function markSecrets(output: Record<string, unknown>, schema: Schema): ExternalValue {
  const properties = typeof schema === 'boolean' ? {} : (schema.properties ?? {})
  const marked: { [key: string]: ExternalValue } = {}
  for (const [name, raw] of Object.entries(output)) {
    if (raw === undefined) continue
    const value = z.json().parse(raw)
    const declared = properties[name]
    marked[name] = typeof declared === 'object' && declared.secret ? secret(value) : value
  }
  return marked
}
