import type { Definition } from '../ast/definition'
import type { CallExpression } from '../ast/expression'
import type { Limits } from '../limits'
import { compileSchema } from '../schema/compile'
import type { Schema } from '../schema/schema'
import type { Diagnostic } from '../syntax/diagnostic'
import type { Builtin } from './builtin'
import type { Deferrals } from './deferrals'
import { EffectHost, EffectTable, type Outcome } from './effects'
import type { LoadedEnvironment, Loader, LoadResult } from './environments'
import type { ExternalValue } from './external'
import type { EvaluationOptions } from './options'
import type { Opened, Provider, ProviderRegistry, Rotator } from './providers'
import type { CompletedEnvironment } from './round'

export type Mode = 'check' | 'open' | 'rotate'

/** An environment that was loaded and parsed. */
export interface Source {
  readonly loaded: LoadedEnvironment
  readonly definition: Definition | undefined
  readonly diagnostics: readonly Diagnostic[]
}

export interface RunInit {
  readonly mode: Mode
  readonly options: EvaluationOptions
  readonly showSecrets: boolean
  /** Printed property paths below `values`; undefined = every rotation. */
  readonly rotationPaths: ReadonlySet<string> | undefined
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly limits: Limits
  parse(
    text: string,
    environment: string,
  ): { readonly definition: Definition | undefined; readonly diagnostics: readonly Diagnostic[] }
}

const ANONYMOUS = ['', '<yaml>']

/** The anonymous name of a root gives way to the first real one (spec §10.4). */
export function isAnonymous(name: string): boolean {
  return ANONYMOUS.includes(name)
}

/** What one evaluation knows across its rounds: settings, effects and finished environments. */
export class Run {
  readonly mode: Mode
  readonly options: EvaluationOptions
  readonly showSecrets: boolean
  readonly rotationPaths: ReadonlySet<string> | undefined
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly limits: Limits
  readonly deadline: number
  readonly effects: EffectHost
  readonly decryptions: EffectTable<CallExpression, string>
  readonly opens: EffectTable<CallExpression, Opened>
  readonly rotations: EffectTable<CallExpression, ExternalValue>
  /** Environments whose evaluation depends on nothing that is still under way. */
  readonly completed = new Map<string, CompletedEnvironment>()
  /** By environment. */
  readonly deferrals = new Map<string, Deferrals>()
  private readonly loads: EffectTable<string, Source>
  private readonly compiled = new Map<Schema, ReturnType<typeof compileSchema>>()

  constructor(private readonly init: RunInit) {
    this.mode = init.mode
    this.options = init.options
    this.showSecrets = init.showSecrets
    this.rotationPaths = init.rotationPaths
    this.builtins = init.builtins
    this.limits = init.limits
    this.deadline = Date.now() + init.limits.milliseconds
    this.effects = new EffectHost(init.limits.callMilliseconds)
    this.decryptions = new EffectTable(this.effects)
    this.opens = new EffectTable(this.effects)
    this.rotations = new EffectTable(this.effects)
    this.loads = new EffectTable(this.effects)
  }

  get isAnonymous(): boolean {
    return isAnonymous(this.options.name)
  }

  get loader(): Loader | undefined {
    return this.options.loader
  }

  get registry(): ProviderRegistry | undefined {
    return this.options.providers
  }

  /** Loads an environment, once per run. */
  load(name: string, from: string): Outcome<Source> {
    const known = this.loads.find(name)
    if (known === undefined && this.loads.size >= this.limits.imports) {
      const message = `an evaluation may load at most ${this.limits.imports} environments`
      return { state: 'failed', failure: { message, cause: 'limit.imports' } }
    }
    return this.loads.request(name, (signal) => this.startLoad(name, { from, signal }))
  }

  private startLoad(
    name: string,
    request: { readonly from: string; readonly signal: AbortSignal },
  ): Promise<Source> | Source {
    const { loader } = this
    if (loader === undefined) throw new Error('not found')
    const read = (result: LoadResult): Source => {
      if ('refusal' in result) throw new Error(result.refusal.message)
      return this.readSource(name, result)
    }
    const answer = attempt(() => loader.load(name, request))
    return answer instanceof Promise ? answer.catch(neutral).then(read) : read(answer)
  }

  private readSource(name: string, loaded: LoadedEnvironment): Source {
    const { definition } = loaded
    if (typeof definition !== 'string' && definition.environment === name) {
      return { loaded, definition, diagnostics: definition.diagnostics }
    }
    const text = typeof definition === 'string' ? definition : definition.text
    return { loaded, ...this.init.parse(text, name) }
  }

  /** Whether there is room for one more provider call. */
  mayCall(): boolean {
    return this.opens.size + this.rotations.size < this.limits.calls
  }

  provider(name: string): Provider | undefined {
    return this.registry?.provider(name)
  }

  rotator(name: string): Rotator | undefined {
    return this.registry?.rotator(name)
  }

  /** Compiles a schema of a provider, once per run. */
  compile(schema: Schema): ReturnType<typeof compileSchema> {
    const known = this.compiled.get(schema) ?? compileSchema(schema)
    this.compiled.set(schema, known)
    return known
  }

  /** Environments that were loaded, in no particular order. */
  loadedEnvironment(name: string): LoadedEnvironment | undefined {
    const outcome = this.loads.find(name)
    return outcome?.state === 'done' ? outcome.result.loaded : undefined
  }
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch {
    return neutral()
  }
}

/** What went wrong inside a loader is not for authors of definitions. */
function neutral(): never {
  throw new Error('the environment could not be loaded')
}
