import type { Schema } from '../schema/schema'
import type { ProviderRefusal } from '../syntax/diagnostic'
import type { Json, JsonObject } from '../text/json'
import type { Annotated, ExternalValue } from './external'

/** A source of values for `fn::open`. */
export interface Provider {
  readonly name: string
  schema(): ProviderSchema
  /**
   * Called only with inputs that fit the input schema and are fully known; never during check.
   * @throws an Error whose message may be shown to the person who opens: it must not hold secrets. The refusal of a
   *   {@link RefusedCall} becomes part of the diagnostic.
   */
  open(inputs: JsonObject, context: ProviderContext): Promise<Opened> | Opened
}

/** What a provider throws to tell more than a sentence. */
export class RefusedCall extends Error {
  constructor(
    message: string,
    readonly refusal: ProviderRefusal,
  ) {
    super(message)
  }
}

export interface ProviderSchema {
  readonly description?: string
  readonly inputs: Schema
  readonly outputs: Schema
}

export interface Opened {
  readonly output: ExternalValue
  /** When the output stops being valid, e.g. the expiry of short-lived credentials. */
  readonly expiresAt?: Date
  /** What a person should know although it succeeded; it must not hold secrets. */
  readonly warning?: string
}

/** A source of values that can renew its stored state, for `fn::rotate`. */
export interface Rotator {
  readonly name: string
  schema(): RotatorSchema
  /** Inputs that are only for rotation and were not evaluated are absent. State is null when there is none. */
  open(inputs: JsonObject, state: Json, context: RotatorContext): Promise<Opened> | Opened
  /** @returns the new state */
  rotate(inputs: JsonObject, state: Json, context: RotatorContext): Promise<ExternalValue> | ExternalValue
}

export interface RotatorSchema extends ProviderSchema {
  readonly state: Schema
}

/** Synchronous: schemas are needed while checking. Unknown names give undefined. */
export interface ProviderRegistry {
  provider(name: string): Provider | undefined
  rotator(name: string): Rotator | undefined
}

export interface ProviderContext {
  readonly organization: string
  /** The environment that is being opened. */
  readonly rootEnvironment: string
  /** The environment whose definition has the call. */
  readonly currentEnvironment: string
  readonly principal: Principal | undefined
  /** How long the opened values are wanted, in seconds. */
  readonly openDuration: number | undefined
  /** Aborted when the evaluation is cancelled or the call's deadline passes. */
  readonly signal: AbortSignal
  /** The same object for all calls of one evaluation: what they share hangs on it, and goes when it is over. */
  readonly evaluation: object
  /** The same inputs with their annotations (secret, unknown). */
  readonly annotatedInputs: Annotated
}

export interface RotatorContext extends ProviderContext {
  /** Document path of the call. */
  readonly path: string
  readonly annotatedState: Annotated | undefined
}

/** Who is asking. */
export interface Principal {
  readonly login: string
  readonly token?: {
    readonly type: 'personal' | 'team' | 'organization'
    readonly name: string
    readonly team?: string
  }
}
