import fc from 'fast-check'
import {
  checkDefinition,
  type Diagnostic,
  type Evaluation,
  type EvaluationOptions,
  type ExportedValue,
  type Limits,
  openDefinition,
  parseDefinition,
  rotateDefinition,
  stringifyJson,
} from '@/lib/language'
import { decodeEnvelope, encodeEnvelope } from '@/lib/language/text/envelope'
import { fromBytes, toBytes } from '@/lib/language/text/utf8'
import { ROT128, TEST_PROVIDERS } from '../../conformance/test-providers'
import { consoleEditsSurvive } from './console-edits'
import { bytes, entries, family, mutated, write, yamlish } from './generate'

/** A property of the language, and how much of a run it gets. */
export interface Property {
  readonly name: string
  readonly share: number
  /** @throws when an input breaks it */
  run(parameters: { readonly numRuns: number; readonly seed: number }): Promise<void>
}

const LIMITS: Partial<Limits> = { values: 50_000, outputBytes: 1_000_000, nodes: 5_000, milliseconds: 5_000 }

/** What no input may exceed, however busy the machine. */
const HANG_MILLISECONDS = 20_000

function optionsFor(definition: string, files: { readonly [name: string]: string } = {}): EvaluationOptions {
  return {
    name: 'env',
    definition,
    limits: LIMITS,
    decrypter: ROT128,
    providers: TEST_PROVIDERS,
    loader: {
      load: (name) => {
        const text = Object.hasOwn(files, name) ? files[name] : undefined
        if (text === undefined) return { refusal: { code: 'not-found', message: 'not found' } }
        return { name, definition: text, decrypter: ROT128 }
      },
    },
  }
}

/** Every entry point over one input: must answer, in time, with well-formed findings. */
async function exercise(definition: string, files?: { readonly [name: string]: string }): Promise<void> {
  const started = performance.now()
  const options = optionsFor(definition, files)
  for (const result of [
    await checkDefinition(options),
    await openDefinition(options),
    await rotateDefinition(options),
  ]) {
    expectWellFormed(result)
  }
  if (performance.now() - started > HANG_MILLISECONDS) throw new Error('took too long')
}

function expectWellFormed({ diagnostics, environment }: Evaluation): void {
  for (const diagnostic of diagnostics) expectPlaced(diagnostic)
  JSON.parse(stringifyJson(environment ?? null))
  if (diagnostics.some(({ code }) => code === 'internal')) throw new Error('an internal error')
}

function expectPlaced({ summary, range }: Diagnostic): void {
  if (summary === '') throw new Error('a finding says nothing')
  if (range !== undefined && range.begin.line < 1) throw new Error('a finding is nowhere')
}

function property<T>(
  name: string,
  definition: {
    readonly share: number
    readonly inputs: fc.Arbitrary<T>
    holds(input: T): Promise<void> | void
  },
): Property {
  return {
    name,
    share: definition.share,
    run: (parameters) =>
      fc.assert(
        fc.asyncProperty(definition.inputs, async (input) => definition.holds(input)),
        { ...parameters, endOnFailure: true },
      ),
  }
}

function secretsOf(value: ExportedValue): boolean {
  if (value.secret) return true
  const { value: content } = value
  if (Array.isArray(content)) return content.some(secretsOf)
  return typeof content === 'object' && content !== null && Object.values(content).some(secretsOf)
}

const CANARY = 'c4n4ryvalue'

function reversed(list: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return [...list].reverse()
}

/** The content of every value and the texts of findings, without places. */
function essence({ environment, diagnostics }: Evaluation): string {
  const values = Object.entries(environment?.properties ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, withoutPlaces(value)])
  return stringifyJson([values, diagnostics.map(({ summary, path }) => `${path}: ${summary}`).sort()])
}

function withoutPlaces({ trace, value, ...flags }: ExportedValue): unknown {
  if (Array.isArray(value)) return { ...flags, value: value.map(withoutPlaces) }
  if (typeof value !== 'object' || value === null) return { ...flags, value }
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...flags, value: members.map(([key, member]) => [key, withoutPlaces(member)]) }
}

/** @param originals real definitions to mutate */
export function properties(originals: readonly string[]): readonly Property[] {
  return [
    {
      name: 'what stands beside an edit of the console survives it',
      share: 0.1,
      run: async (parameters) => {
        await consoleEditsSurvive(parameters)
      },
    },
    property('arbitrary bytes are answered', {
      share: 0.25,
      inputs: bytes,
      holds: (input) => {
        for (const diagnostic of parseDefinition(input, { environment: 'env' }).diagnostics)
          expectPlaced(diagnostic)
      },
    }),
    property('arbitrary YAML is answered', { share: 0.25, inputs: yamlish, holds: (text) => exercise(text) }),
    property('mutated definitions are answered', {
      share: 0.15,
      inputs: mutated(originals),
      holds: (text) => exercise(text),
    }),
    property('families of definitions are answered', {
      share: 0.1,
      inputs: family,
      holds: ({ root, files }) => exercise(root, files),
    }),
    property('checking never calls a provider and never decrypts', {
      share: 0.05,
      inputs: family,
      holds: async ({ root, files }) => {
        const fail = (): never => {
          throw new Error('an effect while checking')
        }
        const providers = {
          provider: (name: string) => {
            const provider = TEST_PROVIDERS.provider(name)
            return provider && { ...provider, open: fail }
          },
          rotator: (name: string) => {
            const rotator = TEST_PROVIDERS.rotator(name)
            return rotator && { ...rotator, open: fail, rotate: fail }
          },
        }
        const result = await checkDefinition({
          ...optionsFor(root, files),
          providers,
          decrypter: { decrypt: fail },
        })
        if (stringifyJson(result).includes('an effect while checking'))
          throw new Error('checking had an effect')
      },
    }),
    property('what is made of a secret is secret', {
      share: 0.05,
      inputs: entries,
      holds: async (input) => {
        const definition = `${write(input).replace('values: {}', 'values:')}  s: {fn::secret: ${CANARY}}\n  t: <\${s}>\n  u: {fn::toJSON: ["\${t}"]}\n  w: {fn::toBase64: "\${u}"}\n`
        const { environment } = await openDefinition(optionsFor(definition))
        for (const [key, value] of Object.entries(environment?.properties ?? {})) {
          if (stringifyJson(value.value ?? null).includes(CANARY) && !secretsOf(value))
            throw new Error(`${key} is not secret`)
          if (key === 'w' && !value.secret) throw new Error('the encoded secret is not secret')
        }
      },
    }),
    property('the order of keys does not matter', {
      share: 0.1,
      inputs: entries,
      holds: async ({ entries: list }) => {
        const forward = await openDefinition(optionsFor(write({ entries: list })))
        const backward = await openDefinition(optionsFor(write({ entries: reversed(list) })))
        if (essence(forward) !== essence(backward)) throw new Error('the order of keys matters')
      },
    }),
    property('envelopes and byte strings survive a round trip', {
      share: 0.05,
      inputs: bytes,
      holds: (input) => {
        if (Buffer.compare(toBytes(fromBytes(input)), input) !== 0) throw new Error('bytes were lost')
        const opened = decodeEnvelope(encodeEnvelope(input))
        if (input.length >= 4 && !(opened.ok && Buffer.compare(opened.ciphertext, input) === 0)) {
          throw new Error('the envelope does not open')
        }
      },
    }),
  ]
}
