import {
  type Decrypter,
  type Evaluation,
  type EvaluationOptions,
  type ExternalValue,
  type Loader,
  type Provider,
  type ProviderContext,
  type ProviderRegistry,
  propertiesToJson,
} from '@/lib/language'

/** A loader over texts by name that writes down what it was asked for. */
export function textLoader(
  texts: { readonly [name: string]: string },
  {
    delay = () => 0,
    decrypter,
  }: { readonly delay?: (name: string) => number; readonly decrypter?: Decrypter } = {},
): Loader & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    load: async (name) => {
      asked.push(name)
      await sleep(delay(name))
      const definition = Object.hasOwn(texts, name) ? texts[name] : undefined
      if (definition === undefined)
        return { refusal: { code: 'not-found', message: `no environment ${name}` } }
      return { name, definition, ...(decrypter && { decrypter }) }
    },
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

type Open = (
  inputs: Parameters<Provider['open']>[0],
  context: ProviderContext,
) => ExternalValue | Promise<ExternalValue>

/** Providers by name that accept and promise anything, and write down their calls. */
export function recordingProviders(opens: {
  readonly [name: string]: Open
}): ProviderRegistry & { readonly called: string[] } {
  const called: string[] = []
  return {
    called,
    rotator: () => undefined,
    provider: (name) => {
      const open = Object.hasOwn(opens, name) ? opens[name] : undefined
      if (open === undefined) return undefined
      return {
        name,
        schema: () => ({ inputs: true, outputs: true }),
        open: async (inputs, context) => {
          called.push(name)
          return { output: await open(inputs, context) }
        },
      }
    },
  }
}

export function valuesOf({ environment }: Evaluation, secrets: 'show' | 'redact' = 'show') {
  return propertiesToJson(environment?.properties, { secrets })
}

/** Severity, code and text of every finding. */
export function findings({ diagnostics }: Pick<Evaluation, 'diagnostics'>): string[] {
  return diagnostics.map(({ severity, code, summary }) => `${severity} ${code}: ${summary}`)
}

export function options(definition: string, rest: Partial<EvaluationOptions> = {}): EvaluationOptions {
  return { name: 'env', definition, ...rest }
}
